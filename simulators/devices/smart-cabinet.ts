import { MINUTE_MS } from '#domain/time.ts';
import { createRandom } from '../physiology/random.ts';
import { batteryAt, type DeviceSource, type DeviceType, type TimedReading } from './device.ts';

/** GTINs with a correct check digit from the range GS1 keeps for restricted use. */
const ITEMS = ['02000000000013', '02000000000020', '02000000000037', '02000000000044'] as const;

/** A locked cabinet: someone opens it every few minutes, takes a thing, seldom puts one back; it counts what is left. */
export function* smartCabinet(source: DeviceSource): Generator<TimedReading> {
  const random = createRandom(source.seed);
  const lots = ITEMS.map(() => `L${random.whole(10_000, 99_999)}`);
  let count = random.whole(120, 180);
  let nextStatus = source.startedAt;
  for (let at = source.startedAt; ; ) {
    if (at >= nextStatus) {
      nextStatus = at + 20 * MINUTE_MS;
      yield { kind: 'status', at, battery: batteryAt(source, at, 5_000) };
    }
    const item = random.whole(0, ITEMS.length - 1);
    const returned = random.chance(0.12);
    const detail = { gtin: ITEMS[item], lot: lots[item], quantity: 1 };
    yield { kind: 'event', at, event: 'door-open' };
    yield { kind: 'event', at: at + 4_000, event: returned ? 'item-returned' : 'item-taken', detail };
    count = count <= 20 ? 180 : count + (returned ? 1 : -1);
    yield { kind: 'readings', at: at + 5_000, values: { 'bin-count': count } };
    at += 6_000 + Math.round(random.between(1, 18) * MINUTE_MS);
  }
}

export const smartCabinetType: DeviceType = {
  type: 'smart-cabinet',
  model: 'Vault S',
  firmware: '3.3.1',
  metrics: ['bin-count'],
  readings: smartCabinet,
};
