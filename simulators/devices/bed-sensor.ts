import { MINUTE_MS } from '#domain/time.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

/** A mat under the mattress: whether someone lies in the bed, each minute. */
export function* bedSensor(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? MINUTE_MS;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    if (at >= nextStatus) {
      nextStatus += 10 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 3_000) };
    }
    const vitals = source.vitalsAt(at);
    const inBed = vitals !== null && (vitals.activity === 'lying' || vitals.activity === 'sitting');
    yield { kind: 'readings', at, values: { 'bed-occupied': inBed ? 1 : 0 } };
  }
}

export const bedSensorType: DeviceType = {
  type: 'bed-sensor',
  model: 'Undermat',
  firmware: '1.0.8',
  metrics: ['bed-occupied'],
  readings: bedSensor,
};
