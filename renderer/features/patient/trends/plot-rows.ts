import { metricOf } from '#domain/observation/metric.ts';
import type { Records } from '#renderer/client/records.ts';
import type { PlotLimit, PlotPoint, PlotRow, PlotSeries } from '#renderer/ui/charts/plot.ts';
import { formatNumber, formatValue } from '#renderer/ui/format.ts';
import type { LiveTail } from './live-tail.ts';
import { ROW_SPECS, type RowSpec, type SeriesSpec } from './row-specs.ts';
import { joinWithin, pairedPoints, plotPoints, type TrendSeries } from './trend-series.ts';

type LimitLine = Records['limits']['get'][number];
type ScorePoint = Records['monitoring']['history'][number];

interface TrendData {
  readonly series: readonly TrendSeries[];
  readonly scores: readonly ScorePoint[];
  readonly limits: readonly LimitLine[];
  readonly tail: LiveTail;
  readonly from: number;
}

/** The charts of a stay: those that are always there, and others where there is something to show. */
export function trendRows(data: TrendData): PlotRow[] {
  const rows = ROW_SPECS.map((spec) => metricRow(spec, data)).filter(
    (row, index) => ROW_SPECS[index]?.always || row.series.length > 0,
  );
  return [...rows, scoreRow(data)];
}

function metricRow(spec: RowSpec, data: TrendData): PlotRow {
  const series = spec.series
    .map((one) => metricSeries(one, data))
    .filter(({ points }, index) => points.length > 0 || (spec.always && index === 0));
  const limits = data.limits.find(({ code }) => code === spec.limitsOf);
  return { ...spec, series, limits: limits ? limitLines(limits) : [] };
}

function metricSeries(spec: SeriesSpec, data: TrendData): PlotSeries {
  const { code, pair, colour, symbol } = spec;
  const metric = metricOf(code);
  const spanMs = data.series.find((series) => series.code === code)?.spanMs ?? 0;
  const own = pointsOf(code, data);
  const common = { id: code, colour, symbol, unit: metric?.unitLabel ?? '' };
  if (pair === undefined) {
    return {
      ...common,
      kind: 'points',
      label: metric?.label ?? code,
      joinWithinMs: joinWithin(code, spanMs),
      points: own,
      format: ({ value }) => formatValue(code, value),
    };
  }
  return {
    ...common,
    kind: 'span',
    label: code === 'art-sys' ? 'Arterial pressure' : 'Blood pressure',
    joinWithinMs: 0,
    points: pairedPoints(own, pointsOf(pair, data), Math.max(2_000, spanMs / 2)),
    format: ({ low, high }) => `${formatNumber(high, 0)}/${formatNumber(low, 0)}`,
  };
}

function pointsOf(code: string, { series, tail, from }: TrendData): PlotPoint[] {
  const stored = plotPoints(series.find((one) => one.code === code));
  return [...stored, ...tail.points(code)].filter(({ at }) => at >= from);
}

function limitLines(limits: LimitLine): PlotLimit[] {
  const lines = [
    { value: limits.highHigh, label: 'high', strong: true },
    { value: limits.mediumHigh, label: 'medium', strong: false },
    { value: limits.mediumLow, label: 'medium', strong: false },
    { value: limits.highLow, label: 'high', strong: true },
  ];
  return lines.flatMap(({ value, label, strong }) =>
    value === null
      ? []
      : [
          {
            value,
            strong,
            label: `${limits.personal ? 'own ' : ''}${label} ${formatValue(limits.code, value)}`,
          },
        ],
  );
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
    step: 4,
    limits: [
      { value: 7, label: 'high 7', strong: true },
      { value: 5, label: 'medium 5', strong: false },
    ],
    series: [
      {
        id: 'news2',
        label: 'NEWS2 scores',
        unit: '',
        colour: 'ink',
        symbol: 'circle',
        kind: 'points',
        joinWithinMs: Math.max(2.5 * spacing, 60_000),
        points: [...stored, ...tail.scores].filter(({ at }) => at >= from),
        format: ({ value, partial }) => `${partial ? 'at least ' : ''}${value}`,
      },
    ],
  };
}
