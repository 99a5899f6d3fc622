import { DAY_MS, MINUTE_MS } from '#domain/time.ts';
import { clockParts, formatDate, formatDateTime } from '../format.ts';

const QUARTER_MS = 15 * MINUTE_MS;
const MOST_KEPT = 20_000;

/** Remembers what it made of each step of time: lists ask the same of tens of thousands of cells. */
function remembering<Made>(stepMs: number, make: (at: number, zone: string) => Made) {
  const kept = new Map<string, Map<number, Made>>();
  return (at: number, zone: string): Made => {
    const ofZone = kept.get(zone) ?? new Map<number, Made>();
    kept.set(zone, ofZone);
    const step = Math.floor(at / stepMs);
    const known = ofZone.get(step);
    if (known !== undefined) return known;
    if (ofZone.size >= MOST_KEPT) ofZone.clear();
    const made = make(step * stepMs, zone);
    ofZone.set(step, made);
    return made;
  };
}

/** Clocks are put forward or back at a quarter of an hour, never within one. */
const quarterOffset = remembering(QUARTER_MS, (at, zone) => {
  const { year, month, day, hour, minute } = clockParts(at, zone);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) - at;
});

/** Of a day (UTC) whose clocks go on evenly; null for one on which they are changed. */
const dayOffset = remembering(DAY_MS, (at, zone) => {
  const offset = quarterOffset(at, zone);
  return offset === quarterOffset(at + DAY_MS, zone) ? offset : null;
});

/** The clinic's wall clock at an instant as if it were UTC, epoch ms: a spreadsheet knows no zones. */
export function wallClock(at: number, zone: string): number {
  return at + (dayOffset(at, zone) ?? quarterOffset(at, zone));
}

const dayWords = remembering(DAY_MS, (wall) => formatDate(wall, 'UTC'));

/** `dd-MMM-yyyy HH:mm` of the clinic, quick enough for lists. */
export function momentWords(at: number, zone: string): string {
  const wall = wallClock(at, zone);
  const minutes = Math.floor((((wall % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
  return `${dayWords(wall, 'UTC')} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** `dd-MMM-yyyy HHmm`, for names of files. */
export function fileTime(at: number, zone: string): string {
  return formatDateTime(at, zone).replace(':', '');
}

const two = (part: number): string => String(part).padStart(2, '0');
