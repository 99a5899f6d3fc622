import { describe, expect, it } from 'vitest';
import type { BedId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { LiveTail } from '#renderer/features/patient/trends/live-tail.ts';
import { trendRows } from '#renderer/features/patient/trends/plot-rows.ts';
import { timeTicks } from '#renderer/features/patient/trends/ticks.ts';
import { joinWithin, pairedPoints, plotPoints } from '#renderer/features/patient/trends/trend-series.ts';
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

describe('the charts of a stay', () => {
  const empty = { series: [], scores: [], limits: [], from: 0 };

  it('has heart rate, pressure, breathing, saturation, temperature and NEWS2 even before anything was measured', () => {
    const rows = trendRows({ ...empty, tail: new LiveTail(5_000, NOW) });
    expect(rows.map(({ id }) => id)).toEqual(['rate', 'pressure', 'rr', 'spo2', 'temp', 'news2']);
  });

  it('pairs systolic with the diastolic of the same measurement, and never joins the bars', () => {
    const sys = [point(1_000, 120), point(901_000, 130)];
    const dia = [point(1_000, 80), point(1_801_000, 70)];
    expect(pairedPoints(sys, dia, 2_000)).toMatchObject([{ low: 80, high: 120 }]);
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

  it('shows an incomplete score as a hollow mark that says at least', () => {
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(5_000, NOW),
      scores: [{ at: 1_000, total: 1, complete: false, singleRed: false, missing: ['temp'] }],
    });
    const [series] = rows.at(-1)?.series ?? [];
    const [first] = series?.points ?? [];
    expect(first?.partial).toBe(true);
    expect(first && series?.format(first)).toBe('at least 1');
  });

  it('draws the limits in force and says when they are the patient’s own', () => {
    const rows = trendRows({
      ...empty,
      tail: new LiveTail(5_000, NOW),
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
      ['own high 150', true],
      ['own medium 130', false],
      ['own high 40', true],
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
