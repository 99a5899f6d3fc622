import { HOUR_MS, SECOND_MS } from '#domain/time.ts';
import type { Vitals } from '../physiology/patient.ts';
import { createRandom, type Random } from '../physiology/random.ts';
import type { WavePiece } from '../physiology/waveform.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

const RATE = 4_000;
const PIECE_MS = 250;
const RECORDING_MS = 10 * SECOND_MS;

/** First and second heart sound: short bursts of low tones after each beat, with hiss between. */
function heartSound(random: Random, beats: { since: number }, vitals: Vitals): WavePiece {
  const length = (RATE * PIECE_MS) / SECOND_MS;
  const raw = new Int16Array(length);
  const interval = 60 / vitals.hr;
  for (let index = 0; index < length; index += 1) {
    beats.since = (beats.since + 1 / RATE) % interval;
    const first = Math.exp(-(((beats.since - 0.05) / 0.022) ** 2)) * Math.sin(2 * Math.PI * 55 * beats.since);
    const second = Math.exp(-(((beats.since - 0.36) / 0.015) ** 2)) * Math.sin(2 * Math.PI * 85 * beats.since);
    raw[index] = Math.round(9_000 * first + 5_500 * second + 120 * random.normal());
  }
  return { wave: 'heart-sound', rate: RATE, unit: '1', gain: 1 / 32_768, offset: 0, raw };
}

/** Listens for ten seconds when it is put on a chest: at the start and then each hour. */
export function* digitalStethoscope(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? HOUR_MS;
  const random = createRandom(source.seed);
  const beats = { since: 0 };
  for (let begins = source.startedAt; ; begins += interval) {
    yield { kind: 'status', at: begins, battery: batteryAt(source, begins, 200) };
    for (let at = begins + PIECE_MS; at <= begins + RECORDING_MS; at += PIECE_MS) {
      const vitals = source.vitalsAt(at);
      if (vitals) yield { kind: 'wave', at, startsAt: at - PIECE_MS, piece: heartSound(random, beats, vitals) };
    }
    const vitals = source.vitalsAt(begins + RECORDING_MS);
    if (vitals) yield { kind: 'readings', at: begins + RECORDING_MS, values: { hr: Math.round(vitals.hr) } };
  }
}

export const digitalStethoscopeType: DeviceType = {
  type: 'digital-stethoscope',
  model: 'Ausculta 1',
  firmware: '0.9.7',
  metrics: ['hr'],
  readings: digitalStethoscope,
};
