/** One mark on a time axis. `low` and `high` are the least and greatest of the span it stands for; all in the series' unit. */
export interface PlotPoint {
  readonly at: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Taken by a person: always drawn as a mark of its own. */
  readonly byHand: boolean;
  /** Drawn hollow: less is known than the mark says. */
  readonly partial: boolean;
}

const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'ring'] as const;
export type PlotSymbol = (typeof SYMBOLS)[number];

/** A colour of the Okabe-Ito set by name; charts.css tunes each for its theme. */
export type PlotColour = 'green' | 'sky' | 'orange' | 'blue' | 'purple' | 'vermillion' | 'ink';

/** One thing drawn over time. Its colour and symbol stay the same for as long as the console runs. */
export interface PlotSeries {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly colour: PlotColour;
  readonly symbol: PlotSymbol;
  /** `span`: a vertical bar from low to high with end ticks, never joined across time. */
  readonly kind: 'points' | 'span';
  /** Points further apart than this are not joined; 0 joins none. Ms. */
  readonly joinWithinMs: number;
  /** How long after its time a point is still what the series says, ms. */
  readonly holdMs: number;
  /** The same for points taken by a person. */
  readonly holdByHandMs: number;
  /** Length of the spans its points stand for; 0 where each stands for itself. Ms. */
  readonly spanMs: number;
  /** Oldest first. */
  readonly points: readonly PlotPoint[];
  /** The value as written beside its unit. */
  readonly format: (point: PlotPoint) => string;
}

export interface PlotLimit {
  readonly value: number;
  readonly label: string;
  /** Drawn stronger than the others. */
  readonly strong: boolean;
}

/** One chart of a stack. `range` is the value axis as long as every value fits in it. */
export interface PlotRow {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly range: readonly [low: number, high: number];
  /** Distance of the lines of the value axis. */
  readonly step: number;
  /** The value axis from the first value on that does not fit in `range`. */
  readonly wideRange?: readonly [low: number, high: number];
  readonly series: readonly PlotSeries[];
  readonly limits: readonly PlotLimit[];
}

/** Stretches of points that may be joined by a line: a gap in time ends one and begins the next. */
export function joinedRuns(points: readonly PlotPoint[], joinWithinMs: number): PlotPoint[][] {
  const runs: PlotPoint[][] = [];
  let last: PlotPoint | undefined;
  for (const point of points) {
    const run = runs.at(-1);
    if (run && last && point.at - last.at <= joinWithinMs) run.push(point);
    else runs.push([point]);
    last = point;
  }
  return runs;
}

/** The value axis: the row's own range, widened in whole steps where a value would fall outside; `widened` says so. */
export function valueRange(row: PlotRow): { low: number; high: number; widened: boolean } {
  const points = row.series.flatMap((series) => series.points);
  const fits = points.every((point) => point.low >= row.range[0] && point.high <= row.range[1]);
  let [low, high] = fits ? row.range : (row.wideRange ?? row.range);
  if (!fits) {
    for (const point of points) {
      if (point.low < low) low = Math.floor(point.low / row.step) * row.step;
      if (point.high > high) high = Math.ceil(point.high / row.step) * row.step;
    }
  }
  return { low, high, widened: low < row.range[0] || high > row.range[1] };
}

/** Index of the last point at or before `at`, or -1. Points are oldest first. */
function indexAtOrBefore(points: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The point nearest to `at` and not further from it than `within` ms. */
export function nearestPoint(points: readonly PlotPoint[], at: number, within: number): PlotPoint | undefined {
  const before = indexAtOrBefore(points, at);
  let best: PlotPoint | undefined;
  for (const candidate of [points[before], points[before + 1]]) {
    if (!candidate || Math.abs(candidate.at - at) > within) continue;
    if (!best || Math.abs(candidate.at - at) < Math.abs(best.at - at)) best = candidate;
  }
  return best;
}

/** What a series said at a time: its newest point at or before it, as long as that holds. */
export function pointHeld(
  { points, holdMs, holdByHandMs }: Pick<PlotSeries, 'points' | 'holdMs' | 'holdByHandMs'>,
  at: number,
): PlotPoint | undefined {
  const point = points[indexAtOrBefore(points, at)];
  return point && at - point.at <= (point.byHand ? holdByHandMs : holdMs) ? point : undefined;
}

const SECOND_MS = 1_000;

/**
 * The stops of the focus line, oldest first, never two within one second: every single reading, and each span of the
 * series that are cut into spans once for all of them, at its last point.
 */
export function focusStops(rows: readonly PlotRow[], from: number, to: number): number[] {
  const ofSpans = new Map<string, number>();
  const singles: number[] = [];
  for (const { points, spanMs } of rows.flatMap((row) => row.series)) {
    for (const { at, byHand } of points) {
      if (at < from || at > to) continue;
      if (spanMs === 0 || byHand) {
        singles.push(at);
        continue;
      }
      const span = `${spanMs} ${Math.floor(at / spanMs)}`;
      ofSpans.set(span, Math.max(at, ofSpans.get(span) ?? at));
    }
  }
  const inOrder = [...ofSpans.values(), ...singles].sort((a, b) => a - b);
  // Later times take the place of earlier ones: only a time at or after a value may show it.
  return [...new Map(inOrder.map((at) => [Math.floor(at / SECOND_MS), at])).values()];
}

/** Whether two of the stops (oldest first) share a minute, so that their times need seconds to be told apart. */
export function finerThanMinutes(stops: readonly number[]): boolean {
  const minuteOf = (at: number): number => Math.floor(at / 60_000);
  return stops.some((at, index) => index > 0 && minuteOf(at) === minuteOf(stops[index - 1] as number));
}

/** The stop `steps` further on (negative: back) from `at`; from nowhere, backwards starts at the newest. */
export function stepFocus(stops: readonly number[], at: number | null, steps: number): number | null {
  if (stops.length === 0) return null;
  if (at === null) return (steps < 0 ? stops.at(-1) : stops[0]) ?? null;
  const here = indexAtOrBefore(
    stops.map((stop) => ({ at: stop })),
    at,
  );
  const exact = stops[here] === at;
  const base = exact || steps < 0 ? here + (exact ? 0 : 1) : here;
  return stops[Math.min(stops.length - 1, Math.max(0, base + steps))] ?? null;
}
