import { publishPacket } from './load-socket.ts';
import type { Vitals } from './physiology/patient.ts';
import { createWaveforms } from './physiology/waveform.ts';

const CODES = ['hr', 'pr', 'rr', 'spo2', 'temp', 'etco2'] as const;
/** Two-digit starts of plausible, calm values; the last digit wanders. */
const TENS = ['7', '7', '1', '9', '36.', '3'] as const;
const SEQ_WIDTH = 10;
const WAVE_PIECES = 8;
const RESTING: Vitals = {
  at: 0,
  hr: 75,
  pr: 75,
  rr: 15,
  spo2: 97,
  temp: 36.8,
  sys: 120,
  dia: 75,
  mean: 90,
  etco2: 36,
  o2Flow: 0,
  acvpu: 'A',
  activity: 'lying',
  asleep: false,
  cadence: 0,
  glucose: 5.5,
  rhythm: 'sinus',
  ectopics: 0,
};

/** A message whose digits are overwritten in place: sequence, time, and the last digit of each value. */
export interface Template {
  readonly bytes: Buffer;
  readonly idAt: number;
  readonly seqAt: number;
  readonly timeAt: number;
  readonly digitsAt: readonly number[];
}

/** The readings of one device with a number of values each. */
export function templateOf(topic: string, values: number): Template {
  const seq = ' '.repeat(SEQ_WIDTH - 1);
  const list = CODES.slice(0, values).map((code, index) => `"${code}":${TENS[index]}5`);
  const text = `{"seq":${seq}0,"at":${'0'.repeat(13)},"values":{${list.join(',')}}}`;
  const { bytes, idAt, payloadAt } = publishPacket(topic, Buffer.from(text), 1);
  const digitsAt = list.map((entry) => payloadAt + text.indexOf(entry) + entry.length - 1);
  return { bytes, idAt, seqAt: payloadAt + text.indexOf(seq), timeAt: payloadAt + text.indexOf('"at":') + 5, digitsAt };
}

/** Writes a number right-aligned over `width` bytes that hold spaces or digits. */
function overwrite(bytes: Buffer, at: number, width: number, value: number): void {
  let left = value;
  for (let place = at + width - 1; place >= at; place -= 1) {
    bytes[place] = 48 + (left % 10);
    left = Math.floor(left / 10);
    if (left === 0) break;
  }
}

/** The template's bytes for one message: a copy with its own number, time and last digits. */
export function messageOf({ bytes, idAt, seqAt, timeAt, digitsAt }: Template, seq: number, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE((seq % 65_000) + 1, idAt);
  overwrite(copy, seqAt, SEQ_WIDTH, seq);
  overwrite(copy, timeAt, 13, at);
  for (const [index, place] of digitsAt.entries()) copy[place] = 48 + ((seq * (index + 3)) % 10);
  return copy;
}

export interface LoadPiece {
  /** Samples a second. */
  readonly rate: number;
  readonly gain: number;
  /** Base64. */
  readonly data: string;
}

/** A few quarter seconds of ECG, sent round by every device: only their count and time change. */
export function ecgPieces(): LoadPiece[] {
  const shapes = createWaveforms(1, ['ecg-ii']);
  return Array.from({ length: WAVE_PIECES }, () => {
    const [piece] = shapes.next(0.25, RESTING);
    if (!piece) throw new RangeError('No wave.');
    const bytes = Buffer.alloc(piece.raw.length * 2);
    for (const [index, sample] of piece.raw.entries()) bytes.writeInt16LE(sample, index * 2);
    return { rate: piece.rate, gain: piece.gain, data: bytes.toString('base64') };
  });
}

/** One wave message as a packet at QoS 0. */
export function wavePacket(topic: string, { rate, gain, data }: LoadPiece, seq: number, at: number): Buffer {
  const text = `{"seq":${seq},"at":${at},"wave":"ecg-ii","rate":${rate},"unit":"uV","gain":${gain},"offset":0,"data":"${data}"}`;
  return publishPacket(topic, Buffer.from(text), 0).bytes;
}
