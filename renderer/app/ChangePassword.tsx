import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useCommand, useWritable } from '#renderer/client/hooks.ts';
import { failureWords } from '#renderer/ui/words.ts';

interface Dialog {
  readonly opened: boolean;
  onClose(): void;
}

const LEAST = 8;

/** One's own password: the present one, the next one twice. All other sessions of the user end. */
export function ChangePassword({ opened, onClose }: Dialog) {
  const writable = useWritable();
  const form = useForm({
    initialValues: { current: '', next: '', again: '' },
    validate: {
      current: (value) => (value ? null : 'Type your present password.'),
      next: (value) => (value.length >= LEAST ? null : `At least ${LEAST} characters.`),
      again: (value, { next }) => (value === next ? null : 'Not the same as above.'),
    },
  });
  function close() {
    form.reset();
    change.reset();
    onClose();
  }
  const change = useCommand(
    (hub, input: { current: string; next: string; idempotencyKey?: string }) => hub.session.changePassword(input),
    {
      onDone() {
        notifications.show({ message: 'Password changed. Your other sessions were signed out.' });
        close();
      },
    },
  );
  return (
    <Modal opened={opened} onClose={close} title="Change password">
      <form onSubmit={form.onSubmit(({ current, next }) => void change.run({ current, next }))}>
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('current')}
        />
        <PasswordInput mt="sm" label="New password" autoComplete="new-password" {...form.getInputProps('next')} />
        <PasswordInput
          mt="sm"
          label="New password again"
          autoComplete="new-password"
          {...form.getInputProps('again')}
        />
        {change.error && <p role="alert">{failureWords(change.error)} Your password is unchanged.</p>}
        <Group mt="lg" justify="flex-end">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={change.pending} disabled={!writable.ok} title={writable.why}>
            Change password
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
