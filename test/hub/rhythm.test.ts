import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain/time.ts';
import { startNightlyCheck } from '#main/nightly-check.ts';
import { startRhythm } from '#main/rhythm.ts';
import { liveOn } from '#test/helpers/live-ward.ts';
import { makeStation, NOON } from '#test/helpers/network.ts';
import { openTestStore, type TestStore } from '#test/helpers/store.ts';

let opened: TestStore;
const errors: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (what: string) => void errors.push(what),
};
beforeEach(() => {
  vi.useFakeTimers();
  errors.length = 0;
  opened = openTestStore();
});
afterEach(() => {
  vi.useRealTimers();
  opened.remove();
});

it('goes on asking the timed rules when looking for silent devices fails', () => {
  const { live } = liveOn(opened.store);
  const asked = vi.spyOn(live, 'tick');
  const failing = () => {
    throw new Error('one device too many');
  };
  const rhythm = startRhythm({
    store: opened.store,
    intake: { ...makeStation().intake, tick: failing },
    live,
    upkeep: { tick: () => undefined },
    doubts: { tick: () => undefined },
    clock: () => NOON,
    settings: () => DEFAULT_SETTINGS,
    log,
  });
  vi.advanceTimersByTime(3 * SECOND_MS);
  rhythm.close();
  expect(asked).toHaveBeenCalledTimes(3);
  expect(errors).toHaveLength(3);
});

it('remembers over a restart what the daily check of the store found, until a check finds nothing', async () => {
  const time = { now: NOON };
  let found: { ok: boolean; rows: number; problem?: string } = { ok: false, rows: 1, problem: 'row 7 was edited' };
  let checks = 0;
  const start = () =>
    startNightlyCheck({
      store: {
        settings: opened.store.settings,
        transact: (work) => opened.store.transact(work),
        verifyInThread: async () => {
          checks += 1;
          return found;
        },
      },
      clock: () => time.now,
      log,
    });
  const first = start();
  expect(first.problem()).toBeNull();
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(first.problem()).toBe('row 7 was edited');
  vi.clearAllTimers();
  opened.reopen();
  const second = start();
  expect(second.problem()).toBe('row 7 was edited');
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(checks).toBe(1);
  time.now += DAY_MS;
  found = { ok: true, rows: 1 };
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(second.problem()).toBeNull();
  vi.clearAllTimers();
  expect(start().problem()).toBeNull();
});
