import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { exchange, readWelcome } from '#renderer/client/anonymous.ts';
import { UndoToasts } from '#renderer/client/board/UndoToasts.tsx';
import { type Clinic, createClinic } from '#renderer/client/clinic.ts';
import { connect } from '#renderer/client/connection.ts';
import { ClinicContext, SeatContext } from '#renderer/client/context.ts';
import { desktop } from '#renderer/client/desktop.ts';
import {
  forgetSession,
  keepSession,
  keptSession,
  type SignedIn,
  takeSignInCode,
  type Welcome,
} from '#renderer/client/session.ts';
import { SetupWizard } from '#renderer/features/setup/SetupWizard.tsx';
import { SignIn } from '#renderer/features/sign-in/SignIn.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { createConsoleRouter } from './router.tsx';

const ASK_AGAIN_MS = 1_000;

interface Beginning {
  readonly welcome: Welcome;
  readonly session: SignedIn | undefined;
}

/** Who is here: the session of this window, else a one-time code, else nobody. A code that fails is not fatal. */
async function begin(): Promise<Beginning> {
  const code = desktop()?.signInCode() ?? takeSignInCode();
  const welcome = await readWelcome();
  if (code) {
    const session = await exchange(code).catch(() => undefined);
    if (session) keepSession(session);
  }
  return { welcome, session: keptSession(Date.now()) };
}

function useBeginning() {
  const [beginning, setBeginning] = useState<Beginning>();
  const [trouble, setTrouble] = useState(false);
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    function ask() {
      begin().then(
        (found) => over || setBeginning(found),
        () => {
          if (over) return;
          setTrouble(true);
          again = setTimeout(ask, ASK_AGAIN_MS);
        },
      );
    }
    ask();
    return () => {
      over = true;
      clearTimeout(again);
    };
  }, []);
  return { beginning, trouble };
}

/** The whole console: finds out who is here, then shows set-up, sign-in, or the frame with its screens. */
export function Console() {
  const { beginning, trouble } = useBeginning();
  if (beginning) return <Seated {...beginning} />;
  return trouble ? (
    <Fault
      title="The hub does not answer"
      detail="Monitoring at the bedside is not touched by this. Trying again all the time; if it stays so, see whether the hub is running."
    />
  ) : null;
}

function Seated({ welcome: first, session: found }: Beginning) {
  const [welcome, setWelcome] = useState(first);
  const [session, setSession] = useState(found);
  const [why, setWhy] = useState<string>();
  const take = useCallback((next: SignedIn) => {
    keepSession(next);
    setWhy(undefined);
    setSession(next);
    readWelcome().then(setWelcome, () => undefined);
  }, []);
  const leave = useCallback((reason?: string) => {
    forgetSession();
    setWhy(reason);
    setSession(undefined);
  }, []);
  const seat = useMemo(() => ({ welcome, take, signOut: () => leave() }), [welcome, take, leave]);
  const expired = useCallback(() => leave('You were signed out. Sign in to go on where you were.'), [leave]);
  return (
    <SeatContext value={seat}>
      {session ? <SignedInConsole key={session.token} session={session} onSignedOut={expired} /> : null}
      {!session && (welcome.needsSetup ? <SetupWizard /> : <SignIn why={why} />)}
    </SeatContext>
  );
}

function SignedInConsole({ session, onSignedOut }: { session: SignedIn; onSignedOut(): void }) {
  const [clinic, setClinic] = useState<Clinic>();
  useEffect(() => {
    const opened = createClinic({ session, connect, onSignedOut });
    setClinic(opened);
    return () => opened.close();
  }, [session, onSignedOut]);
  const router = useMemo(createConsoleRouter, []);
  if (!clinic) return null;
  return (
    <QueryClientProvider client={clinic.queries}>
      <ClinicContext value={clinic}>
        <Notifications position="bottom-right" limit={3} zIndex={300} />
        <UndoToasts />
        <ModalsProvider>
          <RouterProvider router={router} />
        </ModalsProvider>
      </ClinicContext>
    </QueryClientProvider>
  );
}
