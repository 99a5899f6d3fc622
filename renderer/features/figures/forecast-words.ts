import type { Records } from '#renderer/client/records.ts';
import { counted, formatNumber } from '#renderer/ui/format.ts';

export type ForecastAnswer = Records['flow']['forecast'];
type Hourly = ForecastAnswer['occupied'][number];

/** What is expected at one distance: occupied then, and comings and goings over the 24 hours before it, in whole numbers. */
export interface AheadRow {
  readonly hours: number;
  readonly occupied: Hourly;
  readonly arrivals: number;
  readonly discharges: number;
  readonly error: ForecastAnswer['pastError'][number] | undefined;
}

/**
 * Rows whose whole numbers add up as they are read: occupied before + arrivals − discharges = occupied then. For that,
 * arrivals and discharges may be one off from their own rounding.
 */
export function aheadRows({ present, ahead, pastError }: ForecastAnswer): AheadRow[] {
  let before = present;
  return ahead.map(({ hours, occupied, arrivals, discharges }) => {
    const change = Math.round(occupied.mean) - before;
    before += change;
    const left = Math.max(0, -change, Math.round((arrivals + discharges - change) / 2));
    const error = pastError.find(({ aheadHours }) => aheadHours === hours);
    return { hours, occupied, arrivals: left + change, discharges: left, error };
  });
}

/** `34 (31 to 37)`. */
export function bandWords(point: Hourly): string {
  return `${formatNumber(point.mean, 0)} (${formatNumber(point.low, 0)} to ${formatNumber(point.high, 0)})`;
}

/** How far the same method was off, and how far the plainest guess would have been. */
export function pastWords({ error, hours }: AheadRow): string {
  if (!error || error.occupied === null) return `How good it was ${aheadWords(hours)} ahead is not known yet.`;
  const week =
    error.occupiedAsLastWeek === null
      ? ''
      : `; saying “as last week” was off by ${formatNumber(error.occupiedAsLastWeek, 1)}`;
  const beds = error.occupied === 1 ? 'bed' : 'beds';
  return `Over the last ${counted(error.days, 'day')} this was off by ${formatNumber(error.occupied, 1)} ${beds} ${aheadWords(hours)} ahead${week}.`;
}

function aheadWords(hours: number): string {
  return hours === 24 ? 'a day' : counted(hours / 24, 'day');
}
