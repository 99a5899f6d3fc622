import { metricOf } from '#domain/observation/metric.ts';
import { shownAsReadings } from '#domain/observation/trend.ts';
import type { Records } from '#renderer/client/records.ts';
import { staleFromMs } from '#renderer/client/value-age.ts';
import type { PlotPoint, PlotSeries } from '#renderer/ui/charts/plot.ts';

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

/** Bars from the lower to the higher of one reading: same time, same hand. What has no partner is left out. */
export function pairedPoints(upper: readonly PlotPoint[], lower: readonly PlotPoint[]): PlotPoint[] {
  const reading = ({ at, byHand }: PlotPoint): string => `${at} ${byHand}`;
  const lows = new Map(lower.map((point) => [reading(point), point.value]));
  return upper.flatMap((point) => {
    const low = lows.get(reading(point));
    return low === undefined ? [] : [{ ...point, high: point.value, low }];
  });
}

/** How long a value stands for the patient, ms: from a device until it is old, by hand until the next is due. */
export function holdFor(code: string, spanMs: number): Pick<PlotSeries, 'holdMs' | 'holdByHandMs'> {
  const measured = staleFromMs({ code, source: '' }, null);
  return {
    holdMs: shownAsReadings(code) ? measured : Math.max(2 * spanMs - 1, measured),
    holdByHandMs: staleFromMs({ code, source: 'charted' }, null),
  };
}

/** Points further apart than this are not joined: an empty span is a gap. 0 for values taken now and then. */
export function joinWithin(code: string, spanMs: number): number {
  const intervalMs = metricOf(code)?.intervalMs ?? 0;
  return intervalMs === 0 ? 0 : Math.max(2 * spanMs - 1, 2.5 * intervalMs);
}
