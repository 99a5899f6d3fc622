import { Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { TaskId, UserId } from '#domain/ids.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand, useMe, useQueryOf } from '#renderer/client/hooks.ts';
import { firstField } from '#renderer/ui/first-field.ts';
import styles from './HandOverDialog.module.css';
import type { TaskRecord } from './task-order.ts';
import { placeOf } from './task-words.ts';

interface HandOverDialogProps {
  readonly task: TaskRecord;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
}

interface HandOverInput {
  readonly taskId: TaskId;
  readonly userId: UserId | null;
  readonly note?: string;
}

const ANYBODY = 'anybody';

/** Gives a task to a colleague, or back to whoever comes first. */
export function HandOverDialog({ task, onClose, onDone }: HandOverDialogProps) {
  const { user } = useMe();
  const workers = useQueryOf(['tasks', 'workers', task.kind], (hub) => hub.tasks.workers({ kind: task.kind }), {
    staleTime: 30_000,
  });
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const handOver = useCommand((hub, input: HandOverInput) => hub.tasks.handOver(input), {
    onDone: ({ assigneeName }) => {
      onDone(`${placeOf(task)}: ${assigneeName ? `handed over to ${assigneeName}` : 'given back to anybody'}.`);
      onClose();
    },
  });
  const choices = (workers.data ?? []).filter(({ userId }) => userId !== task.assigneeId);
  return (
    <Modal opened onClose={onClose} title={`Hand over ${placeOf(task)}`}>
      <form
        ref={firstField}
        onSubmit={(event) => {
          event.preventDefault();
          if (to === null) return;
          const said = note.trim() === '' ? {} : { note: note.trim() };
          void handOver.run({ taskId: task.id, userId: to === ANYBODY ? null : (to as UserId), ...said });
        }}
      >
        {workers.isPending && <p role="status">Asking who is there…</p>}
        {workers.isError && <p role="alert">Who works here could not be read. Close this and try again.</p>}
        <Radio.Group label="To" value={to} onChange={setTo}>
          <Stack gap={0} mt={4} className={styles.choices}>
            {task.assigneeId !== null && <Radio size="md" value={ANYBODY} label="Anybody" data-autofocus />}
            {choices.map(({ userId, displayName }) => (
              <Radio
                key={userId}
                size="md"
                value={userId}
                label={userId === user.id ? `${displayName} (you)` : displayName}
              />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          mt={8}
          size="md"
          label="Note"
          placeholder="optional"
          maxLength={200}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <ActFoot
          verb="Hand over"
          pending={handOver.pending}
          error={handOver.error}
          blocked={to === null ? 'Choose who takes it.' : undefined}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
