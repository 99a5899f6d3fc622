import { TextInput } from '@mantine/core';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useSubject } from './use-subject.ts';

interface CancelDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

/** An encounter that was entered by mistake, or that will not take place. */
export function CancelDialog({ encounterId, onClose }: CancelDialogProps) {
  const { row, name } = useSubject(encounterId);
  const { fields, set, forget } = useDraft(`cancel ${encounterId}`, { reason: '' });
  const close = () => {
    forget();
    onClose();
  };
  const cancel = useAct((hub, input: { encounterId: EncounterId; reason: string }) => hub.flow.cancel(input), {
    said: () => `The encounter of ${name} is cancelled.`,
    onDone: close,
  });
  const reason = fields.reason.trim();
  const expected = row?.status === 'planned';
  return (
    <ActDialog
      title={expected ? `${name} will not come` : `${name} was entered by mistake`}
      verb={expected ? 'Take off the list' : 'Cancel the encounter'}
      danger={!expected}
      leave="Keep it"
      act={cancel}
      blocked={reason === '' ? 'Say why.' : undefined}
      onRun={() => void cancel.run({ encounterId, reason })}
      onClose={close}
    >
      <TextInput
        label="Why"
        data-autofocus
        maxLength={200}
        value={fields.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      {!expected && <p>Use this only when the patient never came: a patient who left is discharged instead.</p>}
    </ActDialog>
  );
}
