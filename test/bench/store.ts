import { performance } from 'node:perf_hooks';
import type { DeviceId } from '#domain/ids.ts';
import { openTestStore } from '../helpers/store.ts';

/** What the encrypted store did on this machine, on one thread. */
export interface StoreBench {
  /** Numerics kept a second, flushed to disk four times a simulated second. */
  readonly valuesPerSecond: number;
  /** Longest and 99th percentile of one flush, ms. */
  readonly flushMaxMs: number;
  readonly flushP99Ms: number;
  /** Bytes of the store's file for each value, log and indexes included. */
  readonly bytesPerValue: number;
  /** A day of one series at one value a second, raw and as minutes, ms. */
  readonly dayRawMs: number;
  readonly dayMinutesMs: number;
  /** Opening again with all of it, ms. */
  readonly reopenMs: number;
  /** Ledger entries written in one transaction, and walked, a second. */
  readonly ledgerAppendsPerSecond: number;
  readonly ledgerVerifiedPerSecond: number;
}

const CODES = ['hr', 'spo2', 'rr', 'art-sys', 'art-dia', 'art-mean'];
const START = 1_780_000_000_000;

/** Measures the store on a folder of its own, which it removes. */
export function benchStore({ devices = 500, messages = 300_000 } = {}): StoreBench {
  const kept = openTestStore();
  try {
    const sustained = sustain(kept.store.numerics, devices, messages, kept.store.transact);
    const bytes = kept.store.backup(`${kept.dataDir}/copy`).bytes;
    const day = dayOfOneSeries(kept);
    const ledger = ledgerRates(kept);
    const reopenMs = timed(() => kept.reopen());
    return { ...sustained, bytesPerValue: bytes / (messages * CODES.length), ...day, reopenMs, ...ledger };
  } finally {
    kept.remove();
  }
}

type Kept = ReturnType<typeof openTestStore>;

function sustain(
  numerics: Kept['store']['numerics'],
  devices: number,
  messages: number,
  transact: Kept['store']['transact'],
): Pick<StoreBench, 'valuesPerSecond' | 'flushMaxMs' | 'flushP99Ms'> {
  const ids = Array.from({ length: devices }, (_, index) => `device-${index}` as DeviceId);
  const values = CODES.map(() => 0);
  const flushes: number[] = [];
  // As the hub does at its busiest: about 8,000 messages between two flushes.
  const batch = 8_000;
  const total = timed(() => {
    for (let index = 0; index < messages; index++) {
      const at = START + Math.floor(index / devices) * 1_000 + (index % 7);
      for (let code = 0; code < values.length; code++) values[code] = 60 + ((index * 7 + code * 13) % 31);
      const deviceId = ids[index % devices] as DeviceId;
      numerics.append({ deviceId, at, receivedAt: at, history: false, codes: CODES, values });
      if (index % batch === batch - 1) flushes.push(timed(() => transact(() => numerics.flush())));
    }
    transact(() => numerics.flush());
  });
  flushes.sort((left, right) => left - right);
  return {
    valuesPerSecond: (messages * CODES.length * 1_000) / total,
    flushMaxMs: flushes.at(-1) ?? 0,
    flushP99Ms: flushes[Math.floor(flushes.length * 0.99)] ?? 0,
  };
}

function dayOfOneSeries({ store }: Kept): Pick<StoreBench, 'dayRawMs' | 'dayMinutesMs'> {
  const deviceId = 'one' as DeviceId;
  const seconds = 86_400;
  for (let second = 0; second < seconds; second++) {
    const at = START + second * 1_000 + ((second * 37) % 90);
    const value = 70 + Math.round(10 * Math.sin(second / 900) + ((second * 7) % 3));
    store.numerics.append({ deviceId, at, receivedAt: at, history: false, codes: ['hr'], values: [value] });
    if (second % 1_000 === 0) store.transact(() => store.numerics.flush());
  }
  const best = (work: () => void): number => Math.min(...Array.from({ length: 5 }, () => timed(work)));
  return {
    dayRawMs: best(() => store.numerics.raw(deviceId, 'hr', START, START + seconds * 1_000)),
    dayMinutesMs: best(() => store.numerics.minutes(deviceId, 'hr', START, START + seconds * 1_000)),
  };
}

function ledgerRates({ store }: Kept): Pick<StoreBench, 'ledgerAppendsPerSecond' | 'ledgerVerifiedPerSecond'> {
  const entries = 20_000;
  const entry = { at: START, actor: 'user-1', station: 'ward-1', act: 'bed.assigned', subject: 'encounter-1' };
  const appended = timed(() =>
    store.transact(() => {
      for (let index = 0; index < entries; index++) {
        store.ledger.append({ ...entry, before: { bedId: null }, after: { bedId: `bed-${index}` } });
      }
    }),
  );
  const verified = timed(() => store.ledger.verify());
  return {
    ledgerAppendsPerSecond: (entries * 1_000) / appended,
    ledgerVerifiedPerSecond: (entries * 1_000) / verified,
  };
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
