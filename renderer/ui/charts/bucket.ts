import type { PlotPoint, PlotSeries } from './plot.ts';

/** What a series was within one line of the table: the newest value, and least and greatest when there were several. */
export interface Bucket {
  readonly newest: PlotPoint;
  readonly low: number;
  readonly high: number;
}

/** A series' values gathered into lines of `stepMs`, by the line's first ms. Lines without a value are not there. */
export function bucketed(series: PlotSeries, stepMs: number): Map<number, Bucket> {
  const lines = new Map<number, Bucket>();
  for (const point of series.points) {
    const start = Math.floor(point.at / stepMs) * stepMs;
    const line = lines.get(start);
    lines.set(start, {
      newest: point,
      low: Math.min(point.low, line?.low ?? point.low),
      high: Math.max(point.high, line?.high ?? point.high),
    });
  }
  return lines;
}
