import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId } from '#domain/ids.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { NOW } from './clinic.ts';

const KILLS = 15;

describe('F37 a hub killed in the middle of its work', () => {
  let test: TestStore;
  beforeEach(() => {
    test = openTestStore();
  });
  afterEach(() => test.remove());

  it('has kept once everything whose flush was answered, in order, with a sound store and a whole ledger', async () => {
    let acknowledged = 0;
    let found = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      test.store.close();
      acknowledged = await workUntilKilled(found, 20 + ((kill * 53) % 160));
      test.reopen();
      const { numerics, ledger } = test.store;
      const fast = numerics.raw('fast' as DeviceId, 'hr', 0, NOW * 2);
      const ats = fast.map(({ at }) => (at - NOW) / 10);
      expect(ats).toEqual(ats.map((_, index) => index));
      expect(fast.length).toBeGreaterThanOrEqual(acknowledged);
      found = fast.length;
      // Every 40th value also goes to a slow series and to the ledger, in the same transaction or not at all.
      const marks = Math.ceil(found / 40);
      expect(numerics.raw('slow' as DeviceId, 'temp', 0, NOW * 2).map(({ at }) => (at - NOW) / 400)).toEqual(
        Array.from({ length: marks }, (_, index) => index),
      );
      expect(ledger.list({ limit: 1 })[0]?.seq ?? 0).toBe(marks);
      expect(numerics.minutes('fast' as DeviceId, 'hr', 0, NOW * 2).reduce((sum, { count }) => sum + count, 0)).toBe(
        found,
      );
      expect(test.store.verify()).toEqual({ ok: true, rows: marks });
    }
    expect(acknowledged).toBeGreaterThan(3_000);
    expect(test.notices).toEqual([]);
  }, 120_000);

  /** Starts a hub's work at sample `from`, kills it after so many answers; answers the samples it had acknowledged. */
  async function workUntilKilled(from: number, answers: number): Promise<number> {
    const worker = fork(join(import.meta.dirname, 'flush-process.ts'), [
      test.dataDir,
      test.key.toString('hex'),
      `${from}`,
    ]);
    try {
      return await countAnswers(worker, from, answers);
    } finally {
      worker.kill('SIGKILL');
      if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
    }
  }

  async function countAnswers(worker: ChildProcess, from: number, answers: number): Promise<number> {
    return new Promise((resolve, reject) => {
      let [seen, acknowledged] = [0, from];
      worker.on('message', (message) => {
        acknowledged = Number(message);
        seen += 1;
        if (seen === answers) worker.kill('SIGKILL');
      });
      worker.once('error', reject);
      // What the dying process had still sent is read before its channel closes.
      worker.once('close', () => resolve(acknowledged));
    });
  }
});
