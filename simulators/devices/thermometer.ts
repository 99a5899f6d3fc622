import { HOUR_MS } from '#domain/time.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading, withAbsent } from './device.ts';

/** An ear thermometer: one value when someone takes it, here each four hours. */
export function* thermometer(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 4 * HOUR_MS;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    yield { kind: 'status', at, battery: batteryAt(source, at, 2_000) };
    if (vitals) yield { kind: 'readings', at, values: withAbsent(source, at, { temp: rounded(vitals.temp, 1) }) };
  }
}

export const thermometerType: DeviceType = {
  type: 'thermometer',
  model: 'Tympan 4',
  firmware: '1.0.2',
  metrics: ['temp'],
  readings: thermometer,
};
