import type { MinuteAggregate } from '#domain/observation/observation.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { Samples } from './block.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, writeColumn } from './column.ts';

/** What is known of one minute; a sum, so that parts of a minute can be put together. */
interface MinuteSum {
  count: number;
  min: number;
  max: number;
  sum: number;
}

const KIND = 1;

/** Gathers minutes from samples and packed minutes, whatever their order; parts of one minute become one. */
export class MinuteSums {
  readonly #sums = new Map<number, MinuteSum>();

  addSamples({ ats, values }: Samples, length = ats.length): void {
    for (let index = 0; index < length; index++) {
      const value = values[index] as number;
      this.#add(Math.floor((ats[index] as number) / MINUTE_MS), 1, value, value, value);
    }
  }

  addPacked(bytes: Uint8Array): void {
    const reader = new ByteReader(bytes);
    if (reader.byte() !== KIND) throw new RangeError('Packed minutes are of a kind this program does not know.');
    const length = reader.varint();
    const minutes = reader.differences(length, 0);
    const counts = reader.differences(length, 0);
    const [mins, maxs, sums] = [readColumn(reader, length), readColumn(reader, length), readColumn(reader, length)];
    for (let index = 0; index < length; index++) {
      const [min, max, sum] = [mins[index] as number, maxs[index] as number, sums[index] as number];
      this.#add(minutes[index] as number, counts[index] as number, min, max, sum);
    }
  }

  pack(): Buffer {
    const entries = this.#inOrder();
    const column = (of: (sum: MinuteSum) => number) => Float64Array.from(entries, ([, sum]) => of(sum));
    const writer = new ByteWriter();
    writer.byte(KIND);
    writer.varint(entries.length);
    writer.differences(
      Float64Array.from(entries, ([minute]) => minute),
      0,
    );
    writer.differences(
      column(({ count }) => count),
      0,
    );
    writeColumn(
      writer,
      column(({ min }) => min),
    );
    writeColumn(
      writer,
      column(({ max }) => max),
    );
    writeColumn(
      writer,
      column(({ sum }) => sum),
    );
    return writer.copy();
  }

  /** Minutes that begin in `[from, to)`, in order. */
  between(from: number, to: number): MinuteAggregate[] {
    const aggregates: MinuteAggregate[] = [];
    for (const [minute, { count, min, max, sum }] of this.#inOrder()) {
      const at = minute * MINUTE_MS;
      // A sum of rounded numbers may leave the range of its parts by a hair; a mean never does.
      const mean = Math.min(max, Math.max(min, sum / count));
      if (at >= from && at < to) aggregates.push({ at, count, min, max, mean });
    }
    return aggregates;
  }

  #add(minute: number, count: number, min: number, max: number, sum: number): void {
    const held = this.#sums.get(minute);
    if (!held) {
      this.#sums.set(minute, { count, min, max, sum });
      return;
    }
    held.count += count;
    held.min = Math.min(held.min, min);
    held.max = Math.max(held.max, max);
    held.sum += sum;
  }

  #inOrder(): [number, MinuteSum][] {
    return [...this.#sums].sort(([left], [right]) => left - right);
  }
}
