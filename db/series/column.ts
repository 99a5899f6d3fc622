import type { ByteReader, ByteWriter } from './bytes.ts';

/** Marks a column kept as plain doubles. */
const PLAIN = 255;
const SCALES = [1, 10, 100, 1_000] as const;
const LARGEST = 2 ** 50;

/** Writes doubles without loss: as whole tenths, hundredths or thousandths where that gives back each one exactly. */
export function writeColumn(writer: ByteWriter, values: Float64Array): void {
  const scaled = new Float64Array(values.length);
  for (const [digits, scale] of SCALES.entries()) {
    if (!scaleAll(values, scale, scaled)) continue;
    writer.byte(digits);
    writer.differences(scaled, 0);
    return;
  }
  writer.byte(PLAIN);
  for (const value of values) writer.double(value);
}

export function readColumn(reader: ByteReader, count: number): Float64Array {
  const digits = reader.byte();
  if (digits === PLAIN) return reader.doubles(count);
  const scale = SCALES[digits];
  if (scale === undefined) throw new RangeError('A packed block is of a kind this program does not know.');
  const values = reader.differences(count, 0);
  if (scale !== 1) for (let index = 0; index < count; index++) values[index] = (values[index] as number) / scale;
  return values;
}

function scaleAll(values: Float64Array, scale: number, into: Float64Array): boolean {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const whole = Math.round(value * scale);
    // `Object.is` tells -0 from 0, which whole numbers cannot.
    if (!Object.is(whole / scale, value) || whole > LARGEST || whole < -LARGEST || Object.is(whole, -0)) return false;
    into[index] = whole;
  }
  return true;
}
