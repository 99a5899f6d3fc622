import type { KpiList } from '#domain/flow/kpi.ts';
import type { KpiName } from '#domain/flow/kpi-words.ts';
import type { Records } from '#renderer/client/records.ts';
import { counted, formatNumber } from '#renderer/ui/format.ts';

export type KpiAnswer = Records['flow']['kpis'];

/** What a tile opens: a list of what the figure counts, or the days it was worked out from. */
export type Behind = KpiList | 'occupancy';

/** A smaller figure beside the tile's own. */
export interface Beside {
  readonly words: string;
  /** Opens the list behind it; `over`: only lines of more than so many days. */
  readonly opens?: { readonly behind: Behind; readonly over?: number };
}

export interface Tile {
  /** As its definition is named. */
  readonly name: KpiName;
  readonly title: string;
  /** Unit after the number; empty for counts. */
  readonly unit: string;
  readonly decimals: number;
  readonly behind: Behind;
  /** Whether the number is how many lines the list has. */
  readonly counts: boolean;
  value(kpis: KpiAnswer): number | null;
  beside(kpis: KpiAnswer): readonly Beside[];
}

/** `4.9 days`; a dash where nothing was to be counted. */
export function figureWords(value: number | null, unit: string, decimals: number): string {
  if (value === null) return '–';
  return [formatNumber(value, decimals), unit].filter(Boolean).join(' ');
}

function minutes(words: string, value: number | null): Beside {
  return { words: `${words} ${figureWords(value, 'min', 0)}` };
}

/** The figures of the screen, in its order: beds, stays, leaving, waits, long stays. */
export const TILES: readonly Tile[] = [
  {
    name: 'occupancy',
    title: 'Occupancy',
    unit: '%',
    decimals: 1,
    behind: 'occupancy',
    counts: false,
    value: ({ occupancy }) => occupancy,
    beside: ({ occupiedBedDays, unbeddedBedDays, availableBedDays }) => [
      {
        words: `${formatNumber(occupiedBedDays - unbeddedBedDays, 0)} of ${formatNumber(availableBedDays, 0)} bed-days`,
      },
      ...(unbeddedBedDays > 0
        ? [{ words: `and ${formatNumber(unbeddedBedDays, 0)} on wards without beds, not counted` }]
        : []),
    ],
  },
  {
    name: 'alos',
    title: 'Average length of stay',
    unit: 'days',
    decimals: 1,
    behind: 'discharges',
    counts: false,
    value: ({ alos }) => alos,
    beside: ({ medianLos }) => [{ words: `median ${figureWords(medianLos, 'days', 1)}` }],
  },
  {
    name: 'discharges',
    title: 'Discharges',
    unit: '',
    decimals: 0,
    behind: 'discharges',
    counts: true,
    value: ({ discharges }) => discharges,
    beside: ({ deaths }) => [{ words: `of these ${counted(deaths, 'death')}`, opens: { behind: 'deaths' } }],
  },
  {
    name: 'beforeNoon',
    title: 'Discharged before noon',
    unit: '%',
    decimals: 1,
    behind: 'before-noon',
    counts: false,
    value: ({ beforeNoon }) => beforeNoon,
    beside: ({ alos }) => [{ words: `length of stay ${figureWords(alos, 'days', 1)}` }],
  },
  {
    name: 'admissions',
    title: 'Admissions',
    unit: '',
    decimals: 0,
    behind: 'admissions',
    counts: true,
    value: ({ admissions }) => admissions,
    beside: () => [],
  },
  {
    name: 'turnoverInterval',
    title: 'Turnover interval',
    unit: 'days',
    decimals: 2,
    behind: 'discharges',
    counts: false,
    value: ({ turnoverInterval }) => turnoverInterval,
    beside: ({ turnoverRate }) => [{ words: `${figureWords(turnoverRate, '', 2)} discharges a bed` }],
  },
  {
    name: 'turnaround',
    title: 'Bed turnaround, median',
    unit: 'min',
    decimals: 0,
    behind: 'turnaround',
    counts: false,
    value: ({ turnaround }) => turnaround.turn,
    beside: ({ turnaround }) => [
      minutes('response', turnaround.response),
      minutes('clean', turnaround.clean),
      { words: counted(turnaround.cleanings, 'cleaning'), opens: { behind: 'turnaround' } },
    ],
  },
  {
    name: 'boarding',
    title: 'Boarding, median',
    unit: 'min',
    decimals: 0,
    behind: 'boarding',
    counts: false,
    value: ({ boarding }) => boarding,
    beside: () => [],
  },
  {
    name: 'waitsInTarget',
    title: 'Seen within target',
    unit: '%',
    decimals: 1,
    behind: 'waits',
    counts: false,
    value: ({ waitsInTarget }) => waitsInTarget,
    beside: () => [],
  },
  {
    name: 'fourHour',
    title: 'Within four hours',
    unit: '%',
    decimals: 1,
    behind: 'four-hour',
    counts: false,
    value: ({ fourHour }) => fourHour,
    beside: () => [],
  },
  {
    name: 'stranded',
    title: 'In for more than 7 days',
    unit: '',
    decimals: 0,
    behind: 'stranded',
    counts: true,
    value: ({ stranded }) => stranded.over7,
    beside: ({ stranded }) => [
      { words: `${formatNumber(stranded.over14, 0)} over 14 days`, opens: { behind: 'stranded', over: 14 } },
      { words: `${formatNumber(stranded.over21, 0)} over 21 days`, opens: { behind: 'stranded', over: 21 } },
    ],
  },
  {
    name: 'readyDays',
    title: 'Days past ready',
    unit: 'days',
    decimals: 1,
    behind: 'ready',
    counts: false,
    value: ({ readyDays }) => readyDays,
    beside: () => [],
  },
];
