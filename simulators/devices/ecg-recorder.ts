import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { createWaveforms } from '../physiology/waveform.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading, withAbsent } from './device.ts';

/** A recorder on three leads: heart rate and breaths each second, its leads when asked for. */
export function* ecgRecorder(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? SECOND_MS;
  const shapes = source.waves?.length ? createWaveforms(source.seed, source.waves) : null;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    if (at >= nextStatus) {
      nextStatus += 5 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 48) };
    }
    const values = vitals
      ? { hr: Math.round(vitals.hr), rr: Math.round(vitals.rr) }
      : ({ hr: { v: null, why: 'lead-off' }, rr: { v: null, why: 'lead-off' } } as const);
    yield { kind: 'readings', at, values: withAbsent(source, at, values) };
    if (shapes && vitals && at > source.startedAt) {
      for (const piece of shapes.next(interval / SECOND_MS, vitals)) {
        yield { kind: 'wave', at, startsAt: at - interval, piece };
      }
    }
  }
}

export const ecgRecorderType: DeviceType = {
  type: 'ecg-recorder',
  model: 'Holter 3',
  firmware: '1.4.2',
  metrics: ['hr', 'rr'],
  readings: ecgRecorder,
};
