import type { Log } from '#adapters/log.ts';
import type { Store } from '#domain/clinic/store.ts';
import { DAY_MS, HOUR_MS } from '#domain/time.ts';

const CHECKED_KEY = 'store-checked-at';

interface NightlyCheckDeps {
  readonly store: Pick<Store, 'settings' | 'transact' | 'verifyInThread'>;
  readonly clock: () => number;
  readonly log: Log;
}

/** Checks store and ledger whole once a day, on the reader's thread. What it finds stays said until a check finds nothing. */
export function startNightlyCheck({ store, clock, log }: NightlyCheckDeps) {
  let problem: string | null = null;
  const check = async (): Promise<void> => {
    const last = store.settings.get(CHECKED_KEY);
    if (typeof last === 'number' && clock() - last < DAY_MS) return;
    store.transact(() => store.settings.set(CHECKED_KEY, clock()));
    const { ok, problem: found } = await store.verifyInThread();
    problem = ok ? null : (found ?? 'it does not verify');
    if (!ok) log.error('the store does not verify', { problem });
  };
  setInterval(
    () => void check().catch((error: unknown) => log.error('checking the store failed', { error })),
    HOUR_MS,
  ).unref();
  return { problem: () => problem };
}
