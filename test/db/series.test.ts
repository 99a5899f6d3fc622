import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import { packBlock, unpackBlock } from '#db/series/block.ts';
import { LogBuffer, readLog } from '#db/series/log.ts';
import type { DeviceId } from '#domain/ids.ts';
import type { NumericsBatchRow, Sample } from '#domain/observation/observation.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { NOW } from './clinic.ts';

const anyValue = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -200, max: 300 }),
  fc.integer({ min: 200, max: 450 }).map((tenths) => tenths / 10),
  fc.constantFrom(-0, 0.1 + 0.2, 2 ** 53, -(2 ** 50), Number.MIN_VALUE, Number.MAX_VALUE, 4_294_967_297),
);

describe('packing', () => {
  it('gives back every time and every value exactly', () => {
    const distances = fc.oneof(fc.constantFrom(0, 1_000), fc.integer({ min: 0, max: 600_000 }));
    const column = fc.array(fc.tuple(distances, anyValue), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(column, fc.integer({ min: 0, max: 8_000_000_000_000_000 }), (pairs, start) => {
        let at = start;
        const ats = Float64Array.from(pairs, ([distance]) => (at += distance));
        const values = Float64Array.from(pairs, ([, value]) => value);
        const back = unpackBlock(packBlock({ ats, values }));
        expect([...back.ats]).toEqual([...ats]);
        expect([...back.values].every((value, index) => Object.is(value, values[index]))).toBe(true);
      }),
    );
  });

  it('takes little room for what monitors send', () => {
    const ats = Float64Array.from({ length: 1_024 }, (_, second) => NOW + second * 1_000);
    const values = Float64Array.from(ats, (_, second) => 97 + (second % 60 === 0 ? 1 : 0));
    expect(packBlock({ ats, values }).length).toBeLessThan(200);
  });

  it('a spoilt block is an error, never made-up values', () => {
    const bytes = packBlock({ ats: Float64Array.of(NOW, NOW + 1_000), values: Float64Array.of(70.05, 71) });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => unpackBlock(bytes.subarray(0, length))).toThrow(RangeError);
    }
  });

  it('the log gives back every value in the order it came', () => {
    const message = fc.tuple(
      fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 536_870_911 }), anyValue), { maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const log = new LogBuffer();
        for (const [at, values] of messages) {
          log.message(at, values.length);
          for (const [series, value] of values) log.value(series, value);
        }
        const back: unknown[] = [];
        readLog(log.take().bytes, (series, at, value) => back.push([at, series, value]));
        expect(back).toEqual(messages.flatMap(([at, values]) => values.map(([series, value]) => [at, series, value])));
      }),
    );
  });
});

