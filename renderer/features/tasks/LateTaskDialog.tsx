import { useState } from 'react';
import type { TaskId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { useCommand, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { LetterChoice } from '#renderer/ui/LetterChoice.tsx';
import { type Said, saidOf } from './said.ts';
import type { TaskRecord } from './task-order.ts';
import { placeOf } from './task-words.ts';
import { DONE_KEY } from './use-task-acts.ts';

interface LateTaskDialogProps {
  readonly task: TaskRecord;
  readonly onClose: () => void;
  readonly onDone: (said: Said) => void;
}

type LateStep = 'start' | 'finish';

/** A step of a task that was done earlier and not written down then: the clocks count from when it happened. */
export function LateTaskDialog({ task, onClose, onDone }: LateTaskDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const [step, setStep] = useState<LateStep>('finish');
  const [moment, setMoment] = useState(NO_MOMENT);
  const late = useCommand(
    (hub, input: { step: LateStep; taskId: TaskId; at: number }) => {
      const { step: asked, ...rest } = input;
      return hub.tasks[asked](rest);
    },
    {
      invalidate: [DONE_KEY],
      onDone(after, { step: asked }) {
        onDone(saidOf(asked, after));
        onClose();
      },
    },
  );
  const when = momentOf(moment, now, zone, true);
  const options = [
    ...(task.state === 'requested' ? [{ value: 'start' as const, letter: 'S', label: 'Started' }] : []),
    { value: 'finish' as const, letter: 'D', label: 'Done' },
  ];
  return (
    <ActDialog
      title={`${placeOf(task)}: enter late`}
      verb={step === 'start' ? 'Enter the start' : 'Enter as done'}
      act={late}
      blocked={when.why ?? (when.at === null ? 'Say when it happened.' : undefined)}
      onRun={() => when.at != null && void late.run({ step, taskId: task.id, at: when.at })}
      onClose={onClose}
    >
      <LetterChoice label="What happened" options={options} value={step} onPick={setStep} autoFocus />
      <MomentField label="Happened at" empty="say when" past value={moment} onChange={setMoment} />
      <p>It is kept with both times: when it happened, and when it was written down.</p>
    </ActDialog>
  );
}
