import { isAscii } from 'node:buffer';
import type { Decode, DeviceCommand, DeviceMessage, Ending, Undecoded } from '#domain/device/message.ts';
import { readEvent, readHello, readStatus, readWave } from './native-messages.ts';
import { readReadings } from './native-readings.ts';
import { MAX_DEPTH, measure, type Payload } from './native-text.ts';

/** Largest payload in bytes, by topic ending; a larger one is refused before it is read. */
const PAYLOAD_LIMITS: Readonly<Record<Ending, number>> = {
  hello: 65_536,
  status: 65_536,
  readings: 65_536,
  wave: 262_144,
  event: 65_536,
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads native JSON: one look at the bytes, one parse, one hand-written check. Never throws. */
export const decodeNative: Decode = (ending, payload, deviceId) => {
  if (payload.byteLength > PAYLOAD_LIMITS[ending]) return undecoded('too-large', `${payload.byteLength} bytes`);
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const colons = measure(bytes);
  if (colons < 0) return undecoded('schema', `deeper than ${MAX_DEPTH}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(isAscii(bytes) ? bytes.toString('latin1') : utf8.decode(bytes));
  } catch {
    return undecoded('not-json', null);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undecoded('schema', 'no object');
  return read(ending, parsed as Payload, colons, deviceId);
};

function read(ending: Ending, payload: Payload, colons: number, deviceId: string): DeviceMessage | Undecoded {
  const message = readers[ending](payload, colons);
  if (typeof message === 'string') return undecoded('schema', message);
  if (payload.device !== undefined && payload.device !== deviceId) return undecoded('wrong-device', null);
  return message;
}

/** A check answers the message, or the name of what is wrong with it. */
type Reader = (payload: Payload, colons: number) => DeviceMessage | Undecoded | string;

const readers: Readonly<Record<Ending, Reader>> = {
  hello: readHello,
  status: readStatus,
  readings: readReadings,
  wave: readWave,
  event: readEvent,
};

function undecoded(reason: Undecoded['reason'], detail: string | null): Undecoded {
  return { kind: 'undecoded', reason, detail };
}

/** The payload of a command to a device. */
export function encodeCommand({ id, kind, body }: DeviceCommand): Buffer {
  return Buffer.from(JSON.stringify({ id, kind, body }));
}
