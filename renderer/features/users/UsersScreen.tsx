import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import type { UserId } from '#domain/ids.ts';
import { useCommand, useMe, useQueryOf, useWritable } from '#renderer/client/hooks.ts';
import { type Records, recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { roleWords } from '#renderer/ui/words.ts';
import { AddUserDialog } from './AddUserDialog.tsx';
import { DisableDialog } from './DisableDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { RolesDialog } from './RolesDialog.tsx';
import styles from './UsersScreen.module.css';

export type UserRecord = Records['users']['list'][number];

/** Who may sign in, and as what. */
export function UsersScreen() {
  const writable = useWritable();
  const users = useQueryOf(recordKeys.users, (hub) => hub.users.list({}));
  const [adding, setAdding] = useState(false);
  if (users.isPending) return <p role="status">Reading the users…</p>;
  if (users.isError && !users.data) {
    return (
      <Fault
        title="The users could not be read."
        detail={sayError(users.error)}
        action="Try again"
        onAction={() => void users.refetch()}
      />
    );
  }
  return (
    <div className={styles.screen}>
      <Group justify="space-between" mb={8}>
        <h1 className={styles.title}>Users</h1>
        <Button variant="filled" disabled={!writable.ok} title={writable.why ?? ''} onClick={() => setAdding(true)}>
          Add a user
        </Button>
      </Group>
      <Table verticalSpacing={4} horizontalSpacing={8} aria-label="Users">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>User name</Table.Th>
            <Table.Th>Roles</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>
              <span className="visually-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.data.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </Table.Tbody>
      </Table>
      {adding && <AddUserDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

function UserRow({ user }: { readonly user: UserRecord }) {
  const me = useMe();
  const writable = useWritable();
  const [dialog, setDialog] = useState<'roles' | 'password' | 'disable' | null>(null);
  const enable = useCommand((hub, input: { userId: UserId; disabled: false }) => hub.users.setDisabled(input), {
    invalidate: [recordKeys.users],
  });
  const rest = { disabled: !writable.ok, title: writable.why ?? '', size: 'compact-sm' } as const;
  const self = user.id === me.user.id;
  return (
    <Table.Tr data-disabled={user.disabled}>
      <Table.Td>
        {user.displayName} {self && <strong>(you)</strong>}
      </Table.Td>
      <Table.Td>{user.username}</Table.Td>
      <Table.Td>{user.roles.map(roleWords).join(', ')}</Table.Td>
      <Table.Td>{user.disabled ? 'Disabled' : 'May sign in'}</Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end">
          <Button {...rest} onClick={() => setDialog('roles')}>
            Roles
          </Button>
          <Button {...rest} onClick={() => setDialog('password')}>
            Set password
          </Button>
          {!self && (
            <Button
              {...rest}
              loading={enable.pending}
              onClick={() =>
                user.disabled ? void enable.run({ userId: user.id, disabled: false }) : setDialog('disable')
              }
            >
              {user.disabled ? 'Enable' : 'Disable…'}
            </Button>
          )}
        </Group>
        {enable.error && <p role="alert">{sayError(enable.error)}</p>}
        {dialog === 'roles' && <RolesDialog user={user} onClose={() => setDialog(null)} />}
        {dialog === 'disable' && <DisableDialog user={user} onClose={() => setDialog(null)} />}
        {dialog === 'password' && <PasswordDialog user={user} onClose={() => setDialog(null)} />}
      </Table.Td>
    </Table.Tr>
  );
}
