// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { KPI_LISTS } from '#domain/flow/kpi.ts';
import { KPI_WORDS } from '#domain/flow/kpi-words.ts';
import { HOUR_MS } from '#domain/time.ts';
import { LIST_WORDS } from '#renderer/features/figures/behind.ts';
import { seriesOption } from '#renderer/features/figures/chart-options.ts';
import { FiguresScreen } from '#renderer/features/figures/FiguresScreen.tsx';
import { aheadRows, type ForecastAnswer, pastWords } from '#renderer/features/figures/forecast-words.ts';
import { daysOf, PERIODS, periodBefore, periodOf, periodWords } from '#renderer/features/figures/period.ts';
import { figureWords, type KpiAnswer, TILES } from '#renderer/features/figures/tiles.ts';
import type { PlotColours } from '#renderer/ui/charts/plot-colours.ts';
import { dayStart } from '#renderer/ui/clinic-days.ts';
import { answering, askedOf } from '#test/helpers/answering.ts';
import { around, makeClinic } from '#test/helpers/console-parts.tsx';
import { NOON } from '#test/helpers/makers.ts';

configure({ asyncUtilTimeout: 10_000 });
afterEach(cleanup);

const LONDON = 'Europe/London';
const at = (iso: string) => Date.parse(iso);

describe('a chart by cause', () => {
  it('writes every cause: none follows from those beside it', () => {
    const plain = { edge: '', paper: '', grid: '', axis: '', limit: '' };
    const colours = { ...plain, series: { green: { fill: '', line: '' } } } as unknown as PlotColours;
    const bars = { kind: 'bars', names: ['Discharge', 'Transfer'], values: [1, 2], unit: 'min', decimals: 0 } as const;
    const labels = (everyName: boolean) => seriesOption({ ...bars, colour: 'green', everyName }, colours).xAxis;
    expect(labels(true)).toMatchObject({ axisLabel: { interval: 0, hideOverlap: false } });
    expect(labels(false)).toMatchObject({ axisLabel: { hideOverlap: true } });
  });
});

