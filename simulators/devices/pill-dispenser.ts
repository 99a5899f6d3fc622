import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

const DOSE_HOURS = [8, 12, 18, 22] as const;

/** A dispenser at the bed: each dose falls due, then is taken within the hour, or skipped. Hours are UTC. */
export function* pillDispenser(source: DeviceSource): Generator<TimedReading> {
  const random = createRandom(source.seed);
  const day = 24 * HOUR_MS;
  const midnight = source.startedAt - (source.startedAt % day);
  let nextStatus = source.startedAt;
  for (let start = midnight; ; start += day) {
    for (const [compartment, hour] of DOSE_HOURS.entries()) {
      const due = start + hour * HOUR_MS;
      const taken = !random.chance(0.08);
      const done = due + Math.round(taken ? random.between(1, 40) * MINUTE_MS : HOUR_MS);
      if (due < source.startedAt) continue;
      for (; nextStatus <= due; nextStatus += 20 * MINUTE_MS) {
        yield { kind: 'status', at: nextStatus, battery: batteryAt(source, nextStatus, 900) };
      }
      yield { kind: 'event', at: due, event: 'dose-due', detail: { compartment } };
      yield { kind: 'event', at: done, event: taken ? 'dose-taken' : 'dose-skipped', detail: { compartment } };
      nextStatus = Math.max(nextStatus, done);
    }
  }
}

export const pillDispenserType: DeviceType = {
  type: 'pill-dispenser',
  model: 'Dosette 28',
  firmware: '1.3.3',
  metrics: [],
  readings: pillDispenser,
};
