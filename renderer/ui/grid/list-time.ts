import { MINUTE_MS } from '#domain/time.ts';
import { clockParts, formatDateTime } from '../format.ts';

const QUARTER_MS = 15 * MINUTE_MS;
const MOST_KEPT = 50_000;

/** Remembers what it made: lists ask the same of tens of thousands of cells, and a time zone takes its time. */
function remembering<Made>(make: (at: number, zone: string) => Made, stepMs: number) {
  const kept = new Map<string, Made>();
  return (at: number, zone: string): Made => {
    const step = Math.floor(at / stepMs);
    const key = `${zone} ${step}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const made = make(step * stepMs, zone);
    kept.set(key, made);
    return made;
  };
}

/** `dd-MMM-yyyy HH:mm` of the clinic, quick enough for lists. */
export const momentWords = remembering(formatDateTime, MINUTE_MS);

/** Clocks are put forward or back at a quarter of an hour, never within one. */
const offsetAt = remembering((at, zone) => {
  const { year, month, day, hour, minute } = clockParts(at, zone);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - at;
}, QUARTER_MS);

/** The clinic's wall clock at an instant as if it were UTC, epoch ms: a spreadsheet knows no zones. */
export function wallClock(at: number, zone: string): number {
  return at + offsetAt(at, zone);
}

/** `dd-MMM-yyyy HHmm`, for names of files. */
export function fileTime(at: number, zone: string): string {
  return formatDateTime(at, zone).replace(':', '');
}
