// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SeatContext } from '#renderer/client/context.ts';
import { BrokerStep } from '#renderer/features/setup/BrokerStep.tsx';
import { SetupWizard } from '#renderer/features/setup/SetupWizard.tsx';
import { problemsOf, type SetupDraft, STEPS, setupInput } from '#renderer/features/setup/setup-draft.ts';
import { SignIn } from '#renderer/features/sign-in/SignIn.tsx';
import { furnishWindow } from '#test/helpers/console-parts.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const draft: SetupDraft = {
  username: 'ada',
  displayName: 'Ada Byron',
  password: 'long enough',
  again: 'long enough',
  clinicName: 'St Elsewhere',
  wards: [{ key: 'w', name: 'Ward 1', beds: 16 }],
  ownBroker: false,
  brokerUrl: '',
  station: 'Ward desk',
};

const welcome = {
  clinicName: 'St Elsewhere',
  demo: true,
  needsSetup: false,
  version: '1',
  demoUsers: [{ username: 'demo-nurse', role: 'nurse' as const, password: 'demo-password' }],
};

function seated(child: React.ReactNode, take = vi.fn()) {
  furnishWindow();
  render(
    <MantineProvider env="test">
      <SeatContext value={{ welcome, take, signOut: () => undefined }}>{child}</SeatContext>
    </MantineProvider>,
  );
  return take;
}

function answering(status: number, body: object) {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('first use', () => {
  it('takes at most four steps', () => {
    expect(STEPS.length).toBeLessThanOrEqual(4);
  });

  it('finds nothing wrong with a proper draft, and sends it as the hub takes it', () => {
    for (const step of STEPS.keys()) expect(problemsOf(draft, step)).toEqual({});
    expect(setupInput(draft)).toMatchObject({ broker: { url: null }, wards: [{ name: 'Ward 1', beds: 16 }] });
  });

  it('names what is wrong field by field', () => {
    expect(problemsOf({ ...draft, username: 'Ada B' }, 0)).toHaveProperty('username');
    expect(problemsOf({ ...draft, password: 'short', again: 'other' }, 0)).toMatchObject({
      password: 'At least 8 characters.',
      again: 'Not the same as above.',
    });
    const twice = [...draft.wards, { key: 'v', name: 'ward 1', beds: '' as const }];
    expect(Object.keys(problemsOf({ ...draft, wards: twice }, 1))).toEqual(['ward-v', 'beds-v']);
    expect(problemsOf({ ...draft, ownBroker: true, brokerUrl: 'http://x' }, 2)).toHaveProperty('brokerUrl');
    expect(problemsOf({ ...draft, ownBroker: true, brokerUrl: 'mqtts://broker.example:8883' }, 2)).toEqual({});
    expect(problemsOf({ ...draft, station: ' ' }, 3)).toHaveProperty('station');
  });

  it('keeps what was typed when going back and forth, also by the browser’s own buttons', async () => {
    seated(<SetupWizard />);
    const type = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    type('Your name', 'Ada Byron');
    type('User name', 'ada');
    type('Password', 'long enough');
    type('Password again', 'long enough');
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    type('Name of the clinic', 'St Elsewhere');
    history.back();
    await waitFor(() => expect((screen.getByLabelText('Your name') as HTMLInputElement).value).toBe('Ada Byron'));
    history.forward();
    await waitFor(() =>
      expect((screen.getByLabelText('Name of the clinic') as HTMLInputElement).value).toBe('St Elsewhere'),
    );
  });

  it('says that a broker of the clinic’s own is used from the next start', () => {
    const step = (ownBroker: boolean) => <BrokerStep draft={{ ...draft, ownBroker }} problems={{}} change={vi.fn()} />;
    seated(step(false));
    expect(screen.queryByText(/next start/u)).toBeNull();
    cleanup();
    seated(step(true));
    expect(screen.getByText(/next start of the hub/u)).toBeTruthy();
  });

  it('stays on a step that has something wrong', () => {
    seated(<SetupWizard />);
    fireEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByText('Type the name colleagues know you by.')).toBeTruthy();
  });
});

describe('sign-in', () => {
  it('fills in a demo user and takes the session the hub opens', async () => {
    const session = {
      token: 't',
      user: { id: 'u', username: 'demo-nurse', displayName: 'N', roles: ['nurse'] },
      expiresAt: 1,
    };
    const fetched = answering(200, session);
    const take = seated(<SignIn />);
    fireEvent.click(screen.getByRole('button', { name: 'Nurse' }));
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(take).toHaveBeenCalledWith(session));
    const [, init] = fetched.mock.calls[0] as unknown as [unknown, RequestInit];
    expect(JSON.parse(String(init.body))).toMatchObject({ username: 'demo-nurse', password: 'demo-password' });
  });

  it('says what the hub says, keeps the user name and asks for the password again', async () => {
    answering(401, { code: 'not-signed-in', message: 'User name or password is wrong.' });
    const take = seated(<SignIn />);
    fireEvent.change(screen.getByLabelText('User name'), { target: { value: 'ada' } });
    fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'wrong' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('User name or password is wrong.')).toBeTruthy();
    expect((screen.getByLabelText('User name') as HTMLInputElement).value).toBe('ada');
    expect((screen.getByLabelText('Password') as HTMLInputElement).value).toBe('');
    expect(take).not.toHaveBeenCalled();
  });
});
