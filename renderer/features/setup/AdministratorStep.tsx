import { PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import type { StepProps } from './SetupWizard.tsx';

/** The first account: it can add all others, and sees no patient names. */
export function AdministratorStep({ draft, problems, change }: StepProps) {
  return (
    <>
      <h2>Who administers Wardline?</h2>
      <p>This first account adds people and devices and changes settings. It does not see patients; nurses will.</p>
      <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
        <TextInput
          label="Your name"
          autoComplete="name"
          value={draft.displayName}
          error={problems.displayName}
          onChange={(event) => change({ displayName: event.currentTarget.value })}
        />
        <TextInput
          label="User name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={draft.username}
          error={problems.username}
          onChange={(event) => change({ username: event.currentTarget.value.trim().toLowerCase() })}
        />
        <PasswordInput
          label="Password"
          description="At least 8 characters"
          autoComplete="new-password"
          value={draft.password}
          error={problems.password}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password again"
          description="The same once more"
          autoComplete="new-password"
          value={draft.again}
          error={problems.again}
          onChange={(event) => change({ again: event.currentTarget.value })}
        />
      </SimpleGrid>
    </>
  );
}
