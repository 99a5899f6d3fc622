import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { slotChance } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

/** A presence sensor under a ceiling: 1 while somebody is in the room. Busy by day, seldom at night (UTC). */
export function* roomSensor(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? MINUTE_MS;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    if (at >= nextStatus) {
      nextStatus += 10 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 9_000) };
    }
    const hour = (at / HOUR_MS) % 24;
    const busy = hour > 7 && hour < 19 ? 0.7 : 0.15;
    const occupied = slotChance(source.seed, Math.floor(at / (20 * MINUTE_MS))) < busy;
    yield { kind: 'readings', at, values: { 'room-occupied': occupied ? 1 : 0 } };
  }
}

export const roomSensorType: DeviceType = {
  type: 'room-sensor',
  model: 'Ceiling Eye',
  firmware: '1.2.0',
  metrics: ['room-occupied'],
  readings: roomSensor,
};
