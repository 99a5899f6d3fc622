import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BedId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useAct } from '#renderer/client/board/use-act.ts';

interface CleanDialogProps {
  readonly bedId: BedId;
  readonly onClose: () => void;
}

/** Asks for a bed nobody lies in to be cleaned. */
export function CleanDialog({ bedId, onClose }: CleanDialogProps) {
  const label = useTile(useBoardScope(), bedId)?.bed.label ?? '';
  const [note, setNote] = useState('');
  const request = useAct((hub, input: { bedId: BedId; note?: string }) => hub.tasks.requestCleaning(input), {
    said: () => `Cleaning of bed ${label} is asked for.`,
    inverse:
      ({ id: taskId }) =>
      (hub, idempotencyKey) =>
        hub.tasks.void({ taskId, reason: 'Asked for by mistake', idempotencyKey }),
    onDone: onClose,
  });
  const said = note.trim();
  return (
    <ActDialog
      title={`Ask for bed ${label} to be cleaned`}
      verb="Ask for cleaning"
      act={request}
      onRun={() => void request.run(said === '' ? { bedId } : { bedId, note: said })}
      onClose={onClose}
    >
      <TextInput
        label="Note for the cleaner"
        placeholder="optional"
        data-autofocus
        maxLength={200}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <p>The bed counts as dirty until the cleaner is done.</p>
    </ActDialog>
  );
}
