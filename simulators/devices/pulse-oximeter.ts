import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { createWaveforms } from '../physiology/waveform.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading, withAbsent } from './device.ts';

/** A finger clip: saturation and pulse each second. */
export function* pulseOximeter(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? SECOND_MS;
  const shapes = source.waves?.length ? createWaveforms(source.seed, source.waves) : null;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    if (at >= nextStatus) {
      nextStatus += 5 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 30) };
    }
    const values = vitals
      ? { spo2: Math.round(vitals.spo2), pr: Math.round(vitals.pr) }
      : ({ spo2: { v: null, why: 'no-finger' }, pr: { v: null, why: 'no-finger' } } as const);
    yield { kind: 'readings', at, values: withAbsent(source, at, values) };
    if (shapes && vitals && at > source.startedAt) {
      for (const piece of shapes.next(interval / SECOND_MS, vitals)) {
        yield { kind: 'wave', at, startsAt: at - interval, piece };
      }
    }
  }
}

export const pulseOximeterType: DeviceType = {
  type: 'pulse-oximeter',
  model: 'Clip O2',
  firmware: '2.0.3',
  metrics: ['spo2', 'pr'],
  readings: pulseOximeter,
};
