/** A point in time read from HL7's TS: `YYYY[MM[DD[HH[MM[SS[.SSSS]]]]]][+/-ZZZZ]`, or `Z` for UTC. Local times are of `timeZone`. */
export function momentOf(text: string, timeZone: string): number | undefined {
  const found = STAMP.exec(text);
  if (!found) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone] = found;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ms,
  );
  const at = zone === undefined ? fromLocal(local, timeZone) : local - offsetIn(zone);
  return at !== undefined && at >= 0 ? at : undefined;
}

const STAMP =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?(Z|[+-](?:0\d|1[0-4])[0-5]\d)?$/;

/** The same; of a day alone, the moment `within` it where that lies in it: midnight is not when it happened. */
export function momentWithin(text: string, timeZone: string, within: number | undefined): number | undefined {
  const at = momentOf(text, timeZone);
  if (at === undefined || within === undefined || !/^\d{8}$/.test(text)) return at;
  return localDay(within, timeZone) === localDay(at, timeZone) ? within : at;
}

/** A day of birth, `YYYY-MM-DD`; undefined where a date is not whole or does not exist. */
export function dayOf(text: string): string | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)/.exec(text);
  if (!found) return undefined;
  const [, year = '', month = '', day = ''] = found;
  return isDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}

function offsetIn(zone: string): number {
  if (zone === 'Z') return 0;
  const size = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5))) * 60_000;
  return zone.startsWith('-') ? -size : size;
}

const HALF_DAY_MS = 43_200_000;

/**
 * When a clock on the wall showed `local` (as if it were UTC). Shown twice, as clocks go back: the first time. Never
 * shown, as they go forward: as far after the change as it is written after it.
 */
export function fromLocal(local: number, timeZone: string): number {
  const before = offsetAt(local - HALF_DAY_MS, timeZone);
  const after = offsetAt(local + HALF_DAY_MS, timeZone);
  if (before === after) return local - before;
  const fits = [before, after].map((offset) => local - offset).filter((at) => local - at === offsetAt(at, timeZone));
  return fits.length > 0 ? Math.min(...fits) : local - before;
}

/** Local time less UTC, ms. */
export function offsetAt(at: number, timeZone: string): number {
  // Offsets change on quarters of an hour at the earliest.
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(timeZone)?.get(quarter);
  if (known !== undefined) return known;
  const offset = wallClock(at, timeZone) - Math.floor(at / 1_000) * 1_000;
  const kept = offsets.get(timeZone);
  if (kept && kept.size < MOST_KEPT) kept.set(quarter, offset);
  else offsets.set(timeZone, new Map([[quarter, offset]]));
  return offset;
}

const QUARTER_MS = 900_000;
const MOST_KEPT = 5_000;
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows, as if it were UTC; whole seconds. */
function wallClock(at: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
    formats.set(timeZone, format);
  }
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A moment as HL7 writes it, to the second, in the clinic's time with its offset. */
export function stampOf(at: number, timeZone: string): string {
  const offset = offsetAt(at, timeZone);
  const digits = new Date(at + offset).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const zone = `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
  return `${digits}${offset < 0 ? '-' : '+'}${zone}`;
}

/** The day it is there, `YYYY-MM-DD`. */
export function localDay(at: number, timeZone: string): string {
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 10);
}
