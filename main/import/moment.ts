import type { ClinicDays } from '#domain/clinic/clinic-days.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';

/** Whether days or months come first where a date has both before its year; null: such dates are not guessed. */
export type DateOrder = 'dmy' | 'mdy' | null;

export type MomentRead =
  /** `skipped`: no clock on the wall showed it, since clocks were put forward over it. */
  | { readonly ok: true; readonly at: number; readonly dateOnly: boolean; readonly skipped: boolean }
  | { readonly ok: false; readonly what: string };

const DATE = /^(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{1,2})([-/.])(\d{1,2})\9(\d{4}))/;
const TIME = /^(?:[T ]\s*)?(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?$/i;
const ZONE = /\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)$/i;

/** A moment as files write it: ISO with or without a zone (then the clinic's), or day, month and year in their usual orders. */
export function readMoment(text: string, days: ClinicDays, order: DateOrder): MomentRead {
  const given = text.trim();
  if (given === '') return problem('is empty');
  const found = DATE.exec(given);
  if (!found) return problem('is no date');
  const date = dateOf(found, order);
  if (typeof date === 'string') return problem(date);
  const rest = given.slice(found[0].length);
  const zone = rest === '' ? null : ZONE.exec(rest);
  const time = timeOf(zone ? rest.slice(0, zone.index) : rest);
  if (!time) return problem('has no time of day that can be read');
  const at = zone
    ? Date.UTC(date.year, date.month - 1, date.day) + time.past - zoneMs(zone[1] ?? 'Z')
    : days.momentOf({ ...date, ...hourly(time.past) }) + (time.past % SECOND_MS);
  if (at < 0) return problem('is before 1970');
  const wall = Date.UTC(date.year, date.month - 1, date.day) + time.past;
  return { ok: true, at, dateOnly: rest === '', skipped: !zone && days.wallAt(at) !== wall };
}

function problem(what: string): MomentRead {
  return { ok: false, what };
}

function dateOf(found: RegExpExecArray, order: DateOrder): { year: number; month: number; day: number } | string {
  const [, year, , month, day, packedYear, packedMonth, packedDay, first, , second, lastYear] = found;
  if (year ?? packedYear) {
    return checked(Number(year ?? packedYear), Number(month ?? packedMonth), Number(day ?? packedDay));
  }
  const [one, other] = [Number(first), Number(second)];
  if (order === null && one !== other && one <= 12 && other <= 12) {
    return 'could be day or month first; say which with --dates dmy or --dates mdy';
  }
  const dayFirst = order === 'dmy' || (order === null && one > 12);
  return checked(Number(lastYear), dayFirst ? other : one, dayFirst ? one : other);
}

function checked(year: number, month: number, day: number): { year: number; month: number; day: number } | string {
  const there = new Date(Date.UTC(year, month - 1, day));
  const same = there.getUTCFullYear() === year && there.getUTCMonth() === month - 1 && there.getUTCDate() === day;
  return same ? { year, month, day } : 'is a day that does not exist';
}

/** Milliseconds past the day's start; 24:00 is the next day's. */
function timeOf(text: string): { readonly past: number } | undefined {
  if (text.trim() === '') return text === '' ? { past: 0 } : undefined;
  const found = TIME.exec(text);
  if (!found) return undefined;
  const [, hours, minutes, seconds = '0', fraction = '', half] = found;
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (half && (hour < 1 || hour > 12)) return undefined;
  const whole = half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour;
  if (minute > 59 || second > 59) return undefined;
  const past = whole * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + Number(fraction.padEnd(3, '0').slice(0, 3));
  return past <= DAY_MS ? { past } : undefined;
}

function hourly(past: number): { hour: number; minute: number; second: number } {
  return {
    hour: Math.floor(past / HOUR_MS),
    minute: Math.floor((past % HOUR_MS) / MINUTE_MS),
    second: Math.floor((past % MINUTE_MS) / SECOND_MS),
  };
}

function zoneMs(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  if (!sign) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}
