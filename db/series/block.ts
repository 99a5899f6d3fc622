import { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, writeColumn } from './column.ts';

/** Samples of one series, column-wise, in order of `at`. */
export interface Samples {
  readonly ats: Float64Array;
  readonly values: Float64Array;
}

const KIND = 1;

/** Packs samples without loss: times as changes of their distance, values as differences of scaled whole numbers. */
export function packBlock({ ats, values }: Samples): Buffer {
  const writer = new ByteWriter();
  writer.byte(KIND);
  writer.varint(ats.length);
  writer.varint(ats[0] ?? 0);
  const distances = new Float64Array(Math.max(0, ats.length - 1));
  for (let index = 0; index < distances.length; index++) {
    distances[index] = (ats[index + 1] as number) - (ats[index] as number);
  }
  writer.differences(distances, 0);
  writeColumn(writer, values);
  return writer.copy();
}

/** Throws a RangeError for bytes that are no block. */
export function unpackBlock(bytes: Uint8Array): Samples {
  const reader = new ByteReader(bytes);
  if (reader.byte() !== KIND) throw new RangeError('A packed block is of a kind this program does not know.');
  const count = reader.varint();
  const ats = new Float64Array(count);
  let at = reader.varint();
  ats[0] = at;
  const distances = reader.differences(Math.max(0, count - 1), 0);
  for (let index = 0; index < distances.length; index++) {
    at += distances[index] as number;
    ats[index + 1] = at;
  }
  return { ats, values: readColumn(reader, count) };
}
