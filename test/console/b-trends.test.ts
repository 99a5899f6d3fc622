import { describe, expect, it } from 'vitest';
import type { BedId } from '#domain/ids.ts';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { LiveTail } from '#renderer/features/patient/trends/live-tail.ts';
import { trendRows } from '#renderer/features/patient/trends/plot-rows.ts';
import { timeTicks } from '#renderer/features/patient/trends/ticks.ts';
import { joinWithin, pairedPoints, plotPoints } from '#renderer/features/patient/trends/trend-series.ts';
import { valueRange } from '#renderer/ui/charts/plot.ts';
import { makeScore } from '../helpers/console-parts.tsx';
import { point } from '../helpers/plots.ts';

const NOW = Date.UTC(2026, 2, 12, 12, 0);

function makeLive(part: Partial<BedLive> = {}): BedLive {
  return {
    bedId: 'b1' as BedId,
    label: '7',
    roomLabel: '1',
    patient: null,
    values: [],
    score: null,
    others: [],
    alarms: [],
    devices: [],
    ...part,
  };
}

function said(code: string, value: number, at: number, source = 'monitor-7'): BedLive['values'][number] {
  return { code, value, at, source, why: null };
}

describe('a trend that goes on live', () => {
  it('gathers what arrives into the same spans, with mean, least and greatest', () => {
    const tail = new LiveTail(5_000, NOW);
    for (const [after, value] of [
      [0, 70],
      [1_000, 80],
      [4_000, 90],
      [5_000, 100],
    ] as const)
      tail.take(makeLive({ values: [said('hr', value, NOW + after)] }));
    expect(tail.points('hr').map(({ value, low, high }) => [value, low, high])).toEqual([
      [80, 70, 90],
      [100, 100, 100],
    ]);
  });

  it('counts a value once however often it is told, and nothing from before the stored part', () => {
    const tail = new LiveTail(5_000, NOW);
    const live = makeLive({ values: [said('hr', 70, NOW), said('rr', 12, NOW - 1)] });
    tail.take(live);
    tail.take(live);
    expect(tail.points('hr')).toHaveLength(1);
    expect(tail.points('rr')).toHaveLength(0);
  });

  it('keeps what a person charted as a mark of its own', () => {
    const tail = new LiveTail(5_000, NOW);
    tail.take(makeLive({ values: [said('temp', 38.2, NOW + 10, 'charted')] }));
    expect(tail.points('temp')).toMatchObject([{ value: 38.2, byHand: true }]);
  });
});

describe('the newest value of a trend', () => {
  it('is the reading itself, and pressures are readings throughout', () => {
    const tail = new LiveTail(5_000, NOW);
    for (const [after, value] of [
      [0, 90],
      [1_000, 110],
      [5_000, 80],
      [6_000, 60],
    ] as const)
      tail.take(makeLive({ values: [said('hr', value, NOW + after), said('art-sys', value, NOW + after)] }));
    expect(tail.points('hr').map(({ value }) => value)).toEqual([100, 60]);
    expect(tail.points('art-sys').map(({ at, value }) => [at - NOW, value])).toEqual([
      [1_000, 110],
      [6_000, 60],
    ]);
  });
});

