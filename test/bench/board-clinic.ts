import WebSocket from 'ws';
import { type Carrier, connectWebSocket } from '#renderer/client/carrier.ts';
import type { RunningHub } from '#test/helpers/hub.ts';

export interface BoardBed {
  readonly bedId: string;
  readonly wardId: string;
}
export interface BoardClinic {
  readonly beds: readonly BoardBed[];
  /** In a bed each; the beds after theirs are free. */
  readonly encounters: readonly string[];
}

const WARDS = 5;
const ROOM_BEDS = 4;
const FREE_SHARE = 0.1;

/** Five wards of rooms of four, nine beds of ten taken. */
export async function populateBoard(hub: RunningHub, bedCount: number): Promise<BoardClinic> {
  const beds: BoardBed[] = [];
  for (let ward = 1; ward <= WARDS; ward += 1) {
    const { id: wardId } = await hub.call<{ id: string }>('locations/addWard', { name: `Ward ${ward}` }, 'admin');
    let roomId = '';
    for (let index = 0; index < bedCount / WARDS; index += 1) {
      if (index % ROOM_BEDS === 0) {
        const label = `${ward}.${index / ROOM_BEDS + 1}`;
        roomId = (await hub.call<{ id: string }>('locations/addRoom', { wardId, label }, 'admin')).id;
      }
      const bed = await hub.call<{ id: string }>(
        'locations/addBed',
        { roomId, label: `${ward}${index + 100}` },
        'admin',
      );
      beds.push({ bedId: bed.id, wardId });
    }
  }
  const encounters: string[] = [];
  for (const [index, { bedId }] of beds.slice(0, Math.floor(bedCount * (1 - FREE_SHARE))).entries()) {
    const { id: patientId } = await hub.call<{ id: string }>('patients/register', {
      name: { family: `Bench${index}`, given: ['A'] },
      birthDate: '1950-01-01',
      sex: index % 2 === 0 ? 'female' : 'male',
    });
    encounters.push((await hub.call<{ id: string }>('encounters/admit', { patientId, bedId })).id);
  }
  return { beds, encounters };
}

type BoardCall = Carrier['call']['flow']['watch'];
type Part = Awaited<ReturnType<BoardCall>> extends AsyncIterable<infer One> ? One : never;

/** A console with the house's board open, that says what it has drawn as the renderer does. */
export async function openBoard(hub: RunningHub, onPart: (part: Part) => void): Promise<{ close(): void }> {
  const url = `${hub.ready.console.replace('http', 'ws')}/ws`;
  const open = (address: string) => new WebSocket(address, { origin: hub.ready.console });
  const carrier: Carrier = await connectWebSocket({ url, token: hub.ready.tokens.nurse ?? '', open: open as never });
  const reading = (async () => {
    for await (const part of await carrier.call.flow.watch({})) {
      onPart(part);
      void carrier.call.streams.drew({ subscription: part.subscription, n: part.n }).catch(() => undefined);
    }
  })();
  reading.catch(() => undefined);
  return { close: () => carrier.close() };
}
