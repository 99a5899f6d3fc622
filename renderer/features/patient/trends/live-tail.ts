import { NEWS_INPUTS } from '#domain/observation/news2.ts';
import { shownAsReadings } from '#domain/observation/trend.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import type { PlotPoint } from '#renderer/ui/charts/plot.ts';

interface Bin {
  readonly index: number;
  count: number;
  newest: number;
  sum: number;
  low: number;
  high: number;
  at: number;
}

/**
 * What has arrived since the stored part of a trend was read, gathered into the same spans, so that nothing needs to be
 * asked again. Charted values and scores stay single.
 */
export class LiveTail {
  readonly #spanMs: number;
  readonly #since: number;
  readonly #bins = new Map<string, Bin[]>();
  readonly #charted = new Map<string, PlotPoint[]>();
  readonly #scores: PlotPoint[] = [];
  readonly #newest = new Map<string, number>();

  /** `since`: end of the stored part, epoch ms. */
  constructor(spanMs: number, since: number) {
    this.#spanMs = spanMs;
    this.#since = since;
  }

  /** Takes in the newest values of a bed; those already seen or stored count once. */
  take(live: BedLive): void {
    for (const { code, value, at, source } of live.values) {
      if (typeof value !== 'number' || at < this.#since || at <= (this.#newest.get(code) ?? 0)) continue;
      this.#newest.set(code, at);
      if (source === 'charted') push(this.#charted, code, single(at, value, true, false));
      else this.#bin(code, at, value);
    }
    this.#takeScore(live.score);
  }

  points(code: string): PlotPoint[] {
    const bins = this.#bins.get(code) ?? [];
    const binned = bins.map(({ at, count, sum, low, high, newest }, index): PlotPoint => {
      const single = shownAsReadings(code) || index === bins.length - 1;
      return { at, value: single ? newest : sum / count, low, high, byHand: false, partial: false };
    });
    return [...binned, ...(this.#charted.get(code) ?? [])].sort((one, other) => one.at - other.at);
  }

  /** From the score that stood when the stored part was read, so that the newest is always the one the panel shows. */
  get scores(): readonly PlotPoint[] {
    return this.#scores;
  }

  #bin(code: string, at: number, value: number): void {
    const index = Math.floor(at / this.#spanMs);
    const last = this.#bins.get(code)?.at(-1);
    if (!last || last.index !== index) {
      push(this.#bins, code, { index, count: 1, newest: value, sum: value, low: value, high: value, at });
      return;
    }
    last.count += 1;
    last.sum += value;
    last.newest = value;
    last.low = Math.min(last.low, value);
    last.high = Math.max(last.high, value);
    last.at = at;
  }

  #takeScore(score: BedLive['score']): void {
    if (!score || score.total === null || score.missing.length === NEWS_INPUTS.length) return;
    const last = this.#scores.at(-1);
    const same = last?.value === score.total && last.partial === !score.complete;
    if (last && score.at - last.at < this.#spanMs && same) return;
    if (last?.at === score.at) this.#scores.pop();
    if (!last || score.at >= last.at) this.#scores.push(single(score.at, score.total, false, !score.complete));
  }
}

function single(at: number, value: number, byHand: boolean, partial: boolean): PlotPoint {
  return { at, value, low: value, high: value, byHand, partial };
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