describe('the charts of a stay', () => {
  const empty = { series: [], scores: [], limits: [], from: 0 };

  it('has heart rate, pressure, breathing, saturation, temperature and NEWS2 even before anything was measured', () => {
    const rows = trendRows({ ...empty, tail: new LiveTail(5_000, NOW) });
    expect(rows.map(({ id }) => id)).toEqual(['rate', 'news2', 'pressure', 'rr', 'spo2', 'temp']);
  });

  it('pairs systolic with the diastolic of the same measurement, and never joins the bars', () => {
    const sys = [point(1_000, 120), point(901_000, 130)];
    const dia = [point(1_000, 80), point(1_801_000, 70)];
    expect(pairedPoints(sys, dia)).toMatchObject([{ low: 80, high: 120 }]);
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(5_000, NOW),
      series: ['nibp-sys', 'nibp-dia'].map((code, index) => ({
        code,
        unit: 'mm[Hg]',
        spanMs: 5_000,
        points: [[1_000, 120 - index * 40, 120 - index * 40, 120 - index * 40]],
        charted: [],
      })),
    });
    const [bars] = rows.find(({ id }) => id === 'pressure')?.series ?? [];
    expect(bars).toMatchObject({ kind: 'span', joinWithinMs: 0 });
    const [bar] = bars?.points ?? [];
    expect(bar && bars?.format(bar)).toBe('120/80');
  });

  it('shows by hand 95/50 as 95/50, whatever a monitor measured beside it', () => {
    const series = (code: string, measured: number, charted: number) => ({
      code,
      unit: 'mm[Hg]',
      spanMs: 420_000,
      points: [[100_000, measured, measured, measured] as [number, number, number, number]],
      charted: [{ at: 130_000, value: charted }],
    });
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(420_000, NOW),
      series: [series('nibp-sys', 104, 95), series('nibp-dia', 55, 50)],
    });
    const bars = rows.find(({ id }) => id === 'pressure')?.series[0];
    expect(bars?.points.map((bar) => bars.format(bar))).toEqual(['104/55', '95/50']);
  });

  it('ends with the score the panel shows, and has no other for that moment', () => {
    const tail = new LiveTail(120_000, NOW);
    tail.take(makeLive({ score: makeScore(14, { at: NOW - 10_000 }) }));
    tail.take(makeLive({ score: makeScore(15, { at: NOW - 10_000 }) }));
    const stored = [NOW - MINUTE_MS, NOW - 5_000].map((at) => ({
      at,
      total: 4,
      complete: true,
      singleRed: false,
      missing: [],
    }));
    const row = trendRows({ ...empty, tail, scores: stored }).find(({ id }) => id === 'news2');
    expect(row?.series[0]?.points.map(({ at, value }) => [at, value])).toEqual([
      [NOW - MINUTE_MS, 4],
      [NOW - 10_000, 15],
    ]);
    expect(row && valueRange(row)).toEqual({ low: 0, high: 20, widened: true });
  });

  it('has no score where nothing that counts was measured: a 0 would look like a good one', () => {
    const tail = new LiveTail(5_000, NOW);
    tail.take(makeLive({ score: { ...makeScore(0), ...scoreNews2({}) } }));
    const row = trendRows({ ...empty, tail }).find(({ id }) => id === 'news2');
    expect(row?.series.flatMap(({ points }) => points)).toEqual([]);
  });

  it('shows an incomplete score as a hollow mark that says at least', () => {
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(5_000, NOW),
      scores: [{ at: 1_000, total: 1, complete: false, singleRed: false, missing: ['temp'] }],
    });
    const [series] = rows.find(({ id }) => id === 'news2')?.series ?? [];
    const [first] = series?.points ?? [];
    expect(first?.partial).toBe(true);
    expect(first && series?.format(first)).toBe('at least 1');
  });

  it('draws the limits in force, number first, and says own only of bounds that are not the clinic’s', () => {
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(5_000, NOW),
      clinicLimits: () => ({ highLow: 40, mediumLow: 50, mediumHigh: 120, highHigh: 150 }),
      limits: [
        {
          code: 'hr',
          highLow: 40,
          mediumLow: null,
          mediumHigh: 130,
          highHigh: 150,
          delayHighMs: 0,
          delayMediumMs: 0,
          hysteresis: 5,
          personal: { reason: 'known', setBy: 'Pia', setAt: NOW, reviewAt: NOW },
        },
      ],
    });
    expect(rows[0]?.limits.map(({ label, strong }) => [label, strong])).toEqual([
      ['150 high', true],
      ['130 medium own', false],
      ['40 high', true],
    ]);
  });

  it('never joins values taken now and then', () => {
    expect(joinWithin('weight', 5_000)).toBe(0);
    expect(joinWithin('hr', 5_000)).toBeLessThan(2 * 5_000);
    expect(plotPoints({ points: [], charted: [{ at: 1, value: 'A' }] })).toEqual([]);
  });
});

describe('the time axis', () => {
  it('has its lines at round times of the clinic’s clock and names the day at midnight', () => {
    const from = Date.UTC(2026, 2, 11, 21, 17);
    const labels = timeTicks(from, from + 6 * HOUR_MS, 3 * HOUR_MS, 'UTC').map(({ label }) => label);
    expect(labels).toEqual(['12-Mar', '03:00']);
    const kolkata = timeTicks(from, from + HOUR_MS, 10 * MINUTE_MS, 'Asia/Kolkata');
    expect(kolkata[0]?.label).toBe('02:50');
  });
});
