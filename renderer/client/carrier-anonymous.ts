import { ClinicError, isErrorCode } from '#contract/wire.ts';
import type { HubClient } from './carrier.ts';
import { lost } from './carrier-errors.ts';

/** What may be called before anyone signs in. */
export interface AnonymousClient {
  readonly session: Pick<HubClient['session'], 'welcome' | 'signIn' | 'exchange'>;
  readonly setup: HubClient['setup'];
}

/**
 * The calls anyone may make, by POST to the hub's API (`base`: where the console was served from). Over a port,
 * `connectMessagePort` without a token gives the same.
 */
export function callAnonymous(base: string): AnonymousClient {
  return {
    session: {
      welcome: (input, options) => post(base, 'session/welcome', input, options?.signal),
      signIn: (input, options) => post(base, 'session/signIn', input, options?.signal),
      exchange: (input, options) => post(base, 'session/exchange', input, options?.signal),
    },
    setup: { complete: (input, options) => post(base, 'setup/complete', input, options?.signal) },
  };
}

async function post<Answer>(base: string, path: string, input: unknown, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(new URL(`/api/${path}`, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
    signal,
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : lost();
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body as Answer;
  throw refusalOf(body);
}

function refusalOf(body: unknown): ClinicError {
  if (typeof body !== 'object' || body === null || !('code' in body) || !isErrorCode(body.code)) return lost();
  const message = 'message' in body && typeof body.message === 'string' ? body.message : '';
  const data = 'data' in body && typeof body.data === 'object' ? body.data : null;
  const refusal = data !== null && 'refusal' in data && typeof data.refusal === 'string' ? data.refusal : undefined;
  return new ClinicError(body.code, message, refusal);
}
