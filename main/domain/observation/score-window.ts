import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';
import type { MonitoringInterval, NewsScore } from './news2.ts';

/** A continuous value counts as the median of the minute before its newest sample, which may be 5 min old. */
const MEDIAN_SPAN_MS = MINUTE_MS;
export const MEDIAN_MAX_AGE_MS = 5 * MINUTE_MS;

const SLOTS = MEDIAN_SPAN_MS / SECOND_MS;

/** The last minute of one series, one value a second however fast it is sent. Times must not go back. */
export class ScoreWindow {
  readonly #values = new Float64Array(SLOTS);
  readonly #seconds = new Float64Array(SLOTS).fill(-Infinity);
  #newestAt = -Infinity;

  add(at: number, value: number): void {
    if (at < this.#newestAt) return;
    const second = Math.floor(at / SECOND_MS);
    this.#values[second % SLOTS] = value;
    this.#seconds[second % SLOTS] = second;
    this.#newestAt = at;
  }

  get newestAt(): number {
    return this.#newestAt;
  }

  /** What counts for a score at `now`; null when the newest sample is more than 5 min old. */
  median(now: number): number | null {
    if (now - this.#newestAt > MEDIAN_MAX_AGE_MS) return null;
    const since = Math.floor(this.#newestAt / SECOND_MS) - SLOTS;
    const counted: number[] = [];
    for (let slot = 0; slot < SLOTS; slot += 1) {
      if ((this.#seconds[slot] as number) > since) counted.push(this.#values[slot] as number);
    }
    return median(counted);
  }
}

/** Middle value; the mean of the two middle ones of an even number; null of none. Sorts `values` in place. */
export function median(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((one, other) => one - other);
  const middle = values.length >> 1;
  const upper = values[middle] as number;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] as number) + upper) / 2;
}

const SPOT_VALID_MS: Record<MonitoringInterval, number> = {
  '12h': 15 * HOUR_MS,
  '4-6h': 7.5 * HOUR_MS,
  '1h': 75 * MINUTE_MS,
  continuous: 75 * MINUTE_MS,
};

/** How long a value taken by hand or cuff counts: the current monitoring interval plus a quarter. */
export function spotValidMs(interval: MonitoringInterval): number {
  return SPOT_VALID_MS[interval];
}

const STRICTNESS: readonly MonitoringInterval[] = ['12h', '4-6h', '1h', 'continuous'];

/**
 * The interval in force after a new score. A complete score sets it; an incomplete one may only shorten it, because a
 * value that has just expired must not relax the very interval that made it expire.
 */
export function nextInterval(current: MonitoringInterval, score: NewsScore): MonitoringInterval {
  if (score.monitoring === null || score.complete) return score.monitoring ?? current;
  return STRICTNESS.indexOf(score.monitoring) > STRICTNESS.indexOf(current) ? score.monitoring : current;
}
