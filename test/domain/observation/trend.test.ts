import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MinuteAggregate, Sample } from '#domain/observation/observation.ts';
import { gather, mergeSources, planTrend, wholeMinutes } from '#domain/observation/trend.ts';

const HOUR = 3_600_000;
const samples = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 100_000 }), value: fc.double({ min: -40, max: 300, noNaN: true }) }),
  { maxLength: 200 },
);

describe('a chart', () => {
  it('is drawn from every value up to six hours and from minutes beyond', () => {
    expect(planTrend(0, HOUR, 720)).toEqual({ spanMs: 5_007, source: 'raw' });
    expect(planTrend(0, 6 * HOUR, 720).source).toBe('raw');
    expect(planTrend(0, 6 * HOUR + 1, 720)).toEqual({ spanMs: 60_000, source: 'minutes' });
    expect(planTrend(0, 72 * HOUR, 720)).toEqual({ spanMs: 420_000, source: 'minutes' });
  });

  it('has at most as many points as were asked for, in order, wherever its window lies', () => {
    const window = fc.tuple(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 1, max: 100_000 }));
    fc.assert(
      fc.property(window, fc.integer({ min: 10, max: 60 }), samples, ([from, length], points, values) => {
        const { spanMs } = planTrend(from, from + length, points);
        const inside = values.filter(({ at }) => at >= from && at < from + length);
        const drawn = mergeSources([gather(inside, [], spanMs)], spanMs);
        expect(drawn.length).toBeLessThanOrEqual(points);
        drawn.forEach(([at], index) => {
          expect(at).toBeGreaterThanOrEqual(from);
          expect(at).toBeLessThan(from + length);
          if (index > 0) expect(at).toBeGreaterThanOrEqual((drawn[index - 1] as number[])[0] as number);
        });
      }),
    );
  });

  it('says of each span the mean, least and greatest of its values, and nothing of an empty one', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 20_000 }), (values, spanMs) => {
        const spanOf = (at: number) => Math.floor(at / spanMs);
        const spans = new Set(values.map(({ at }) => spanOf(at)));
        const drawn = mergeSources([gather(values, [], spanMs)], spanMs);
        expect(drawn.length).toBe(spans.size);
        for (const [at, mean, min, max] of drawn) {
          const inSpan = values.filter((sample) => spanOf(sample.at) === spanOf(at)).map(({ value }) => value);
          expect(min).toBe(Math.min(...inSpan));
          expect(max).toBe(Math.max(...inSpan));
          expect(mean).toBeCloseTo(inSpan.reduce((sum, value) => sum + value, 0) / inSpan.length, 6);
          expect(mean >= min && mean <= max).toBe(true);
        }
      }),
    );
  });

  it('shows a lone value at its own time, unchanged', () => {
    expect(mergeSources([gather([{ at: 12_345, value: 36.65 }], [], 60_000)], 60_000)).toEqual([
      [12_345, 36.65, 36.65, 36.65],
    ]);
  });

  it('lets the preferred source speak alone where it has a value, and another where it has none', () => {
    const own: Sample[] = [{ at: 500, value: 90 }];
    const bed: Sample[] = [
      { at: 600, value: 60 },
      { at: 1_500, value: 61 },
    ];
    const sources = [own, bed].map((values) => gather(values, [], 1_000));
    expect(mergeSources(sources, 1_000)).toEqual([
      [500, 90, 90, 90],
      [1_500, 61, 61, 61],
    ]);
  });

  it('weighs minutes by how many values they hold', () => {
    const minutes: MinuteAggregate[] = [
      { at: 0, count: 60, min: 70, max: 90, mean: 80 },
      { at: 60_000, count: 20, min: 40, max: 41, mean: 40 },
    ];
    expect(mergeSources([gather([], minutes, 120_000)], 120_000)).toEqual([[45_000, 70, 40, 90]]);
  });

  it('asks minutes only for minutes it wants whole', () => {
    expect(wholeMinutes(30_000, 200_000)).toEqual({
      whole: [60_000, 180_000],
      ragged: [
        [30_000, 60_000],
        [180_000, 200_000],
      ],
    });
    expect(wholeMinutes(60_000, 120_000)).toEqual({ whole: [60_000, 120_000], ragged: [] });
    expect(wholeMinutes(61_000, 119_000)).toEqual({ whole: null, ragged: [[61_000, 119_000]] });
  });
});
