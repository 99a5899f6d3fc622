import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';

/** Lengths of time a trend can be seen over, in hours. */
export const TREND_HOURS = [1, 4, 8, 24, 72] as const;
export type TrendHours = (typeof TREND_HOURS)[number];

interface TrendRange {
  /** Distance of the lines of the time axis. */
  readonly tickMs: number;
  /** Time one line of the table stands for. */
  readonly tableMs: number;
}

export const TREND_RANGES: Readonly<Record<TrendHours, TrendRange>> = {
  1: { tickMs: 10 * MINUTE_MS, tableMs: MINUTE_MS },
  4: { tickMs: 30 * MINUTE_MS, tableMs: 5 * MINUTE_MS },
  8: { tickMs: HOUR_MS, tableMs: 10 * MINUTE_MS },
  24: { tickMs: 3 * HOUR_MS, tableMs: 30 * MINUTE_MS },
  72: { tickMs: 12 * HOUR_MS, tableMs: HOUR_MS },
};

/** Points asked for a series: about one for each two pixels of a wide screen. */
export const TREND_POINTS = 720;
