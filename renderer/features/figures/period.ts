import { dayStartAfter, daysIn } from '#renderer/ui/clinic-days.ts';
import { counted, formatDate, formatTime } from '#renderer/ui/format.ts';

export const PERIODS = ['today', '7d', '30d', 'quarter', 'last-quarter', 'custom'] as const;
export type PeriodName = (typeof PERIODS)[number];

export const PERIOD_WORDS: Readonly<Record<PeriodName, string>> = {
  today: 'Today',
  '7d': '7 days',
  '30d': '30 days',
  quarter: 'This quarter',
  'last-quarter': 'Last quarter',
  custom: 'Other dates',
};

/** `[from, to)`, epoch ms. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What an address says of the period: a name, or days written `YYYY-MM-DD`, both included. */
export interface PeriodAsked {
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const USUAL: PeriodName = '30d';
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

export function periodName({ period, from, to }: PeriodAsked): PeriodName {
  const named = PERIODS.find((name) => name === period) ?? USUAL;
  return named === 'custom' && (dayNumber(from) === undefined || dayNumber(to) === undefined) ? USUAL : named;
}

function dayNumber(day: unknown): number | undefined {
  if (typeof day !== 'string' || !DAY.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at / 86_400_000;
}

/** First day of the quarter a day lies in, as calendars number days. */
function quarterDay(name: string, back: number): number {
  const [year = 1970, month = 1] = name.split('-').map(Number);
  return Date.UTC(year, Math.floor((month - 1) / 3) * 3 - back * 3, 1) / 86_400_000;
}

/**
 * The span of a period in the clinic's days. Those that last until now end at `now`; days that have not come are left
 * out, and days in the wrong order are taken in the right one.
 */
export function periodOf(asked: PeriodAsked, now: number, zone: string): Period {
  const days = daysIn(zone);
  const today = days.dayOf(now);
  const until = (day: number) => Math.min(now, days.startOf(day + 1));
  const quarter = (back: number) => days.startOf(quarterDay(days.nameOf(today), back));
  switch (periodName(asked)) {
    case 'today':
      return { from: days.startOf(today), to: now };
    case '7d':
      return { from: days.startOf(today - 6), to: now };
    case '30d':
      return { from: days.startOf(today - 29), to: now };
    case 'quarter':
      return { from: quarter(0), to: now };
    case 'last-quarter':
      return { from: quarter(1), to: quarter(0) };
    case 'custom': {
      const ends = [dayNumber(asked.from) ?? today, dayNumber(asked.to) ?? today];
      const first = Math.min(...ends, today);
      return { from: days.startOf(first), to: until(Math.min(Math.max(...ends), today)) };
    }
  }
}

/** Days of a period, the last one counted though it is not over. */
export function daysOf({ from, to }: Period, zone: string): number {
  const days = daysIn(zone);
  return days.dayOf(Math.max(from, to - 1)) - days.dayOf(from) + 1;
}

/** The period of the same length just before, to the same time of day. */
export function periodBefore(period: Period, zone: string): Period {
  const back = daysOf(period, zone);
  const days = daysIn(zone);
  const lastDay = days.dayOf(period.to);
  const sinceMidnight = period.to - days.startOf(lastDay);
  return { from: dayStartAfter(period.from, -back, zone), to: days.startOf(lastDay - back) + sinceMidnight };
}

/** `24-Sep-2026 to 23-Oct-2026 14:05, 30 days`. */
export function periodWords(period: Period, zone: string): string {
  const last = period.to - 1;
  const whole = period.to === dayStartAfter(last, 1, zone);
  const end = `${formatDate(last, zone)}${whole ? '' : ` ${formatTime(period.to, zone)}`}`;
  return `${formatDate(period.from, zone)} to ${end}, ${counted(daysOf(period, zone), 'day')}`;
}
