import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** A time on the clinic's wall, without a zone. `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The clinic's calendar: days by number (0 is 1970-01-01), whatever their length (23, 24 or 25 hours). */
export interface ClinicDays {
  /** The day a moment belongs to. */
  dayOf(at: number): number;
  /** The day's first moment: midnight, or the end of the gap where the clocks skip midnight. */
  startOf(day: number): number;
  /** Hour on the wall, 0 to 23. An hour that comes twice has one number. */
  hourOf(at: number): number;
  /** 0 is Monday. */
  weekdayOf(day: number): number;
  /** `YYYY-MM-DD`. */
  nameOf(day: number): string;
  /** The moment a wall clock shows this: the first of two in autumn; a time skipped in spring is moved on by the gap. */
  momentOf(wall: WallTime): number;
  /** What a wall clock shows at a moment, as if it were UTC. */
  wallAt(at: number): number;
}

/** Calendar of an IANA zone. Remembers each day's start: keep one for many questions. */
export function createClinicDays(timeZone: string): ClinicDays {
  const offsetAt = offsetsOf(timeZone);
  // By day: an array is looked up far faster than a map, and figures ask for every stay of years.
  const starts: (number | undefined)[] = [];

  const startOf = (day: number): number => {
    const known = starts[day];
    if (known !== undefined) return known;
    const start = firstMoment(day, offsetAt);
    if (day >= 0) starts[day] = start;
    return start;
  };
  const dayOf = (at: number): number => {
    let day = Math.floor(at / DAY_MS);
    while (startOf(day) > at) day -= 1;
    while (startOf(day + 1) <= at) day += 1;
    return day;
  };
  return {
    dayOf,
    startOf,
    hourOf: (at) => {
      const day = dayOf(at);
      const start = startOf(day);
      if (startOf(day + 1) - start === DAY_MS) return Math.floor((at - start) / HOUR_MS);
      return Math.floor((at + offsetAt(at) - day * DAY_MS) / HOUR_MS);
    },
    weekdayOf: (day) => (((day + 3) % 7) + 7) % 7,
    nameOf,
    momentOf: (wall) => momentOf(wall, offsetAt),
    wallAt: (at) => at + offsetAt(at),
  };
}

/** `YYYY-MM-DD` of a day by number. */
function nameOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** What a zone's wall clocks are ahead of UTC at a moment, ms. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const whole = Math.floor(at / SECOND_MS) * SECOND_MS;
    const found: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) found[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}

function firstMoment(day: number, offsetAt: (at: number) => number): number {
  const midnight = day * DAY_MS;
  const begins = (at: number) => at + offsetAt(at) >= midnight && at - 1 + offsetAt(at - 1) < midnight;
  const [before, after] = [offsetAt(midnight - DAY_MS), offsetAt(midnight + DAY_MS)];
  for (const offset of [before, after]) if (begins(midnight - offset)) return midnight - offset;
  // Midnight itself is skipped: the day begins where the clocks jump.
  let [low, high] = [midnight - Math.max(before, after) - DAY_MS, midnight - Math.min(before, after) + DAY_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle + offsetAt(middle) >= midnight) high = middle;
    else low = middle;
  }
  return high;
}

function momentOf({ year, month, day, hour, minute, second }: WallTime, offsetAt: (at: number) => number): number {
  const shown = Date.UTC(year, month - 1, day) + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS;
  const before = offsetAt(shown - DAY_MS);
  const early = shown - before;
  if (early + offsetAt(early) === shown) return early;
  const late = shown - offsetAt(shown + DAY_MS);
  return late + offsetAt(late) === shown ? late : early;
}
