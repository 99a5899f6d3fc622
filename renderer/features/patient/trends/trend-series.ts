import { metricOf } from '#domain/observation/metric.ts';
import type { Records } from '#renderer/client/records.ts';
import type { PlotPoint } from '#renderer/ui/charts/plot.ts';

export type TrendSeries = Records['observations']['trend'][number];

/** A stored series as marks on the time axis: devices' spans and what people charted, oldest first. */
export function plotPoints(series: Pick<TrendSeries, 'points' | 'charted'> | undefined): PlotPoint[] {
  if (!series) return [];
  const measured = series.points.map(
    ([at, value, low, high]): PlotPoint => ({ at, value, low, high, byHand: false, partial: false }),
  );
  const charted = series.charted.flatMap(({ at, value }): PlotPoint[] =>
    typeof value === 'number' ? [{ at, value, low: value, high: value, byHand: true, partial: false }] : [],
  );
  return charted.length === 0 ? measured : [...measured, ...charted].sort((one, other) => one.at - other.at);
}

/** Bars from the lower to the higher of two series taken together; what has no partner within `withinMs` is left out. */
export function pairedPoints(upper: readonly PlotPoint[], lower: readonly PlotPoint[], withinMs: number): PlotPoint[] {
  const paired: PlotPoint[] = [];
  let index = 0;
  for (const high of upper) {
    while (index < lower.length && (lower[index]?.at ?? 0) < high.at - withinMs) index += 1;
    const low = lower[index];
    if (!low || low.at > high.at + withinMs) continue;
    paired.push({ ...high, high: high.value, low: low.value, byHand: high.byHand });
  }
  return paired;
}

/** Points further apart than this are not joined: an empty span is a gap. 0 for values taken now and then. */
export function joinWithin(code: string, spanMs: number): number {
  const intervalMs = metricOf(code)?.intervalMs ?? 0;
  return intervalMs === 0 ? 0 : Math.max(2 * spanMs - 1, 2.5 * intervalMs);
}
