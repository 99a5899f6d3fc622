import type { Bounds } from '#domain/alarm/limits.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import type { Records } from '#renderer/client/records.ts';
import type { PlotLimit, PlotPoint, PlotRow, PlotSeries } from '#renderer/ui/charts/plot.ts';
import { formatNumber, formatValue } from '#renderer/ui/format.ts';
import type { LiveTail } from './live-tail.ts';
import { ROW_SPECS, type RowSpec, type SeriesSpec } from './row-specs.ts';
import { holdFor, joinWithin, pairedPoints, plotPoints, type TrendSeries } from './trend-series.ts';

type LimitLine = Records['limits']['get'][number];
type ScorePoint = Records['monitoring']['history'][number];

interface TrendData {
  readonly series: readonly TrendSeries[];
  readonly scores: readonly ScorePoint[];
  readonly limits: readonly LimitLine[];
  readonly tail: LiveTail;
  readonly from: number;
  /** The clinic's limits for this patient's SpO2 scale, by code, to tell which bounds are the patient's own. */
  readonly clinicLimits?: (code: string) => Bounds | undefined;
}

/**
 * The charts of a stay: those that are always there, with NEWS2 second, and others where there is something to show.
 */
export function trendRows(data: TrendData): PlotRow[] {
  const rows = ROW_SPECS.map((spec) => metricRow(spec, data)).filter(
    (row, index) => ROW_SPECS[index]?.always || row.series.length > 0,
  );
  return [...rows.slice(0, 1), scoreRow(data), ...rows.slice(1)];
}

function metricRow(spec: RowSpec, data: TrendData): PlotRow {
  const series = spec.series
    .map((one) => metricSeries(one, data))
    .filter(({ points }, index) => points.length > 0 || (spec.always && index === 0));
  const limits = data.limits.find(({ code }) => code === spec.limitsOf);
  return { ...spec, series, limits: limits ? limitLines(limits, data.clinicLimits?.(limits.code)) : [] };
}

function metricSeries(spec: SeriesSpec, data: TrendData): PlotSeries {
  const { code, pair, colour, symbol } = spec;
  const metric = metricOf(code);
  const spanMs = data.series.find((series) => series.code === code)?.spanMs ?? 0;
  const own = pointsOf(code, data);
  const common = { id: code, colour, symbol, unit: metric?.unitLabel ?? '', ...holdFor(code, spanMs) };
  if (pair === undefined) {
    return {
      ...common,
      kind: 'points',
      label: metric?.label ?? code,
      joinWithinMs: joinWithin(code, spanMs),
      spanMs,
      points: own,
      format: ({ value }) => formatValue(code, value),
    };
  }
  return {
    ...common,
    kind: 'span',
    label: code === 'art-sys' ? 'Arterial pressure' : 'Blood pressure',
    joinWithinMs: 0,
    spanMs: (metric?.intervalMs ?? 0) <= SECOND_MS ? spanMs : 0,
    points: pairedPoints(own, pointsOf(pair, data)),
    format: ({ low, high }) => `${formatNumber(high, 0)}/${formatNumber(low, 0)}`,
  };
}

function pointsOf(code: string, { series, tail, from }: TrendData): PlotPoint[] {
  const stored = plotPoints(series.find((one) => one.code === code));
  return [...stored, ...tail.points(code)].filter(({ at }) => at >= from);
}

const LIMIT_LINES = [
  { bound: 'highHigh', word: 'high', strong: true },
  { bound: 'mediumHigh', word: 'medium', strong: false },
  { bound: 'mediumLow', word: 'medium', strong: false },
  { bound: 'highLow', word: 'high', strong: true },
] as const;

/** `150 high`, `45 high own`: number first; own only where it is not the clinic's. */
function limitLines(limits: LimitLine, clinic: Bounds | undefined): PlotLimit[] {
  return LIMIT_LINES.flatMap(({ bound, word, strong }) => {
    const value = limits[bound];
    if (value === null) return [];
    const own = limits.personal !== null && clinic !== undefined && clinic[bound] !== value;
    return [{ value, strong, label: `${formatValue(limits.code, value)} ${word}${own ? ' own' : ''}` }];
  });
}

/** Stored scores up to the first the panel showed, then those it showed: one score for one moment. */
function scorePoints(stored: readonly PlotPoint[], shown: readonly PlotPoint[], from: number): PlotPoint[] {
  const first = shown[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...stored.filter(({ at }) => at < first), ...shown].filter(({ at }) => at >= from);
}

function scoreRow({ scores, tail, from }: TrendData): PlotRow {
  const stored = scores.flatMap(({ at, total, complete }): PlotPoint[] =>
    total === null ? [] : [{ at, value: total, low: total, high: total, byHand: false, partial: !complete }],
  );
  const spacing = scores.length > 1 ? ((scores.at(-1)?.at ?? 0) - (scores[0]?.at ?? 0)) / (scores.length - 1) : 0;
  return {
    id: 'news2',
    title: 'NEWS2 scores',
    unit: '',
    range: [0, 12],
    wideRange: [0, 20],
    step: 4,
    limits: [
      { value: 7, label: '7 high', strong: true },
      { value: 5, label: '5 medium', strong: false },
    ],
    series: [
      {
        id: 'news2',
        label: 'NEWS2 scores',
        unit: '',
        colour: 'ink',
        symbol: 'circle',
        kind: 'points',
        joinWithinMs: Math.max(2.5 * spacing, MINUTE_MS),
        holdMs: Math.max(2.5 * spacing, MINUTE_MS),
        holdByHandMs: 0,
        spanMs: 0,
        points: scorePoints(stored, tail.scores, from),
        format: ({ value, partial }) => `${partial ? 'at least ' : ''}${value}`,
      },
    ],
  };
}
