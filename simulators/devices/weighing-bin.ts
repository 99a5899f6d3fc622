import { MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

/** A bin on scales: weight and the count that follows from it each five minutes; used up and refilled. */
export function* weighingBin(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 5 * MINUTE_MS;
  const random = createRandom(source.seed);
  const piece = random.pick([6.4, 11.2, 18.5, 42]);
  const full = random.whole(80, 200);
  let count = full;
  for (let at = source.startedAt; ; at += interval) {
    if (random.chance(0.35)) count -= random.whole(1, 3);
    if (count < full * 0.15) count = full;
    yield { kind: 'status', at, battery: batteryAt(source, at, 4_000) };
    const weight = Math.max(0, Math.round(count * piece + random.between(-0.4, 0.4) * piece));
    yield { kind: 'readings', at, values: { 'bin-weight': weight, 'bin-count': count } };
  }
}

export const weighingBinType: DeviceType = {
  type: 'weighing-bin',
  model: 'Kanban W',
  firmware: '1.1.0',
  metrics: ['bin-weight', 'bin-count'],
  readings: weighingBin,
};
