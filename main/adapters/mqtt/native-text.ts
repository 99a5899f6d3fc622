/** Objects and arrays inside one another, the outermost counted. */
export const MAX_DEPTH = 8;

export type Payload = Readonly<Record<string, unknown>>;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * Colons outside strings: in a JSON text, exactly the number of keys written, doubles counted. -1 when nested too
 * deep, found before anything recursive touches the text.
 */
export function measure(bytes: Uint8Array): number {
  let colons = 0;
  let depth = 0;
  let quoted = false;
  const { length } = bytes;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index];
    if (quoted) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === COLON) colons += 1;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return -1;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return colons;
}

/** Keys that reach an object's prototype when copied carelessly: refused wherever they stand. */
export function dangerous(key: string): boolean {
  const { length } = key;
  if (length !== 9 && length !== 11) return false;
  return key === '__proto__' || key === 'constructor' || key === 'prototype';
}

/** Keys in a parsed value, all levels; NaN when one is dangerous. Fewer than the colons means a key was written twice. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item);
    return keys;
  }
  for (const key of Object.keys(value)) {
    if (dangerous(key)) return Number.NaN;
    keys += 1 + countKeys((value as Payload)[key]);
  }
  return keys;
}

/** What is wrong with the keys of a payload, or null. */
export function wrongKeys(payload: Payload, colons: number): string | null {
  const keys = countKeys(payload);
  if (Number.isNaN(keys)) return 'dangerous key';
  return keys === colons ? null : 'duplicate key';
}

const LAST_TIME = 8_640_000_000_000_000;

/** Epoch ms a date can hold, whole, not minus zero. */
export function validTime(value: unknown): value is number {
  return wholeNumber(value) && value <= LAST_TIME;
}

/** A safe whole number from 0 up; minus zero is none. */
export function wholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}

const unprintable = /\p{C}/u;

/** Text for people or logs: within a length, no control characters, direction overrides or invisible marks. */
export function printable(value: unknown, most: number): value is string {
  return typeof value === 'string' && value.length <= most && !unprintable.test(value);
}