describe('the time series', () => {
  let test: TestStore;
  beforeEach(() => {
    test = openTestStore();
  });
  afterEach(() => test.remove());

  const flush = (): void => test.store.transact(() => test.store.numerics.flush());
  const send = (at: number, value: number, rest: Partial<NumericsBatchRow> = {}): void =>
    test.store.numerics.append({
      deviceId: 'd' as DeviceId,
      at,
      receivedAt: at,
      history: false,
      codes: ['hr'],
      values: [value],
      ...rest,
    });
  const device = 'd' as DeviceId;

  it('equals a plain list, whatever is sent, late, twice or as history, flushed, undone, and opened again', () => {
    const codes = ['hr', 'temp'];
    const burst = fc.record({
      act: fc.constant('burst' as const),
      device: fc.constantFrom('a', 'b'),
      history: fc.boolean(),
      start: fc.integer({ min: -200, max: 200_000 }),
      step: fc.constantFrom(0, 1, 7, 60, 3_600),
      length: fc.constantFrom(1, 3, 60, 700),
      jumble: fc.boolean(),
    });
    const other = fc.record({ act: fc.constantFrom('flush' as const, 'undone' as const, 'reopen' as const) });
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: burst }, { weight: 2, arbitrary: other }), {
      maxLength: 14,
    });
    let round = 0;
    fc.assert(
      fc.property(steps, (taken) => {
        round += 1;
        const model = new Map<string, Sample[]>();
        for (const step of taken) {
          if (step.act === 'burst') {
            const deviceId = `${step.device}-${round}` as DeviceId;
            for (let index = 0; index < step.length; index++) {
              const place = step.jumble ? (index * 37) % step.length : index;
              const at = NOW + (step.start + place * step.step) * 1_000;
              const values = [60 + (place % 9), 36 + (place % 13) / 10];
              send(at, 0, { deviceId, codes, values, history: step.history });
              for (const [column, code] of codes.entries()) {
                const key = `${deviceId}/${code}`;
                const held = model.get(key) ?? [];
                held.push({ at, value: values[column] as number });
                model.set(key, held);
              }
            }
          } else if (step.act === 'flush') flush();
          else if (step.act === 'reopen') test.reopen();
          else expect(undoneFlush).toThrow('undone');
        }
        for (const [key, samples] of model) compare(key, samples);
      }),
      { numRuns: 60 },
    );
  });

  function undoneFlush(): void {
    test.store.transact(() => {
      test.store.numerics.flush();
      send(NOW, 1, { deviceId: 'witness' as DeviceId });
      throw new Error('undone');
    });
  }

  function compare(key: string, samples: readonly Sample[]): void {
    const [deviceId, code] = key.split('/') as [DeviceId, string];
    const { numerics } = test.store;
    const sorted = (list: readonly Sample[]) => [...list].sort((l, r) => l.at - r.at || l.value - r.value);
    const [low, high] = [NOW + 20_000_000, NOW + 60_000_000];
    for (const [from, to] of [
      [0, NOW * 2],
      [low, high],
    ] as const) {
      const inside = samples.filter(({ at }) => at >= from && at < to);
      const found = numerics.raw(deviceId, code, from, to);
      expect(found.every((sample, index) => index === 0 || (found[index - 1] as Sample).at <= sample.at)).toBe(true);
      expect(sorted(found)).toEqual(sorted(inside));
    }
    for (const at of [low, high, NOW * 2]) {
      const newest = Math.max(0, ...samples.filter((sample) => sample.at <= at).map((sample) => sample.at));
      const expected = newest > NOW - 50_000 ? newest : undefined;
      expect(numerics.latest(deviceId, code, NOW - 50_000, at)?.at).toBe(expected);
    }
    const minutes = numerics.minutes(deviceId, code, 0, NOW * 2);
    const byMinute = Map.groupBy(samples, ({ at }) => Math.floor(at / 60_000) * 60_000);
    expect(minutes.map(({ at }) => at)).toEqual([...byMinute.keys()].sort((l, r) => l - r));
    for (const minute of minutes) {
      const values = (byMinute.get(minute.at) ?? []).map(({ value }) => value);
      expect(minute).toMatchObject({ count: values.length, min: Math.min(...values), max: Math.max(...values) });
      expect(minute.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6);
    }
    expect(numerics.codesOf(deviceId)).toEqual(['hr', 'temp']);
  }

  it('shows a value to readers before it is flushed, and the last one to come of two at one time', () => {
    send(NOW, 70);
    send(NOW, 71);
    expect(test.store.numerics.pending()).toBe(2);
    expect(test.store.numerics.latest(device, 'hr', 0, NOW)).toEqual({ at: NOW, value: 71 });
    flush();
    expect(test.store.numerics.pending()).toBe(0);
    expect(test.reopen().numerics.raw(device, 'hr', NOW, NOW + 1)).toHaveLength(2);
  });

  it('keeps what was not flushed when the hub closes in order', () => {
    send(NOW, 70);
    expect(test.reopen().numerics.raw(device, 'hr', 0, NOW + 1)).toEqual([{ at: NOW, value: 70 }]);
  });

  it('a slow series does not hold the log back, and loses nothing by it', () => {
    for (let minute = 0; minute < 30; minute++) send(NOW + minute * 60_000, 36.6, { codes: ['temp'] });
    flush();
    // Many flushes to a transaction only spare the disk: each still writes its own row of the log.
    for (let index = 0; index < 6_800; index += 100) {
      test.store.transact(() => {
        for (let step = index; step < index + 100; step++) {
          send(NOW + step * 250, 60 + (step % 5), { deviceId: 'fast' as DeviceId });
          test.store.numerics.flush();
        }
      });
    }
    expect(logRows()).toBeLessThan(6_100);
    expect(test.store.numerics.raw(device, 'temp', 0, NOW * 2)).toHaveLength(30);
    const { numerics } = test.reopen();
    expect(numerics.raw(device, 'temp', 0, NOW * 2)).toHaveLength(30);
    expect(numerics.raw('fast' as DeviceId, 'hr', 0, NOW * 2)).toHaveLength(6_800);
    expect(test.store.verify()).toMatchObject({ ok: true });
  });

  function logRows(): number {
    const db = connect(join(test.dataDir, 'wardline.db'), test.key, { readOnly: true });
    const rows = db.prepare<[], number>('SELECT count(*) FROM numeric_log').pluck().get() ?? 0;
    db.close();
    return rows;
  }

  it('forgets raw values and minutes by their own ages', () => {
    for (let hour = 0; hour < 4; hour++) {
      for (let index = 0; index < 1_200; index++) send(NOW + hour * 3_600_000 + index * 1_000, 60 + hour);
      flush();
    }
    const { numerics } = test.store;
    expect(numerics.prune(NOW + 2.5 * 3_600_000, NOW + 1.5 * 3_600_000)).toBeGreaterThan(0);
    const first = numerics.raw(device, 'hr', 0, NOW * 2)[0]?.at ?? 0;
    expect(first).toBeGreaterThanOrEqual(NOW + 2 * 3_600_000 - 1_000_000);
    expect(numerics.minutes(device, 'hr', 0, NOW + 2 * 3_600_000).length).toBeGreaterThan(0);
    expect(numerics.raw(device, 'hr', NOW + 3 * 3_600_000, NOW * 2)).toHaveLength(1_200);
    numerics.prune(NOW * 2, NOW * 2);
    expect(numerics.raw(device, 'hr', 0, NOW * 2)).toEqual([]);
    expect(numerics.minutes(device, 'hr', 0, NOW * 2)).toEqual([]);
    expect(numerics.codesOf(device)).toEqual(['hr']);
    expect(test.reopen().numerics.raw(device, 'hr', 0, NOW * 2)).toEqual([]);
  });

  it('forgets very much a little at a time, with the flushes that follow', () => {
    const blocks = 560;
    test.store.transact(() => {
      for (let index = 0; index < blocks; index++) {
        for (let sample = 0; sample < 1_024; sample++) send(NOW + index * 2_000_000 + sample * 1_000, 60);
        test.store.numerics.flush();
      }
    });
    const before = NOW + blocks * 2_000_000;
    send(before + 5, 61);
    expect(test.store.numerics.prune(before, NOW)).toBe(500);
    for (let index = 0; index < 10; index++) flush();
    expect(test.store.numerics.raw(device, 'hr', 0, NOW * 2)).toEqual([{ at: before + 5, value: 61 }]);
    expect(test.store.numerics.minutes(device, 'hr', 0, NOW * 2).length).toBeGreaterThan(blocks);
  });
});
