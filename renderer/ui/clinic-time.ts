import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { clockParts, formatDate } from './format.ts';
import { parseDay } from './parse-day.ts';

interface WallTime {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
}

function wallTime(at: number, zone: string): WallTime {
  const { year, month, day, hour, minute } = clockParts(at, zone);
  return { day: `${year}-${month}-${day}`, hour: Number(hour), minute: Number(minute) };
}

function same(one: WallTime, other: WallTime): boolean {
  return one.day === other.day && one.hour === other.hour && one.minute === other.minute;
}

function asUtc({ day, hour, minute }: WallTime): number {
  return Date.parse(`${day}T00:00:00Z`) + hour * HOUR_MS + minute * MINUTE_MS;
}

/**
 * The moments (epoch ms, earliest first) at which the clinic's clock shows a time: one; none where the clock was put
 * forward over it; two where it was put back.
 */
export function momentsOf(wanted: WallTime, zone: string): readonly number[] {
  const utc = asUtc(wanted);
  const guesses = [-14, -12, 0, 12, 14].map((hours) => {
    const near = utc + hours * HOUR_MS;
    return utc - (asUtc(wallTime(near, zone)) - near);
  });
  const found = guesses.filter((at) => same(wallTime(at, zone), wanted));
  return [...new Set(found)].sort((one, other) => one - other);
}

/** The clinic's next midnight after a moment; where midnight itself is left out by the clock, the first moment of the day. */
export function dayEnd(now: number, zone: string): number {
  const { day } = wallTime(now, zone);
  const next = new Date(Date.parse(`${day}T12:00:00Z`) + 24 * HOUR_MS).toISOString().slice(0, 10);
  for (let minute = 0; minute < 24 * 60; minute += 15) {
    const [first] = momentsOf({ day: next, hour: Math.floor(minute / 60), minute: minute % 60 }, zone);
    if (first !== undefined) return first;
  }
  return now;
}

const NEAR_MS = 12 * HOUR_MS;

/**
 * Until when something still counts as coming soon: the end of the clinic's day, or the full hour after the next 12 h
 * where that is later, so that an evening does not hide the night.
 */
export function comingUntil(now: number, zone: string): number {
  const near = Math.ceil((now + NEAR_MS) / MINUTE_MS) * MINUTE_MS;
  const { minute } = wallTime(near, zone);
  return Math.max(dayEnd(now, zone), near + ((60 - minute) % 60) * MINUTE_MS);
}

/** What was typed as a time: the moments it may mean, or why it means none. */
export type TypedMoment =
  | { readonly kind: 'now' }
  | { readonly kind: 'moments'; readonly moments: readonly number[] }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * A time as people type it: empty for now, `14:05` or `1405` for the next such time (`past`: the last), `yesterday
 * 14:05`, `tomorrow 9:00`, or a day and a time such as `12-Mar-2026 14:05`. Clinic time throughout.
 */
export function readMoment(typed: string, now: number, zone: string, past: boolean): TypedMoment {
  const plain = typed.trim();
  if (plain === '' || plain.toLowerCase() === 'now') return { kind: 'now' };
  const match = /^(.*?)[\sT,]*([01]?\d|2[0-3])[:.]?([0-5]\d)$/iu.exec(plain);
  if (!match) return { kind: 'unclear', why: 'Enter a time such as 14:05, or a day and a time.' };
  const clock = { hour: Number(match[2]), minute: Number(match[3]) };
  const said = (match[1] ?? '').trim().toLowerCase();
  const day = dayOf(said, clock, { now, zone, past });
  if (day === undefined)
    return { kind: 'unclear', why: 'Enter the day such as 12-Mar-2026, or leave it out for today.' };
  const moments = momentsOf({ day, ...clock }, zone);
  if (moments.length === 0)
    return { kind: 'unclear', why: 'The clock was put forward over this time: it did not exist.' };
  return { kind: 'moments', moments };
}

interface Here {
  readonly now: number;
  readonly zone: string;
  readonly past: boolean;
}

function dayOf(said: string, clock: { hour: number; minute: number }, { now, zone, past }: Here): string | undefined {
  const today = wallTime(now, zone);
  if (said === 'today') return today.day;
  if (said === 'yesterday') return shifted(today.day, -1);
  if (said === 'tomorrow') return shifted(today.day, 1);
  if (said !== '') return parseDay(said) ?? parseDay(`${said}-${today.day.slice(0, 4)}`);
  const ahead = clock.hour * 60 + clock.minute - (today.hour * 60 + today.minute);
  if (past) return ahead > 0 ? shifted(today.day, -1) : today.day;
  return ahead < 0 ? shifted(today.day, 1) : today.day;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** `HH:mm today`, `HH:mm tomorrow`, `HH:mm yesterday`, else with the date. */
export function sayMoment(at: number, now: number, zone: string): string {
  const [then, today] = [wallTime(at, zone), wallTime(now, zone)];
  const clock = `${String(then.hour).padStart(2, '0')}:${String(then.minute).padStart(2, '0')}`;
  if (then.day === today.day) return clock;
  if (then.day === shifted(today.day, 1)) return `tomorrow ${clock}`;
  if (then.day === shifted(today.day, -1)) return `yesterday ${clock}`;
  return `${formatDate(at, zone)} ${clock}`;
}
