import { TextInput } from '@mantine/core';
import type { RequestId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { requestReopened } from './use-steps.ts';

interface DeclineDialogProps {
  readonly requestId: RequestId;
  readonly onClose: () => void;
}

/** Says no to a ward that asked for a bed, and why. */
export function DeclineDialog({ requestId, onClose }: DeclineDialogProps) {
  const { fields, set, forget } = useDraft(`decline ${requestId}`, { answer: '' });
  const close = () => {
    forget();
    onClose();
  };
  const decide = useAct<{ requestId: RequestId; accept: false; answer: string }, unknown>(
    (hub, input) => hub.flow.decideRequest(input),
    { said: () => 'The bed is declined.', inverse: () => requestReopened(requestId, 'declined'), onDone: close },
  );
  const answer = fields.answer.trim();
  return (
    <ActDialog
      title="Decline the bed"
      verb="Decline"
      act={decide}
      blocked={answer === '' ? 'Say why, for those who asked.' : undefined}
      onRun={() => void decide.run({ requestId, accept: false, answer })}
      onClose={close}
    >
      <TextInput
        label="Why not"
        data-autofocus
        maxLength={200}
        value={fields.answer}
        onChange={({ currentTarget }) => set({ answer: currentTarget.value })}
      />
      <p>The ward that asked may ask again.</p>
    </ActDialog>
  );
}
