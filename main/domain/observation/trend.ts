import { HOUR_MS, MINUTE_MS } from '../time.ts';
import type { MinuteAggregate, Sample } from './observation.ts';

/** Mean, least and greatest of the values of one span of a chart; `at` is the mean time of the values. */
export type TrendPoint = [at: number, mean: number, min: number, max: number];

/** How a chart is cut: length of a span, and whether minute aggregates are exact enough for it. */
export interface TrendPlan {
  readonly spanMs: number;
  readonly source: 'raw' | 'minutes';
}

/** Up to here a chart is drawn from every value: 21,600 a series at one a second. */
const RAW_WINDOW_MS = 6 * HOUR_MS;

/**
 * Cuts `[from, to)` into at most `points` spans. Spans lie on whole multiples of their length, so that a window that
 * slides along draws the same points again.
 */
export function planTrend(from: number, to: number, points: number): TrendPlan {
  const least = Math.max(1, Math.ceil((to - from) / Math.max(1, points - 1)));
  if (to - from <= RAW_WINDOW_MS) return { spanMs: least, source: 'raw' };
  return { spanMs: Math.ceil(least / MINUTE_MS) * MINUTE_MS, source: 'minutes' };
}

/**
 * Whether a chart shows single readings of a code, the newest of each span, instead of means: a systolic and a diastolic
 * pressure belong together only when they are of one reading.
 */
export function shownAsReadings(code: string): boolean {
  return /^(?:nibp|art)-/u.test(code);
}

/** The newest sample of each span of `[from, to)`, oldest first. `latest` answers the newest sample after `since` and up to `at`. */
export function newestOfSpans(
  { from, to }: { readonly from: number; readonly to: number },
  spanMs: number,
  latest: (since: number, at: number) => Sample | undefined,
): Sample[] {
  const found: Sample[] = [];
  for (let end = to - 1; end >= from; ) {
    const sample = latest(from - 1, end);
    if (!sample) break;
    found.push(sample);
    end = Math.floor(sample.at / spanMs) * spanMs - 1;
  }
  return found.reverse();
}

/** Of samples in order of time, the last of each span. */
export function lastOfSpans(samples: readonly Sample[], spanMs: number): Sample[] {
  return [...new Map(samples.map((sample) => [Math.floor(sample.at / spanMs), sample])).values()];
}

/** The last point as the newest reading itself, at its own time: what stands large beside a chart is never a mean. */
export function endingWith(points: readonly TrendPoint[], newest: Sample | undefined): TrendPoint[] {
  const last = points.at(-1);
  if (!last || !newest) return [...points];
  const { at, value } = newest;
  return [...points.slice(0, -1), [at, value, Math.min(last[2], value), Math.max(last[3], value)]];
}

interface Bucket {
  count: number;
  sum: number;
  /** Sum of the values' distances from the span's beginning: times themselves would lose their last digits. */
  offsets: number;
  min: number;
  max: number;
}

/** Values of one source, gathered by span. */
export type TrendSource = ReadonlyMap<number, Bucket>;

/** Gathers raw values and whole minutes of one source; a minute counts as lying in its middle. */
export function gather(samples: Iterable<Sample>, minutes: Iterable<MinuteAggregate>, spanMs: number): TrendSource {
  const buckets = new Map<number, Bucket>();
  const add = (at: number, count: number, mean: number, min: number, max: number): void => {
    const index = Math.floor(at / spanMs);
    const bucket = buckets.get(index) ?? { count: 0, sum: 0, offsets: 0, min, max };
    bucket.count += count;
    bucket.sum += mean * count;
    bucket.offsets += (at - index * spanMs) * count;
    bucket.min = Math.min(bucket.min, min);
    bucket.max = Math.max(bucket.max, max);
    buckets.set(index, bucket);
  };
  for (const { at, value } of samples) add(at, 1, value, value, value);
  for (const minute of minutes) add(minute.at + MINUTE_MS / 2, minute.count, minute.mean, minute.min, minute.max);
  return buckets;
}

/**
 * One series out of several sources, the preferred first: in each span the first source with any value speaks alone,
 * since two sensors' values are never averaged. A span nobody spoke in has no point.
 */
export function mergeSources(sources: readonly TrendSource[], spanMs: number): TrendPoint[] {
  const chosen = new Map<number, Bucket>();
  for (const source of sources) {
    for (const [index, bucket] of source) if (!chosen.has(index)) chosen.set(index, bucket);
  }
  return [...chosen]
    .sort(([one], [other]) => one - other)
    .map(([index, bucket]) => {
      const at = index * spanMs + Math.round(bucket.offsets / bucket.count);
      // Rounding of a sum must not put the mean outside the values it is of.
      const mean = Math.min(bucket.max, Math.max(bucket.min, bucket.sum / bucket.count));
      return [at, mean, bucket.min, bucket.max];
    });
}

/** The parts of `[from, to)` that are whole minutes, and the ragged ends that minute aggregates must not answer for. */
export function wholeMinutes(
  from: number,
  to: number,
): { whole: [from: number, to: number] | null; ragged: [from: number, to: number][] } {
  const first = Math.ceil(from / MINUTE_MS) * MINUTE_MS;
  const last = Math.floor(to / MINUTE_MS) * MINUTE_MS;
  if (first >= last) return { whole: null, ragged: [[from, to]] };
  const ends: [number, number][] = [
    [from, first],
    [last, to],
  ];
  return { whole: [first, last], ragged: ends.filter(([start, end]) => start < end) };
}
