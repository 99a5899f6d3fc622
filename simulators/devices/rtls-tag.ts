import { MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

const ROOMS = ['Store', 'Corridor', 'A1', 'A2', 'B1', 'B2', 'X-ray', 'Theatre'] as const;

/** A tag on a piece of equipment: says which room it is in when it has moved. */
export function* rtlsTag(source: DeviceSource): Generator<TimedReading> {
  const random = createRandom(source.seed);
  let room: string | null = null;
  for (let at = source.startedAt; ; at += Math.round(random.between(5, 25) * MINUTE_MS)) {
    yield { kind: 'status', at, battery: batteryAt(source, at, 6_000) };
    const next = random.pick(ROOMS);
    if (next !== room) yield { kind: 'event', at, event: 'location', detail: { room: next } };
    room = next;
  }
}

export const rtlsTagType: DeviceType = {
  type: 'rtls-tag',
  model: 'Tag T2',
  firmware: '1.0.1',
  metrics: [],
  readings: rtlsTag,
};
