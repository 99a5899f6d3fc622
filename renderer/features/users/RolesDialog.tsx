import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { UserId } from '#domain/ids.ts';
import type { Role } from '#domain/user/role.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { RoleChoice } from './RoleChoice.tsx';
import type { UserRecord } from './UsersScreen.tsx';

/** Changes what a person may do. Taking a role away ends their open sessions. */
export function RolesDialog({ user, onClose }: { readonly user: UserRecord; readonly onClose: () => void }) {
  const [roles, setRoles] = useState<Role[]>(user.roles);
  const set = useCommand((hub, input: { userId: UserId; roles: Role[] }) => hub.users.setRoles(input), {
    invalidate: [recordKeys.users],
    onDone: onClose,
  });
  return (
    <Modal opened onClose={onClose} title={`Roles of ${user.displayName}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (roles.length > 0) void set.run({ userId: user.id, roles });
        }}
      >
        <RoleChoice value={roles} onChange={setRoles} />
        <p>Taking a role away signs this person out everywhere; they sign in again with what is left.</p>
        <ActFoot
          verb="Save roles"
          pending={set.pending}
          error={set.error}
          blocked={roles.length === 0 ? 'Choose at least one role, or disable the user.' : undefined}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
