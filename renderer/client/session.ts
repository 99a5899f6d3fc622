import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '#contract';

export type Welcome = InferContractRouterOutputs<Contract>['session']['welcome'];
export type SignedIn = InferContractRouterOutputs<Contract>['session']['signIn'];
export type SignedInUser = SignedIn['user'];

const KEPT = 'wardline.session';

/** The session of this window; a new window signs in for itself. Unreadable leftovers count as none. */
export function keptSession(now: number): SignedIn | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as SignedIn | null;
    return kept && typeof kept.token === 'string' && kept.expiresAt > now ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepSession(session: SignedIn): void {
  sessionStorage.setItem(KEPT, JSON.stringify(session));
}

export function forgetSession(): void {
  sessionStorage.removeItem(KEPT);
}

/** The one-time code of a sign-in link, taken out of the address at once so that it stays in no history. */
export function takeSignInCode(): string | undefined {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code === null) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return code;
}
