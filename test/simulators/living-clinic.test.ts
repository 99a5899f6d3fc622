import { afterAll, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { makeDataDir, type RunningHub, removeDataDir, startHub } from '#test/helpers/hub.ts';
import { eventually } from '#test/helpers/wait.ts';

const SLOW = 240_000;

interface BedRow {
  readonly label: string;
  readonly patient: { readonly displayName: string; readonly spo2Scale: number } | null;
  readonly values: readonly { readonly code: string; readonly value: unknown; readonly at: number }[];
  readonly score: { readonly total: number | null; readonly complete: boolean } | null;
}

/** The first part of a ward's stream: the whole ward as the board shows it. */
async function wholeWard({ ready }: RunningHub, wardId: string): Promise<BedRow[]> {
  const response = await fetch(`${ready.api}/ward/watch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ready.tokens.nurse}` },
    body: JSON.stringify({ wardId }),
  });
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += Buffer.from(bytes).toString();
    const line = /^data: (.*"kind":"whole".*)\n/m.exec(text)?.[1];
    if (line) return JSON.parse(line).beds;
  }
  throw new Error('The ward said nothing.');
}

async function allBeds(hub: RunningHub): Promise<BedRow[]> {
  const wards = await hub.call<{ id: string }[]>('locations/wards');
  return (await Promise.all(wards.map(({ id }) => wholeWard(hub, id)))).flat();
}

describe('npm start on a new machine: the demo clinic through a real hub', () => {
  const dataDir = makeDataDir();
  let hub: RunningHub | null = null;
  afterAll(async () => {
    await hub?.end('SIGKILL');
    removeDataDir(dataDir);
  });

  it(
    'lives at once on 32 beds, has its last 72 hours, and is found again at the next start',
    async () => {
      const first = await startHub(['--demo'], dataDir);
      hub = first;
      let seen = '';
      const live = await eventually(
        '32 beds with complete live scores',
        async () => {
          const beds = await allBeds(first);
          const scored = beds.filter(
            ({ score, values }) => score?.complete && values.some(({ code }) => code === 'hr'),
          );
          seen = `${scored.length} of ${beds.length}`;
          return scored.length === 32 && scored;
        },
        90_000,
      ).catch((error: Error) => {
        throw new Error(`${error.message}: ${seen}. ${first.log().slice(-3_000)}`);
      });
      const sickest = live.toSorted((one, other) => (other.score?.total ?? 0) - (one.score?.total ?? 0));
      expect(sickest[0]?.score?.total).toBeGreaterThanOrEqual(6);
      expect(live.filter(({ score }) => (score?.total ?? 0) <= 2).length).toBeGreaterThanOrEqual(14);
      expect(live.filter(({ patient }) => patient?.spo2Scale === 2)).toHaveLength(1);

      const past = await eventually(
        '72 hours of history',
        async () => {
          const to = Date.now() - MINUTE_MS;
          const input = { device: 'monitor-b16', metric: 'hr', from: to - 71.9 * HOUR_MS, to };
          const stored = await first.call<{ at: number; value: number }[]>('devices/readings', input);
          return stored.length >= 4_300 && stored;
        },
        120_000,
      );
      const gaps = past.slice(1).map(({ at }, index) => at - (past[index]?.at ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(3 * MINUTE_MS);
      const refused = await first.call<{ device: string; reason: string }[]>('devices/quarantine', {}, 'admin');
      expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['not-admitted']));

      const names = live.map(({ patient }) => patient?.displayName);
      expect(await first.end()).toBe(0);
      const second = await startHub(['--demo'], dataDir);
      hub = second;
      const again = await eventually(
        'the same patients, alive again',
        async () => {
          const beds = await allBeds(second);
          const since = Date.now() - MINUTE_MS;
          const alive = beds.filter(({ values }) => values.some(({ code, at }) => code === 'hr' && at > since));
          return alive.length === 32 && alive;
        },
        90_000,
      );
      expect(again.map(({ patient }) => patient?.displayName)).toEqual(names);
    },
    SLOW,
  );
});