describe('periods', () => {
  const now = at('2026-10-26T14:00:00Z');

  it('begin and end at the clinic’s midnights, also over a day of 25 hours', () => {
    const sunday = periodOf({ period: 'custom', from: '2026-10-25', to: '2026-10-25' }, now, LONDON);
    expect(sunday).toEqual({ from: at('2026-10-24T23:00:00Z'), to: at('2026-10-26T00:00:00Z') });
    expect(sunday.to - sunday.from).toBe(25 * HOUR_MS);
  });

  it('of some days count today, as far as it is', () => {
    expect(periodOf({ period: 'today' }, now, LONDON)).toEqual({ from: at('2026-10-26T00:00:00Z'), to: now });
    expect(periodOf({ period: '7d' }, now, LONDON)).toEqual({ from: at('2026-10-19T23:00:00Z'), to: now });
    expect(daysOf(periodOf({ period: '30d' }, now, LONDON), LONDON)).toBe(30);
  });

  it('know the quarters of the calendar', () => {
    expect(periodOf({ period: 'quarter' }, now, LONDON).from).toBe(at('2026-09-30T23:00:00Z'));
    expect(periodOf({ period: 'last-quarter' }, now, LONDON)).toEqual({
      from: at('2026-06-30T23:00:00Z'),
      to: at('2026-09-30T23:00:00Z'),
    });
  });

  it('take days in the wrong order in the right one, leave out days to come, and anything else for the usual', () => {
    const asked = { period: 'custom', from: '2026-12-24', to: '2026-10-25' };
    expect(periodOf(asked, now, LONDON)).toEqual({ from: at('2026-10-24T23:00:00Z'), to: now });
    for (const odd of [{ period: 'custom', from: 'x', to: 'y' }, { period: '<b>' }, {}]) {
      expect(periodOf(odd, now, LONDON)).toEqual(periodOf({ period: '30d' }, now, LONDON));
    }
  });

  it('are compared with as many days before, to the same time of day', () => {
    const week = periodOf({ period: '7d' }, now, LONDON);
    expect(periodBefore(week, LONDON)).toEqual({ from: at('2026-10-12T23:00:00Z'), to: at('2026-10-19T13:00:00Z') });
  });

  it('are said with their days', () => {
    expect(periodWords(periodOf({ period: '7d' }, now, LONDON), LONDON)).toBe(
      '20-Oct-2026 to 26-Oct-2026 14:00, 7 days',
    );
    const day = { period: 'custom', from: '2026-10-25', to: '2026-10-25' };
    expect(periodWords(periodOf(day, now, LONDON), LONDON)).toBe('25-Oct-2026 to 25-Oct-2026, 1 day');
  });

  it('never end before they begin or after now, in any zone at any time', () => {
    const zones = fc.constantFrom(
      'UTC',
      LONDON,
      'America/St_Johns',
      'Pacific/Kiritimati',
      'Africa/Cairo',
      'Asia/Tehran',
    );
    const day = fc.integer({ min: 0, max: 40_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const moment = fc.integer({ min: 0, max: at('2040-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...PERIODS), day, day, moment, zones, (period, from, to, when, zone) => {
        const span = periodOf({ period, from, to }, when, zone);
        expect(span.from).toBeLessThanOrEqual(span.to);
        expect(span.to).toBeLessThanOrEqual(when);
        expect(dayStart(span.from, zone)).toBe(span.from);
      }),
      { numRuns: 300 },
    );
  });
});

const KPIS: KpiAnswer = {
  discharges: 2,
  alos: 4.9375,
  medianLos: 4,
  deaths: 1,
  admissions: 3,
  occupancy: 81.25,
  occupiedBedDays: 650,
  unbeddedBedDays: 0,
  availableBedDays: 800,
  turnoverInterval: 1.5,
  turnoverRate: 3,
  turnaround: { response: 12, clean: 25.4, turn: 41, cleanings: 7 },
  boarding: null,
  beforeNoon: 50,
  waitsInTarget: 75,
  fourHour: 100,
  stranded: { over7: 3, over14: 2, over21: 0 },
  readyDays: 6,
  at: NOON,
};

describe('the tiles', () => {
  it('have each a definition, and a list with words for every list there is', () => {
    for (const { name } of TILES) expect(KPI_WORDS[name].what.length).toBeGreaterThan(20);
    expect(Object.keys(LIST_WORDS).sort()).toEqual([...KPI_LISTS].sort());
  });

  it('write numbers without trailing zeros, and a dash where nothing was to be counted', () => {
    expect(figureWords(4.9375, 'days', 1)).toBe('4.9 days');
    expect(figureWords(4, 'days', 1)).toBe('4 days');
    expect(figureWords(1_234, '', 0)).toBe('1,234');
    expect(figureWords(null, '%', 1)).toBe('–');
  });

  it('show leaving before noon beside the length of stay', () => {
    const tile = TILES.find(({ name }) => name === 'beforeNoon');
    expect(tile?.beside(KPIS).map(({ words }) => words)).toEqual(['length of stay 4.9 days']);
  });
});

const hourly = (mean: (hour: number) => number, from = NOON) =>
  Array.from({ length: 72 }, (_, hour) => ({ at: from + hour * HOUR_MS, mean: mean(hour), low: 1, high: 9 }));

const FORECAST: ForecastAnswer = {
  usable: true,
  why: null,
  madeAt: NOON,
  historyFrom: NOON - 90 * 24 * HOUR_MS,
  arrivals: hourly((hour) => (hour < 24 ? 1 : 0.5)),
  discharges: hourly(() => 0.25),
  occupied: hourly((hour) => hour, NOON + HOUR_MS),
  present: 30,
  ahead: [24, 48, 72].map((hours) => ({
    hours,
    occupied: { at: NOON + hours * HOUR_MS, mean: 30 + (hours / 24) * 2.45, low: 20, high: 40 },
    arrivals: 6.6,
    discharges: 4.15,
  })),
  beds: 40,
  pastError: [
    { aheadHours: 24, arrivals: 1, discharges: 1, occupied: 3.12, occupiedAsLastWeek: 4, days: 28 },
    { aheadHours: 48, arrivals: null, discharges: null, occupied: null, occupiedAsLastWeek: null, days: 0 },
  ],
};

describe('the forecast', () => {
  it('says how many beds are occupied then, with comings and goings that add up as they are read', () => {
    const rows = aheadRows(FORECAST);
    expect(rows.map(({ occupied }) => Math.round(occupied.mean))).toEqual([32, 35, 37]);
    expect(rows.map(({ arrivals, discharges }) => [arrivals, discharges])).toEqual([
      [6, 4],
      [7, 4],
      [6, 4],
    ]);
    const size = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.nat(80), fc.array(fc.tuple(size, size), { minLength: 3, maxLength: 3 }), (present, days) => {
        let there = present;
        const ahead = days.map(([arrivals, leaving], index) => {
          const discharges = Math.min(leaving, there + arrivals);
          there += arrivals - discharges;
          return { hours: 24 * (index + 1), occupied: { at: 0, mean: there, low: 0, high: 0 }, arrivals, discharges };
        });
        let said = present;
        aheadRows({ ...FORECAST, present, ahead }).forEach(({ occupied, arrivals, discharges }, index) => {
          said += arrivals - discharges;
          expect(said).toBe(Math.round(occupied.mean));
          expect(Math.min(arrivals, discharges)).toBeGreaterThanOrEqual(0);
          expect(Math.abs(arrivals - (ahead[index]?.arrivals ?? 0))).toBeLessThanOrEqual(1.5);
        });
      }),
    );
  });

  it('says how far it was off, beside the plainest guess, and when that is not known', () => {
    const [day, two] = aheadRows(FORECAST);
    expect(day && pastWords(day)).toBe(
      'Over the last 28 days this was off by 3.1 beds a day ahead; saying “as last week” was off by 4.',
    );
    expect(two && pastWords(two)).toBe('How good it was 2 days ahead is not known yet.');
  });
});

