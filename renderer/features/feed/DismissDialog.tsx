import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { useCommand } from '#renderer/client/hooks.ts';

interface DismissDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Takes a message off the list of those to be looked at, with the reason why nothing more is to be done about it. */
export function DismissDialog({ id, onClose }: DismissDialogProps) {
  const { fields, set, forget } = useDraft(`dismiss ${id}`, { reason: '' });
  const dismiss = useCommand((hub, input: { id: string; reason: string }) => hub.feed.dismiss(input), {
    invalidate: [['feed']],
    onDone: () => {
      forget();
      notifications.show({ message: 'The message is dismissed. It stays in the record.' });
      onClose();
    },
  });
  const reason = fields.reason.trim();
  return (
    <ActDialog
      title="Dismiss the message?"
      verb="Dismiss the message"
      act={dismiss}
      blocked={reason === '' ? 'Give a reason: it stays in the record.' : undefined}
      onRun={() => void dismiss.run({ id, reason })}
      onClose={onClose}
    >
      <p>It changes nothing about any patient and is not tried again. Enter by hand what it told, if that is true.</p>
      <TextInput
        label="Reason"
        placeholder="such as entered by hand on the board"
        value={fields.reason}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
    </ActDialog>
  );
}
