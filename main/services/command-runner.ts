import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { DAY_MS, HOUR_MS } from '#domain/time.ts';

/** One doing of a command. */
export interface Doing {
  readonly actorId: string;
  readonly procedure: string;
  /** Null: nothing is remembered. */
  readonly key: string | null;
  readonly input: unknown;
  /** The answer is a secret: it is not kept, and a repeated key is refused with told-once. */
  readonly toldOnce?: boolean;
}

export interface CommandRunner {
  /** One transaction: the stored answer for a key already used, else the work and its answer, kept for 24 h. */
  <Result>(doing: Doing, work: (afterCommit: (tell: () => void) => void) => Result): Result;
  /** The answer already given, if any. Throws conflict when the key was used for something else. */
  answered(doing: Doing): { readonly result: unknown } | undefined;
}

/** How long a key is remembered. */
export const KEPT_MS = DAY_MS;

/** Makes asking again safe: the answer is saved in the same transaction as the change it tells of. */
export function createCommandRunner(deps: {
  store: Pick<Store, 'transact' | 'idempotency'>;
  clock: () => number;
  /** SHA-256, hex. */
  digest: (text: string) => string;
}): CommandRunner {
  const { store, clock, digest } = deps;
  let tidiedAt = Number.NEGATIVE_INFINITY;
  const answered = ({ actorId, procedure, key, input, toldOnce }: Doing) => {
    const found = key === null ? undefined : store.idempotency.find(actorId, key);
    if (found === undefined) return undefined;
    if (found.procedure !== procedure || found.inputHash !== digest(canonical(procedure, input)))
      throw new ClinicError('conflict', 'This idempotency key was used for something else.', 'key-reused');
    if (toldOnce)
      throw new ClinicError(
        'refused',
        'This was done. Its answer was told once and is not kept; ask anew.',
        'told-once',
      );
    return { result: found.result };
  };
  const run = <Result>(doing: Doing, work: (afterCommit: (tell: () => void) => void) => Result): Result =>
    store.transact((afterCommit) => {
      const before = answered(doing);
      // The work answered this very call, so its result is of this type.
      if (before !== undefined) return before.result as Result;
      const result = work(afterCommit);
      const { actorId: actor, procedure, key, input, toldOnce } = doing;
      if (key === null) return result;
      const at = clock();
      store.idempotency.save({
        actor,
        key,
        procedure,
        inputHash: digest(canonical(procedure, input)),
        result: toldOnce ? null : (result ?? null),
        at,
      });
      if (at - tidiedAt > HOUR_MS) {
        store.idempotency.removeBefore(at - KEPT_MS);
        tidiedAt = at;
      }
      return result;
    });
  return Object.assign(run, { answered });
}

/** Fields by part of the contract whose plain hash would be a way to try them fast, should the store ever be read. */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  session: ['password', 'current', 'next', 'code'],
  users: ['password'],
  setup: ['password'],
};

/** JSON with sorted keys and without secrets: equal inputs give equal texts. */
function canonical(procedure: string, input: unknown): string {
  const secret = SECRET[procedure.slice(0, procedure.indexOf('.'))] ?? [];
  return (
    JSON.stringify(input, (key, value: unknown) => {
      if (secret.includes(key)) return undefined;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? 'null'
  );
}
