import type { DeviceId } from '../ids.ts';
import type { SequenceMark } from './device.ts';

/** How far below the highest number a message may still arrive. */
export const WINDOW = 1_024;
const WINDOW_BYTES = WINDOW / 8;
/** No device sends so many messages before its first, or between two, that arrive: such a number would shut out all that follow. */
const FARTHEST_JUMP = 2 ** 31;

/**
 * Which numbers of one device and topic were taken since a hello. Bit `seq mod 1024` of `taken` says whether `seq` was,
 * for the 1,024 numbers up to and including `highest`; `highest` is -1 before the first.
 */
export interface Sequence {
  readonly deviceId: DeviceId;
  readonly topic: SequenceMark['topic'];
  epoch: number;
  highest: number;
  readonly taken: Uint8Array;
  /** Whether the hub heard this count begin, so that a first number above 0 means numbers lost. */
  fromStart: boolean;
  /** The count before the last hello, for messages of it that were still under way; not kept across restarts. */
  previous: Sequence | null;
}

/** `late` is an unseen lower number: taken. `duplicate` was seen, or is too old to tell. `wild` is no number a device reaches. */
export type Taken = 'new' | 'late' | 'duplicate' | 'wild';

/** A count that has taken nothing yet. */
export function startSequence(
  deviceId: DeviceId,
  topic: SequenceMark['topic'],
  epoch: number,
  fromStart: boolean,
): Sequence {
  return { deviceId, topic, epoch, highest: -1, taken: new Uint8Array(WINDOW_BYTES), fromStart, previous: null };
}

/** Numbers a `new` message would leave behind untaken; 0 when it is next, or when nobody can know. */
export function skippedBefore(sequence: Sequence, seq: number): number {
  if (sequence.highest < 0 && !sequence.fromStart) return 0;
  return Math.max(0, seq - sequence.highest - 1);
}

/** Takes a number, once. */
export function take(sequence: Sequence, seq: number): Taken {
  const { highest, taken } = sequence;
  if (seq > highest) {
    if (seq - highest > FARTHEST_JUMP) return 'wild';
    advance(sequence, seq);
    setBit(taken, seq);
    return 'new';
  }
  if (highest - seq >= WINDOW || bit(taken, seq)) return 'duplicate';
  setBit(taken, seq);
  return 'late';
}

/**
 * Begins a new count when a hello is later than the one that began this; the same or an earlier hello changes nothing.
 * Where no hello was known, a retained one is the hello of the count already running.
 */
export function hearHello(sequence: Sequence, at: number, retained: boolean): boolean {
  if (at <= sequence.epoch) return false;
  const { deviceId, topic, epoch, highest, fromStart } = sequence;
  sequence.epoch = at;
  if (epoch === 0 && retained) return true;
  const taken = Uint8Array.from(sequence.taken);
  sequence.previous = { deviceId, topic, epoch, highest, taken, fromStart, previous: null };
  sequence.highest = -1;
  sequence.fromStart = true;
  sequence.taken.fill(0);
  return true;
}

/**
 * The count a message belongs to. A high number taken before the last hello is from the count before it: it would
 * otherwise shut out the low numbers the device now sends.
 */
export function countOf(sequence: Sequence, seq: number, at: number, replay: boolean): Sequence {
  const { previous, epoch, highest } = sequence;
  const far = seq - highest > WINDOW;
  return previous !== null && !replay && far && at < epoch ? previous : sequence;
}

/** What survives a restart of the hub. The window is a copy. */
export function toMark(sequence: Sequence): SequenceMark {
  const { deviceId, topic, epoch, highest } = sequence;
  return { deviceId, topic, epoch, highest, window: Uint8Array.from(sequence.taken) };
}

/** The count as it was when marked. A window of another length is taken as all seen: better a gap than a double. */
export function fromMark(mark: SequenceMark): Sequence {
  const taken = new Uint8Array(WINDOW_BYTES);
  if (mark.window.length === WINDOW_BYTES) taken.set(mark.window);
  else taken.fill(255);
  return {
    deviceId: mark.deviceId,
    topic: mark.topic,
    epoch: mark.epoch,
    highest: mark.highest,
    taken,
    fromStart: true,
    previous: null,
  };
}

function advance(sequence: Sequence, seq: number): void {
  const { highest, taken } = sequence;
  if (seq - highest >= WINDOW) taken.fill(0);
  else for (let next = highest + 1; next < seq; next += 1) clearBit(taken, next);
  sequence.highest = seq;
}

function bit(bits: Uint8Array, seq: number): boolean {
  const at = seq % WINDOW;
  return ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
}

function setBit(bits: Uint8Array, seq: number): void {
  const at = seq % WINDOW;
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

function clearBit(bits: Uint8Array, seq: number): void {
  const at = seq % WINDOW;
  bits[at >> 3] = (bits[at >> 3] ?? 0) & ~(1 << (at & 7));
}
