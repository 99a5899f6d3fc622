import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, rounded, type TimedReading } from './device.ts';

const BAG = 500;

/** A volumetric pump: rate and volume each twenty seconds, a bag of 500 mL after the other, rarely an occlusion. */
export function* infusionPump(source: DeviceSource): Generator<TimedReading> {
  const interval = source.intervalMs ?? 20_000;
  const random = createRandom(source.seed);
  const rate = random.pick([42, 63, 83, 100, 125]);
  let volume = random.between(0, BAG * 0.8);
  let stoppedUntil = source.startedAt;
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; at += interval) {
    if (at >= nextStatus) {
      nextStatus += Math.max(10 * MINUTE_MS, interval);
      yield { kind: 'status', at, battery: batteryAt(source, at, 400) };
    }
    const running = at >= stoppedUntil;
    if (running) volume += (rate * interval) / HOUR_MS;
    yield {
      kind: 'readings',
      at,
      values: { 'infusion-rate': running ? rate : 0, 'infusion-volume': rounded(volume, 1) },
    };
    if (volume >= BAG) {
      yield { kind: 'event', at, event: 'end-of-infusion', detail: { volume: BAG } };
      yield { kind: 'event', at, event: 'door-open' };
      volume = 0;
      stoppedUntil = at + 4 * MINUTE_MS;
    } else if (running && random.chance((interval / HOUR_MS) * 0.05)) {
      const event = random.pick(['occlusion', 'air-in-line'] as const);
      yield { kind: 'event', at, event, detail: event === 'occlusion' ? { side: 'downstream' } : {} };
      stoppedUntil = at + 2 * MINUTE_MS;
    }
  }
}

export const infusionPumpType: DeviceType = {
  type: 'infusion-pump',
  model: 'Stream V',
  firmware: '6.1.0',
  metrics: ['infusion-rate', 'infusion-volume'],
  readings: infusionPump,
};
