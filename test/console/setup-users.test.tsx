// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UsersScreen } from '#renderer/features/users/UsersScreen.tsx';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';

afterEach(cleanup);

const cleo = { id: 'cleo', username: 'cleo', displayName: 'Cleo Marsh', roles: ['cleaner'], disabled: false };

function openUsers(disabled: boolean) {
  const parts = makeClinic(['admin']);
  parts.answer('users/list', () => [{ ...cleo, disabled }]);
  parts.answer('users/setDisabled', () => ({ ok: true }));
  render(around(parts, <UsersScreen />));
  return () => parts.called.filter(({ path }) => path === 'users/setDisabled').map(({ input }) => input);
}

describe('the users', () => {
  it('are not disabled by one press: it asks first and says what happens to them', async () => {
    const sent = openUsers(false);
    fireEvent.click(await screen.findByRole('button', { name: 'Disable…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Disable Cleo Marsh?' });
    expect(dialog.textContent).toContain('signed out everywhere at once');
    expect(sent()).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Disable' }));
    await waitFor(() => expect(sent()).toMatchObject([{ userId: 'cleo', disabled: true }]));
  });

  it('are enabled again by one press', async () => {
    const sent = openUsers(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Enable' }));
    await waitFor(() => expect(sent()).toMatchObject([{ userId: 'cleo', disabled: false }]));
  });
});
