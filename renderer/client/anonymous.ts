import { connectMessagePort } from './carrier.ts';
import { type AnonymousClient, callAnonymous } from './carrier-anonymous.ts';
import { desktop, receivePort } from './desktop.ts';
import type { HubClient } from './hub.ts';
import type { SignedIn, Welcome } from './session.ts';

const STATION = 'wardline.station';

/** The name this machine signs in under; undefined until someone gave it one. */
function stationName(): string | undefined {
  return localStorage.getItem(STATION) ?? undefined;
}

export function nameStation(name: string): void {
  localStorage.setItem(STATION, name);
}

async function anonymously<Answer>(ask: (call: AnonymousClient) => Promise<Answer>): Promise<Answer> {
  const bridge = desktop();
  if (!bridge) return ask(callAnonymous(location.origin));
  const carrier = await connectMessagePort({ port: await receivePort(bridge), token: null });
  try {
    return await ask(carrier.call);
  } finally {
    carrier.close();
  }
}

/** What a console may know before anyone signs in. */
export function readWelcome(): Promise<Welcome> {
  return anonymously(({ session }) => session.welcome({}));
}

export function signIn(who: { username: string; password: string }): Promise<SignedIn> {
  return anonymously(({ session }) => session.signIn({ ...who, station: stationName() }));
}

/** Trades the code of a one-time sign-in link for a session. */
export function exchange(code: string): Promise<SignedIn> {
  return anonymously(({ session }) => session.exchange({ code, station: stationName() }));
}

export type SetupInput = Parameters<HubClient['setup']['complete']>[0];

/** First use; answers the administrator's session. */
export function completeSetup(input: SetupInput): Promise<SignedIn> {
  return anonymously(({ setup }) => setup.complete(input));
}
