import { metricOf } from '#domain/observation/metric.ts';
import { ageInYears } from '#domain/patient/patient.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface ClockParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}

/** Two-digit (year: four-digit) parts of an instant on the clinic's wall clock. */
export function clockParts(at: number, zone: string): ClockParts {
  const parts = { year: '', month: '', day: '', hour: '', minute: '', second: '' };
  for (const { type, value } of clockOf(zone).formatToParts(at)) {
    if (type in parts) parts[type as keyof ClockParts] = value;
  }
  return parts;
}

/** `dd-MMM-yyyy`, whatever the machine's regional settings. */
export function formatDate(at: number, zone: string): string {
  const { year, month, day } = clockParts(at, zone);
  return `${day}-${MONTHS[Number(month) - 1]}-${year}`;
}

/** 24 h `HH:mm`. */
export function formatTime(at: number, zone: string): string {
  const { hour, minute } = clockParts(at, zone);
  return `${hour}:${minute}`;
}

/** `HH:mm:ss`, for screens where the second matters. */
export function formatSeconds(at: number, zone: string): string {
  return `${formatTime(at, zone)}:${clockParts(at, zone).second}`;
}

/** `dd-MMM-yyyy HH:mm`. */
export function formatDateTime(at: number, zone: string): string {
  return `${formatDate(at, zone)} ${formatTime(at, zone)}`;
}

/** `HH:mm`, with the date in front when it is not today's. */
export function formatRecent(at: number, now: number, zone: string): string {
  return formatDate(at, zone) === formatDate(now, zone) ? formatTime(at, zone) : formatDateTime(at, zone);
}

/** `YYYY-MM-DD` as `dd-MMM-yyyy`; "Not recorded" for none. */
export function formatDay(isoDay: string | null): string {
  if (isoDay === null) return 'Not recorded';
  const [year, month, day] = isoDay.split('-');
  return `${day}-${MONTHS[Number(month) - 1]}-${year}`;
}

/** The clinic's day of an instant, `YYYY-MM-DD`. */
export function isoDayOf(at: number, zone: string): string {
  const { year, month, day } = clockParts(at, zone);
  return `${year}-${month}-${day}`;
}

/** Whole years at `now`; null when the birth date is not known. */
export function ageOf(birthDate: string | null, now: number, zone: string): number | null {
  return ageInYears(birthDate, isoDayOf(now, zone));
}

const UNITS: readonly (readonly [ms: number, label: string])[] = [
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'min'],
  [SECOND_MS, 's'],
];

/** Largest unit first, at most two units, zeros left out: `45 s`, `4 min`, `2 h 5 min`. Below a second: `0 s`. */
export function formatDuration(ms: number): string {
  const rest = Math.max(0, ms);
  const first = UNITS.findIndex(([unit]) => rest >= unit);
  if (first === -1) return '0 s';
  const [unit, label] = UNITS[first] as readonly [number, string];
  const whole = Math.floor(rest / unit);
  const next = UNITS[first + 1];
  const more = next ? Math.floor((rest - whole * unit) / next[0]) : 0;
  const showMore = next !== undefined && more > 0 && unit !== MINUTE_MS;
  return showMore ? `${whole} ${label} ${more} ${next[1]}` : `${whole} ${label}`;
}

/** Made once a precision: making one costs more than drawing the card it is for. */
const numbers = new Map<number, Intl.NumberFormat>();

/** Up to `decimals` places, halves away from zero, no trailing zero, a comma from 1,000. */
export function formatNumber(value: number, decimals: number): string {
  const known = numbers.get(decimals);
  const format = known ?? new Intl.NumberFormat('en-GB', { maximumFractionDigits: decimals, useGrouping: true });
  if (!known) numbers.set(decimals, format);
  return format.format(value);
}

/** A value as people read it: a metric's number in its decimals, a coded value's own word. */
export function formatValue(code: string, value: number | string): string {
  return typeof value === 'string' ? value : formatNumber(value, metricOf(code)?.decimals ?? 1);
}

/** `37.2 °C`: number, a space, unit. */
export function formatWithUnit(code: string, value: number | string): string {
  return [formatValue(code, value), metricOf(code)?.unitLabel].filter(Boolean).join(' ');
}

/** `1 bed`, `2 beds`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count, 0)} ${count === 1 ? one : many}`;
}

const PEOPLE_SAY: Readonly<Record<string, string>> = {
  female: 'Female',
  male: 'Male',
  other: 'Other',
  unknown: 'Not known',
};

/** Sex in a word. */
export function formatSex(sex: string): string {
  return PEOPLE_SAY[sex] ?? 'Not known';
}
