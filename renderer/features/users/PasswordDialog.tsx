import { Modal, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { UserId } from '#domain/ids.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { LEAST_PASSWORD } from './AddUserDialog.tsx';
import type { UserRecord } from './UsersScreen.tsx';

/** A new password for someone who cannot get in. */
export function PasswordDialog({ user, onClose }: { readonly user: UserRecord; readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const set = useCommand((hub, input: { userId: UserId; password: string }) => hub.users.setPassword(input), {
    onDone: () => {
      notifications.show({ message: `${user.displayName} has a new password.` });
      onClose();
    },
  });
  const blocked = password.length < LEAST_PASSWORD ? `At least ${LEAST_PASSWORD} characters.` : undefined;
  return (
    <Modal opened onClose={onClose} title={`New password for ${user.displayName}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined) void set.run({ userId: user.id, password });
        }}
      >
        <PasswordInput
          label="New password"
          value={password}
          maxLength={200}
          autoComplete="new-password"
          data-autofocus
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <p>Tell it to the person directly; they change it after signing in.</p>
        <ActFoot verb="Set password" pending={set.pending} error={set.error} blocked={blocked} onCancel={onClose} />
      </form>
    </Modal>
  );
}
