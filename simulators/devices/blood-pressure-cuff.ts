import { MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import {
  allAbsent,
  batteryAt,
  type DeviceSource,
  type DeviceType,
  type SentValues,
  type TimedReading,
  withAbsent,
} from './device.ts';

/** An upper arm cuff that measures by itself; a measurement that fails says so instead of guessing. */
export function* bloodPressureCuff(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 15 * MINUTE_MS;
  const random = createRandom(source.seed);
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    yield { kind: 'status', at, battery: batteryAt(source, at, 240) };
    if (!vitals) continue;
    const failed = random.chance(0.03);
    const values: SentValues = failed
      ? allAbsent(['nibp-sys', 'nibp-dia', 'nibp-mean'], 'motion')
      : {
          'nibp-sys': Math.round(vitals.sys),
          'nibp-dia': Math.round(vitals.dia),
          'nibp-mean': Math.round(vitals.mean),
          pr: Math.round(vitals.pr),
        };
    yield { kind: 'readings', at, values: withAbsent(source, at, values) };
  }
}

export const bloodPressureCuffType: DeviceType = {
  type: 'blood-pressure-cuff',
  model: 'Armband 12',
  firmware: '3.1.0',
  metrics: ['nibp-sys', 'nibp-dia', 'nibp-mean', 'pr'],
  readings: bloodPressureCuff,
};