function opened(
  path = '/figures',
  roles: Parameters<typeof makeClinic>[0] = ['scheduler'],
  forecast: object = FORECAST,
) {
  const row = (value: number) => ({
    encounterId: null,
    bedLabel: '7',
    wardName: 'Ward 1',
    displayName: 'OKAFOR, Ann',
    visitNumber: 'V1',
    from: NOON - 1e9,
    to: NOON,
    value,
    detail: null,
  });
  const parts = answering(makeClinic(roles), {
    'flow/kpis': () => KPIS,
    'flow/kpiSeries': () => [],
    'flow/kpiList': () => ({ total: 3, rows: [row(9), row(15), row(20)] }),
    'flow/forecast': () => forecast,
  });
  render(around(parts, <FiguresScreen />, path));
  return parts;
}

describe('the figures screen', () => {
  it('asks for the house over thirty days until told otherwise, and keeps the choice in the address', async () => {
    const parts = opened();
    await screen.findByRole('button', { name: /^Occupancy: 81.3 %/u });
    expect(askedOf(parts, 'flow/kpis')[0]).toEqual({ from: NOON - 29.5 * 24 * HOUR_MS, to: NOON });
    fireEvent.change(screen.getByLabelText('Ward'), { target: { value: parts.wardId } });
    fireEvent.click(screen.getByRole('button', { name: 'Today' }));
    await waitFor(() =>
      expect(askedOf(parts, 'flow/kpis')).toContainEqual({ from: NOON - 12 * HOUR_MS, to: NOON, ward: parts.wardId }),
    );
  });

  it('gives the definition of a figure one click away', async () => {
    opened();
    fireEvent.click(await screen.findByRole('button', { name: 'Definition: Boarding' }));
    expect(await screen.findByText(KPI_WORDS.boarding.formula)).toBeTruthy();
  });

  it('opens the list behind a figure with as many lines as the figure counts', async () => {
    opened();
    fireEvent.click(await screen.findByRole('button', { name: 'In for more than 7 days: 3. Show what it counts' }));
    const list = await screen.findByRole('region', { name: 'In for more than 7 days' });
    expect((await within(list).findByRole('heading', { level: 2 })).textContent).toBe('In for more than 7 days 3');
    fireEvent.click(screen.getByRole('button', { name: '2 over 14 days' }));
    expect((await screen.findByRole('heading', { name: /more than 14 days/u })).textContent).toMatch(/ 2$/u);
  });

  it('says why there is no forecast', async () => {
    opened('/figures', ['scheduler'], {
      ...FORECAST,
      usable: false,
      why: 'There are 3 days of history; 21 are needed.',
    });
    expect(await screen.findByText('No forecast: There are 3 days of history; 21 are needed.')).toBeTruthy();
  });
});
