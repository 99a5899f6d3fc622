import type Database from 'better-sqlite3';
import { packBlock, type Samples } from './block.ts';
import type { Head } from './head.ts';
import { MinuteSums } from './minutes.ts';

/** Longest time between a block's first and last sample: what a read must look back. A CHECK in the schema holds it. */
export const BLOCK_SPAN_MS = 604_800_000;
const BLOCK_SAMPLES = 2_048;

/** Packs heads into blocks and their minutes, inside the caller's transaction. */
export class Sealing {
  readonly #addBlock: Database.Statement<unknown[]>;
  readonly #addMinutes: Database.Statement<unknown[]>;
  readonly #mark: Database.Statement<unknown[]>;

  constructor(db: Database.Database) {
    this.#addBlock = db.prepare(
      'INSERT INTO numeric_block (series_id, from_at, to_at, count, min, max, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#addMinutes = db.prepare('INSERT INTO minute_block (series_id, from_at, to_at, bytes) VALUES (?, ?, ?, ?)');
    this.#mark = db.prepare('UPDATE numeric_series SET log_from = ?, sealed_to = ? WHERE id = ?');
  }

  /**
   * Writes all of a head's samples as blocks and empties it. Log rows below `logFrom` then count for nothing in this
   * series. Answers how to take it back in memory.
   */
  seal(head: Head, logFrom: number, sealAt: number): () => void {
    const arrived = { ats: head.view().ats.slice(), values: head.view().values.slice() };
    const before = {
      logFrom: head.logFrom,
      sealedTo: head.sealedTo,
      firstLog: head.firstLog,
      sealAt: head.sealAt,
      sealedValue: head.sealedValue,
    };
    const sorted = head.sorted();
    for (const piece of pieces(sorted)) this.#write(head.id, piece);
    if (head.newest >= head.sealedTo) head.sealedValue = sorted.values[sorted.values.length - 1];
    head.sealedTo = Math.max(head.sealedTo, head.newest);
    head.logFrom = logFrom;
    head.sealAt = sealAt;
    head.due = false;
    head.clear();
    this.#mark.run(head.logFrom, head.sealedTo, head.id);
    return () => {
      Object.assign(head, before);
      head.putBack(arrived);
    };
  }

  /** Says that a head's samples are all in log rows from `logFrom` on. Answers how to take that back in memory. */
  carry(head: Head, logFrom: number): () => void {
    const before = { logFrom: head.logFrom, firstLog: head.firstLog };
    head.logFrom = logFrom;
    head.firstLog = logFrom;
    this.#mark.run(logFrom, Number.isFinite(head.sealedTo) ? head.sealedTo : null, head.id);
    return () => {
      Object.assign(head, before);
    };
  }

  #write(seriesId: number, samples: Samples): void {
    const { ats, values } = samples;
    const [from, to] = [ats[0] as number, ats[ats.length - 1] as number];
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#addBlock.run(seriesId, from, to, ats.length, min, max, packBlock(samples));
    const minutes = new MinuteSums();
    minutes.addSamples(samples);
    this.#addMinutes.run(seriesId, from, to, minutes.pack());
  }
}

/** Samples cut where a block would grow too long in count or in time. */
function* pieces({ ats, values }: Samples): Generator<Samples> {
  let start = 0;
  for (let index = 1; index <= ats.length; index++) {
    const inside =
      index < ats.length &&
      index - start < BLOCK_SAMPLES &&
      (ats[index] as number) - (ats[start] as number) <= BLOCK_SPAN_MS;
    if (inside) continue;
    yield { ats: ats.subarray(start, index), values: values.subarray(start, index) };
    start = index;
  }
}
