import type { PlotPoint, PlotSeries } from '#renderer/ui/charts/plot.ts';

export function point(at: number, value: number, part: Partial<PlotPoint> = {}): PlotPoint {
  return { at, value, low: value, high: value, byHand: false, partial: false, ...part };
}

export function makeSeries(part: Partial<PlotSeries> = {}): PlotSeries {
  return {
    id: 'hr',
    label: 'Heart rate',
    unit: '/min',
    colour: 'green',
    symbol: 'circle',
    kind: 'points',
    joinWithinMs: 0,
    holdMs: 0,
    holdByHandMs: 0,
    spanMs: 0,
    points: [],
    format: ({ value }) => String(value),
    ...part,
  };
}
