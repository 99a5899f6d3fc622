import type { UserId } from '#domain/ids.ts';
import { SECOND_MS } from '#domain/time.ts';

/** Failures in a row of one account. `lastAt` is epoch ms. */
export interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** Failures without any wait; then each further one doubles it, up to LONGEST_WAIT_MS. */
export const FREE_FAILURES = 5;
export const LONGEST_WAIT_MS = 900 * SECOND_MS;
/** Failures in a row that lock an account until an administrator sets a new password. */
export const LOCKED_AT = 100;
/** Failures in a row that are worth telling an administrator of. */
export const ALERT_AT = 10;

/** Ms an account must still wait, or `locked`. A clock set back does not lengthen the wait. */
export function waitFor({ count, lastAt }: Failures, now: number): number | 'locked' {
  if (count >= LOCKED_AT) return 'locked';
  if (count < FREE_FAILURES) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, 2 ** (count - FREE_FAILURES) * SECOND_MS);
  return Math.min(wait, Math.max(0, lastAt + wait - now));
}

/** Failures kept by account in the store, and in memory by name for accounts that do not exist. */
export interface FailureCounts {
  failures(account: Account): Failures;
  setFailures(account: Account, count: number, lastAt: number): void;
}

export type Account = { readonly id: UserId } | { readonly unknown: string };

const MOST_UNKNOWN = 10_000;

/** A name nobody has behaves like one somebody has, so that trying does not tell them apart. */
export function createFailureCounts(users: {
  failures(id: UserId): Failures;
  setFailures(id: UserId, count: number, lastAt: number): void;
}): FailureCounts {
  const unknown = new Map<string, Failures>();
  return {
    failures: (account) =>
      'id' in account ? users.failures(account.id) : (unknown.get(account.unknown) ?? { count: 0, lastAt: 0 }),
    setFailures(account, count, lastAt) {
      if ('id' in account) return users.setFailures(account.id, count, lastAt);
      unknown.delete(account.unknown);
      unknown.set(account.unknown, { count, lastAt });
      const oldest = unknown.keys().next().value;
      if (unknown.size > MOST_UNKNOWN && oldest !== undefined) unknown.delete(oldest);
    },
  };
}
