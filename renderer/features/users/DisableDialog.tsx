import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { UserId } from '#domain/ids.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import type { UserRecord } from './UsersScreen.tsx';

/** Asks before somebody is shut out: enabling again brings none of their open sessions back. */
export function DisableDialog({ user, onClose }: { readonly user: UserRecord; readonly onClose: () => void }) {
  const disable = useCommand((hub, input: { userId: UserId; disabled: true }) => hub.users.setDisabled(input), {
    invalidate: [recordKeys.users],
    onDone: () => {
      notifications.show({ message: `${user.displayName} may no longer sign in.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Disable ${user.displayName}?`}>
      <p>
        {user.displayName} ({user.username}) is signed out everywhere at once, in the middle of whatever they are doing,
        and may not sign in until enabled again. What they did stays in the record.
      </p>
      <ActFoot
        verb="Disable"
        danger
        pending={disable.pending}
        error={disable.error}
        onCancel={onClose}
        onRun={() => void disable.run({ userId: user.id, disabled: true })}
      />
    </Modal>
  );
}
