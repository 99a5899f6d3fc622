import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { approach, createDrift } from '../physiology/drift.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading, withAbsent } from './device.ts';

/** Minutes the fluid under the skin runs behind blood. */
const LAG_SECONDS = 8 * 60;
const CALIBRATION_MS = 12 * HOUR_MS;

/** A glucose sensor under the skin: mmol/L each five minutes, behind the blood, with noise that wanders. */
export function* cgm(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 5 * MINUTE_MS;
  const random = createRandom(source.seed);
  const noise = createDrift(random, 0.25, 900);
  let sensed: number | null = null;
  let nextCalibration = source.startedAt + CALIBRATION_MS;
  for (let at = source.startedAt; ; at += interval) {
    const vitals = source.vitalsAt(at);
    yield { kind: 'status', at, battery: batteryAt(source, at, 240) };
    if (!vitals) continue;
    sensed = sensed === null ? vitals.glucose : approach(sensed, vitals.glucose, interval / 1_000, LAG_SECONDS);
    const shown = Math.max(0.6, sensed + noise.advance(interval / 1_000));
    const value = shown < 2.2 || shown > 22.2 ? { v: null, why: shown < 2.2 ? 'below-range' : 'above-range' } : null;
    yield {
      kind: 'readings',
      at,
      values: withAbsent(source, at, { glucose: value ? { v: null, why: value.why } : rounded(shown, 1) }),
    };
    if (at >= nextCalibration) {
      nextCalibration += CALIBRATION_MS;
      yield { kind: 'event', at, event: 'calibration-due' };
    }
  }
}

export const cgmType: DeviceType = {
  type: 'cgm',
  model: 'Glimpse 3',
  firmware: '5.0.0',
  metrics: ['glucose'],
  units: { glucose: 'mmol/L' },
  readings: cgm,
};
