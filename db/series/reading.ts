import type Database from 'better-sqlite3';
import type { MinuteAggregate, Sample } from '#domain/observation/observation.ts';
import { type Samples, unpackBlock } from './block.ts';
import type { Head } from './head.ts';
import { MinuteSums } from './minutes.ts';
import { BLOCK_SPAN_MS } from './sealing.ts';

/** Reads of a series: its blocks, then its head. */
export class SeriesReading {
  readonly #blocks: Database.Statement<unknown[], Buffer>;
  readonly #minutes: Database.Statement<unknown[], Buffer>;
  readonly #keys: Database.Statement<unknown[], { id: number; to_at: number }>;
  readonly #block: Database.Statement<unknown[], Buffer>;

  constructor(db: Database.Database) {
    const between = 'series_id = ? AND from_at > ? AND from_at < ? AND to_at >= ?';
    this.#blocks = db
      .prepare<unknown[], Buffer>(`SELECT bytes FROM numeric_block WHERE ${between} ORDER BY from_at, id`)
      .pluck();
    this.#minutes = db.prepare<unknown[], Buffer>(`SELECT bytes FROM minute_block WHERE ${between}`).pluck();
    this.#keys = db.prepare(`SELECT id, to_at FROM numeric_block WHERE ${between} ORDER BY to_at DESC, id DESC`);
    this.#block = db.prepare<unknown[], Buffer>('SELECT bytes FROM numeric_block WHERE id = ?').pluck();
  }

  raw(heads: readonly Head[], from: number, to: number): Sample[] {
    const found: Sample[] = [];
    let ordered = true;
    const take = ({ ats, values }: Samples): void => {
      for (let index = 0; index < ats.length; index++) {
        const at = ats[index] as number;
        if (at < from || at >= to) continue;
        const before = found[found.length - 1];
        if (before && before.at > at) ordered = false;
        found.push({ at, value: values[index] as number });
      }
    };
    for (const head of heads) {
      for (const bytes of this.#blocks.all(head.id, from - BLOCK_SPAN_MS - 1, to, from)) take(unpackBlock(bytes));
      take(head.view());
    }
    return ordered ? found : found.sort((left, right) => left.at - right.at);
  }

  minutes(heads: readonly Head[], from: number, to: number): MinuteAggregate[] {
    const sums = new MinuteSums();
    // A block's first minute may begin up to a minute before its first sample; so look that much further.
    const [low, high] = [from - BLOCK_SPAN_MS - 60_001, to + 60_000];
    for (const head of heads) {
      for (const bytes of this.#minutes.iterate(head.id, low, high, from - 60_000)) sums.addPacked(bytes);
      sums.addSamples(head.view());
    }
    return sums.between(from, to);
  }

  /** Of samples of one time the one that came last, a live one before one of history. */
  latest(heads: readonly Head[], since: number, at: number): Sample | undefined {
    let best: Sample | undefined;
    for (const head of heads) {
      const newest = this.#latestOf(head, Math.max(since, best?.at ?? since), at);
      if (newest && (!best || newest.at > best.at)) best = newest;
    }
    return best;
  }

  #latestOf(head: Head, since: number, at: number): Sample | undefined {
    const held = newestIn(head.view(), since, at);
    // Blocks are worth reading only if they reach past what is already found.
    if (head.sealedTo <= (held?.at ?? since)) return held;
    if (head.sealedTo <= at && head.sealedValue !== undefined) return { at: head.sealedTo, value: head.sealedValue };
    const near = Math.max(since, at - BLOCK_SPAN_MS);
    const recent = this.#latestInBlocks(head, near, at, held);
    // Only a find within the near span proves that nothing further back is newer.
    return near === since || (recent && recent.at > near) ? recent : this.#latestInBlocks(head, since, at, held);
  }

  #latestInBlocks(head: Head, since: number, at: number, held: Sample | undefined): Sample | undefined {
    let best = held;
    const keys = this.#keys.all(head.id, since - BLOCK_SPAN_MS - 1, at + 1, since + 1);
    for (const { id, to_at } of keys) {
      if (best && to_at <= best.at) break;
      const candidate = newestIn(unpackBlock(this.#block.get(id) as Buffer), since, at);
      if (candidate && (!best || candidate.at > best.at)) best = candidate;
    }
    return best;
  }
}

function newestIn({ ats, values }: Samples, since: number, at: number): Sample | undefined {
  let best = -1;
  for (let index = ats.length - 1; index >= 0; index--) {
    const candidate = ats[index] as number;
    if (candidate <= at && candidate > since && (best === -1 || candidate > (ats[best] as number))) best = index;
  }
  return best === -1 ? undefined : { at: ats[best] as number, value: values[best] as number };
}
