import { knownEventKind } from '#domain/device/event-kind.ts';
import type { EventMessage, HelloMessage, StatusMessage, Undecoded, WaveMessage } from '#domain/device/message.ts';
import { waveOf } from '#domain/device/wave.ts';
import { type Payload, printable, validTime, wholeNumber, wrongKeys } from './native-text.ts';

const MOST_METRICS = 64;
const LONGEST_WORD = 64;
const LONGEST_NAME = 100;
const FASTEST_WAVE = 20_000;

/** Checks a hello: the message, or what is wrong. */
export function readHello(payload: Payload, colons: number): HelloMessage | string {
  const { at, type, serial, model, firmware, metrics, units } = payload;
  const wrong = wrongKeys(payload, colons);
  if (wrong !== null) return wrong;
  if (!validTime(at)) return 'at';
  if (!printable(type, LONGEST_WORD) || type === '') return 'type';
  for (const [key, name] of Object.entries({ serial, model, firmware })) {
    if (name !== undefined && name !== null && !printable(name, LONGEST_NAME)) return key;
  }
  const words = readWords(metrics);
  if (words === null) return 'metrics';
  const declared = readUnits(units);
  if (declared === null) return 'units';
  return {
    kind: 'hello',
    at,
    type,
    serial: name(serial),
    model: name(model),
    firmware: name(firmware),
    metrics: words,
    units: declared,
  };
}

function name(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function readWords(value: unknown): string[] | null {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MOST_METRICS) return null;
  return value.every((word): word is string => printable(word, LONGEST_WORD)) ? value : null;
}

function readUnits(value: unknown): Record<string, string> | null {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MOST_METRICS) return null;
  return entries.every(([, unit]) => printable(unit, LONGEST_WORD)) ? Object.fromEntries(entries) : null;
}

/** Checks a status or Last Will: the message, or what is wrong. */
export function readStatus(payload: Payload, colons: number): StatusMessage | string {
  const { online, at, battery } = payload;
  const wrong = wrongKeys(payload, colons);
  if (wrong !== null) return wrong;
  if (typeof online !== 'boolean') return 'online';
  if (at !== undefined && !validTime(at)) return 'at';
  if (battery === undefined || battery === null) return { kind: 'status', online, at: at ?? null, battery: null };
  if (typeof battery !== 'number' || !(battery >= 0 && battery <= 1)) return 'battery';
  return { kind: 'status', online, at: at ?? null, battery };
}

/** Checks an event: the message, or what is wrong. */
export function readEvent(payload: Payload, colons: number): EventMessage | string {
  const { seq, at, kind, detail, replay } = payload;
  const wrong = wrongKeys(payload, colons);
  if (wrong !== null) return wrong;
  if (!wholeNumber(seq)) return 'seq';
  if (!validTime(at)) return 'at';
  if (replay !== undefined && typeof replay !== 'boolean') return 'replay';
  if (typeof kind !== 'string' || !knownEventKind(kind)) return 'kind';
  return { kind: 'event', seq, at, replay: replay === true, event: kind, detail: detail ?? null };
}

/** Checks a piece of a waveform and unpacks it to physical values: raw times gain plus offset. */
export function readWave(payload: Payload, colons: number): WaveMessage | Undecoded | string {
  const { seq, at, wave, rate, unit, gain, offset, data } = payload;
  const wrong = wrongKeys(payload, colons);
  if (wrong !== null) return wrong;
  if (!wholeNumber(seq)) return 'seq';
  if (!validTime(at)) return 'at';
  if (typeof rate !== 'number' || !(rate > 0 && rate <= FASTEST_WAVE)) return 'rate';
  if (typeof gain !== 'number' || !Number.isFinite(gain)) return 'gain';
  if (offset !== undefined && (typeof offset !== 'number' || !Number.isFinite(offset))) return 'offset';
  if (typeof wave !== 'string' || typeof unit !== 'string' || typeof data !== 'string') return 'wave';
  const known = waveOf(wave);
  if (known === undefined) return { kind: 'undecoded', reason: 'unknown-metric', detail: null };
  if (known.unit !== unit) return { kind: 'undecoded', reason: 'wrong-unit', detail: wave };
  const samples = readSamples(data, gain, offset ?? 0);
  if (samples === null) return 'data';
  return { kind: 'wave', seq, at, wave, rate, unit, samples };
}

function readSamples(data: string, gain: number, offset: number): Float32Array | null {
  const bytes = Buffer.from(data, 'base64');
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  // Node skips what is not base64: a length that does not fit shows that something was skipped.
  if (data.length % 4 !== 0 || bytes.length !== (data.length / 4) * 3 - padding) return null;
  if (bytes.length === 0 || bytes.length % 2 !== 0) return null;
  const samples = new Float32Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index += 1) samples[index] = bytes.readInt16LE(index * 2) * gain + offset;
  return samples.every(Number.isFinite) ? samples : null;
}
