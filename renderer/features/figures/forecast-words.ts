import { HOUR_MS } from '#domain/time.ts';
import type { Records } from '#renderer/client/records.ts';
import { counted, formatNumber } from '#renderer/ui/format.ts';

export type ForecastAnswer = Records['flow']['forecast'];
type Hourly = ForecastAnswer['occupied'][number];

/** Hours ahead the forecast is told for. */
export const AHEAD_HOURS = [24, 48, 72] as const;

/** What is expected at one distance: occupied then, and comings and goings over the 24 hours before it. */
export interface AheadRow {
  readonly hours: number;
  readonly occupied: Hourly | undefined;
  readonly arrivals: number;
  readonly discharges: number;
  readonly error: ForecastAnswer['pastError'][number] | undefined;
}

export function aheadRows(forecast: ForecastAnswer): AheadRow[] {
  const { madeAt, occupied, arrivals, discharges, pastError } = forecast;
  return AHEAD_HOURS.map((hours) => {
    const until = madeAt + hours * HOUR_MS;
    const during = (points: readonly Hourly[]) =>
      points.filter(({ at }) => at >= until - 24 * HOUR_MS && at < until).reduce((sum, { mean }) => sum + mean, 0);
    return {
      hours,
      occupied: occupied.findLast(({ at }) => at <= until),
      arrivals: during(arrivals),
      discharges: during(discharges),
      error: pastError.find(({ aheadHours }) => aheadHours === hours),
    };
  });
}

/** `34 (31 to 37)`. */
export function bandWords(point: Hourly | undefined): string {
  if (!point) return '–';
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
