import type { QuarantineReason } from '#domain/device/device.ts';

/** What each reason means, one plain sentence each. */
export const REASON_WORDS: Readonly<Record<QuarantineReason, string>> = {
  'not-json': 'The message could not be read: it is not JSON.',
  'too-large': 'The message was larger than a device may send.',
  schema: 'The message did not have the form devices must use.',
  'unknown-metric': 'It named a measurement Wardline does not know.',
  'wrong-unit': 'A value came in a unit that does not fit the measurement.',
  'not-finite': 'A value was not a number.',
  implausible: 'A value was outside what is possible; the rest of the message was kept.',
  'future-clock': 'The device’s clock is more than 5 minutes ahead; the message was refused.',
  'stale-clock': 'The message was more than 5 minutes old; it was kept as history and raised no alarm.',
  duplicate: 'The message had already been taken; it counted once.',
  gap: 'Messages are missing before this one; what came was kept.',
  'unknown-device': 'Nobody knows this device; a hello from it is awaited.',
  'wrong-device': 'It spoke in another device’s name.',
  'not-admitted': 'The device is waiting for admission; its values are counted, not charted.',
};

/** A reason in words, whatever the hub may add one day. */
export function reasonWords(reason: string): string {
  return (REASON_WORDS as Readonly<Record<string, string>>)[reason] ?? reason;
}

/** Marks are kept with the value; everything else was refused. */
export function wasKept(reason: string): boolean {
  return reason === 'gap' || reason === 'stale-clock';
}
