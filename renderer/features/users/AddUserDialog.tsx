import { Modal, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Role } from '#domain/user/role.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { RoleChoice } from './RoleChoice.tsx';

interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly password: string;
}

/** Shortest password the hub takes. */
export const LEAST_PASSWORD = 8;

/** A new account with a first password, which the person changes after signing in. */
export function AddUserDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState<NewUser>({ username: '', displayName: '', roles: [], password: '' });
  const add = useCommand((hub, input: NewUser) => hub.users.add(input), {
    invalidate: [recordKeys.users],
    onDone: ({ displayName }) => {
      notifications.show({ message: `${displayName} can sign in now.` });
      onClose();
    },
  });
  const blocked = whyNot(draft);
  return (
    <Modal opened onClose={onClose} title="Add a user">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined) void add.run(draft);
        }}
      >
        <TextInput
          label="Name"
          placeholder="as colleagues know them"
          value={draft.displayName}
          maxLength={100}
          data-autofocus
          onChange={({ currentTarget }) => setDraft({ ...draft, displayName: currentTarget.value })}
        />
        <TextInput
          mt={8}
          label="User name"
          description="Small letters, digits, dot, hyphen, underscore"
          value={draft.username}
          maxLength={40}
          autoComplete="off"
          error={
            draft.username !== '' && !wellFormed(draft.username) ? 'Use small letters, digits, . - _ only.' : undefined
          }
          onChange={({ currentTarget }) => setDraft({ ...draft, username: currentTarget.value.toLowerCase() })}
        />
        <PasswordInput
          mt={8}
          mb={8}
          label="First password"
          description={`At least ${LEAST_PASSWORD} characters; they change it after signing in`}
          value={draft.password}
          maxLength={200}
          autoComplete="new-password"
          onChange={({ currentTarget }) => setDraft({ ...draft, password: currentTarget.value })}
        />
        <RoleChoice value={draft.roles} onChange={(roles) => setDraft({ ...draft, roles })} />
        <ActFoot verb="Add user" pending={add.pending} error={add.error} blocked={blocked} onCancel={onClose} />
      </form>
    </Modal>
  );
}

function wellFormed(username: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,39}$/u.test(username);
}

function whyNot({ username, displayName, roles, password }: NewUser): string | undefined {
  if (displayName.trim() === '') return 'Enter the name first.';
  if (!wellFormed(username)) return 'Enter a user name first.';
  if (password.length < LEAST_PASSWORD) return `The password needs at least ${LEAST_PASSWORD} characters.`;
  return roles.length === 0 ? 'Choose at least one role.' : undefined;
}
