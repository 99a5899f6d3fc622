import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { approach, createDrift } from '../physiology/drift.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading } from './device.ts';

const SET = 4.6;

/** A fridge for medicines, 2 to 8 degrees: cycles with its compressor and warms when the door is open. */
export function* medicineFridge(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? MINUTE_MS;
  const random = createRandom(source.seed);
  const noise = createDrift(random, 0.08, 300);
  let inside = SET;
  let doorUntil = source.startedAt;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    if (at >= nextStatus) {
      nextStatus += 10 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 8_000) };
    }
    if (at >= doorUntil && random.chance((interval / HOUR_MS) * 1.5)) {
      doorUntil = at + Math.round(random.between(0.5, 3) * MINUTE_MS);
      yield { kind: 'event', at, event: 'door-open' };
    }
    const open = at < doorUntil;
    const cycle = 0.5 * Math.sin((2 * Math.PI * at) / (24 * MINUTE_MS));
    inside = approach(inside, open ? 14 : SET + cycle, interval / 1_000, open ? 420 : 300);
    yield { kind: 'readings', at, values: { 'fridge-temp': rounded(inside + noise.advance(interval / 1_000), 1) } };
  }
}

export const medicineFridgeType: DeviceType = {
  type: 'medicine-fridge',
  model: 'Polar 140',
  firmware: '2.2.0',
  metrics: ['fridge-temp'],
  readings: medicineFridge,
};
