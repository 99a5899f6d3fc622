import type { Log } from '#adapters/log.ts';
import type { Store } from '#domain/clinic/store.ts';
import { DAY_MS, HOUR_MS } from '#domain/time.ts';

const CHECKED_KEY = 'store-checked';

interface Checked {
  readonly at: number;
  readonly problem: string | null;
}

interface NightlyCheckDeps {
  readonly store: Pick<Store, 'settings' | 'transact' | 'verifyInThread'>;
  readonly clock: () => number;
  readonly log: Log;
}

/**
 * Checks store and ledger whole once a day, on the reader's thread. What it finds stays said until a check finds
 * nothing, also over a restart.
 */
export function startNightlyCheck({ store, clock, log }: NightlyCheckDeps) {
  let last = (store.settings.get(CHECKED_KEY) as Checked | undefined) ?? null;
  const save = (checked: Checked): void => {
    // Told even where it cannot be written.
    last = checked;
    store.transact(() => store.settings.set(CHECKED_KEY, { ...checked }));
  };
  const check = async (): Promise<void> => {
    const at = clock();
    if (last && Math.abs(at - last.at) < DAY_MS) return;
    save({ at, problem: last?.problem ?? null });
    const { ok, problem: found } = await store.verifyInThread();
    const problem = ok ? null : (found ?? 'it does not verify');
    if (!ok) log.error('the store does not verify', { problem });
    save({ at, problem });
  };
  setInterval(
    () => void check().catch((error: unknown) => log.error('checking the store failed', { error })),
    HOUR_MS,
  ).unref();
  return { problem: () => last?.problem ?? null };
}
