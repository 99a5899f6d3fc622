import type { ReadingsMessage } from '#domain/device/message.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { dangerous, type Payload, printable, validTime, wholeNumber, wrongKeys } from './native-text.ts';

/** More values than any device has metrics: a payload with more is not a reading. */
const MOST_VALUES = 256;
const LONGEST_WORD = 64;

/**
 * Checks a readings payload; the hot path. The message, or what is wrong. `1e999` passes as Infinity for the judge of
 * single values; a text for a number, a bare null or an unknown word of a coded metric spoils the whole message.
 */
export function readReadings(payload: Payload, colons: number): ReadingsMessage | string {
  const { seq, at, replay, values } = payload;
  if (!wholeNumber(seq)) return 'seq';
  if (!validTime(at)) return 'at';
  if (replay !== undefined && typeof replay !== 'boolean') return 'replay';
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return 'values';
  const message: Draft = {
    kind: 'readings',
    seq,
    at,
    replay: replay === true,
    codes: [],
    values: [],
    units: null,
    absent: [],
  };
  let keys = 0;
  for (const code in values) {
    const value = (values as Payload)[code];
    keys += 1;
    if (keys > MOST_VALUES) return 'too many values';
    if (dangerous(code)) return 'dangerous key';
    if (typeof value === 'number' && metricOf(code)?.codes === undefined) {
      message.codes.push(code);
      message.values.push(value);
    } else if (!readOther(message, code, value)) return code.length > LONGEST_WORD ? 'metric' : code;
  }
  return wrongReadingKeys(payload, keys, colons) ?? message;
}

interface Draft extends ReadingsMessage {
  units: (string | undefined)[] | null;
}

/** The plain message has only known keys with plain values: counted without walking it a second time. */
function wrongReadingKeys(payload: Payload, valueKeys: number, colons: number): string | null {
  let keys = valueKeys;
  for (const key in payload) {
    if (key !== 'seq' && key !== 'at' && key !== 'values' && key !== 'replay') return wrongKeys(payload, colons);
    keys += 1;
  }
  return keys === colons ? null : wrongKeys(payload, colons);
}

/** A word, or an object `{v, u}` or `{v: null, why}`. */
function readOther(message: Draft, code: string, value: unknown): boolean {
  if (typeof value === 'string') return push(message, code, value, undefined);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { v, u, why } = value as Payload;
  if (v === null) {
    if (!printable(why, LONGEST_WORD) || why === '') return false;
    message.absent.push({ code, why });
    return true;
  }
  if (u !== undefined && !printable(u, LONGEST_WORD)) return false;
  return push(message, code, v, u);
}

function push(message: Draft, code: string, value: unknown, unit: string | undefined): boolean {
  const number = asNumber(code, value);
  if (number === null) return false;
  if (unit !== undefined) message.units ??= [];
  if (message.units !== null) message.units[message.codes.length] = unit;
  message.codes.push(code);
  message.values.push(number);
  return true;
}

/** A number, or a coded metric's word as its index. A metric nobody knows is refused later, by name; its word is NaN here. */
function asNumber(code: string, value: unknown): number | null {
  const metric = metricOf(code);
  if (metric === undefined) return typeof value === 'number' ? value : typeof value === 'string' ? Number.NaN : null;
  if (metric.codes === undefined) return typeof value === 'number' ? value : null;
  const index = typeof value === 'string' ? metric.codes.indexOf(value) : -1;
  return index < 0 ? null : index;
}
