import type { UserId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { Secrets } from './open-sessions.ts';

const CODE_MS = 5 * MINUTE_MS;

/** Codes of one-time sign-in links. Kept in memory only: they die with the hub, after five minutes, or when used. */
export interface SignInCodes {
  create(userId: UserId): string;
  /** Whose code it was; undefined when unknown, used or too old. It cannot be taken twice. */
  take(code: string): UserId | undefined;
}

export function createSignInCodes({
  secrets,
  clock,
}: {
  secrets: Pick<Secrets, 'newToken' | 'digest'>;
  clock: () => number;
}): SignInCodes {
  const codes = new Map<string, { readonly userId: UserId; readonly until: number }>();
  return {
    create(userId) {
      const code = secrets.newToken();
      for (const [hash, { until }] of codes) if (until <= clock()) codes.delete(hash);
      codes.set(secrets.digest(code), { userId, until: clock() + CODE_MS });
      return code;
    },
    take(code) {
      const hash = secrets.digest(code);
      const found = codes.get(hash);
      codes.delete(hash);
      return found !== undefined && clock() < found.until ? found.userId : undefined;
    },
  };
}
