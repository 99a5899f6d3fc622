import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDevice, type TestDevice } from '../helpers/device.ts';
import { type RunningHub, removeDataDir, startHub } from '../helpers/hub.ts';
import { eventually } from '../helpers/wait.ts';

interface Tile {
  readonly bedId: string;
  readonly status: string;
  readonly block: object | null;
  readonly doubts: readonly { readonly id: string; readonly kind: string; readonly what: string }[];
}
interface Row {
  readonly encounterId: string;
  readonly call: { readonly since: number } | null;
  readonly tagAt: string | null;
}

let hub: RunningHub;
let bedId: string;
let other: string;
let patientId: string;
let encounterId: string;
beforeAll(async () => {
  hub = await startHub(['--demo', '--bare', '--port', '0']);
  const { id: wardId } = await hub.call<{ id: string }>('locations/addWard', { name: 'East' }, 'admin');
  const { id: roomId } = await hub.call<{ id: string }>('locations/addRoom', { wardId, label: 'E1' }, 'admin');
  bedId = (await hub.call<{ id: string }>('locations/addBed', { roomId, label: '1' }, 'admin')).id;
  other = (await hub.call<{ id: string }>('locations/addBed', { roomId, label: '2' }, 'admin')).id;
  const registered = await hub.call<{ id: string }>('patients/register', {
    name: { family: 'Okafor', given: ['Ann'] },
    birthDate: '1961-05-17',
    sex: 'female',
  });
  patientId = registered.id;
  encounterId = (await hub.call<{ id: string }>('encounters/admit', { patientId, bedId })).id;
});
afterAll(async () => {
  await hub.end();
  removeDataDir(hub.dataDir);
});

const board = () => hub.call<{ beds: Tile[]; encounters: Row[] }>('flow/board');
const tile = async (id: string) => (await board()).beds.find((one) => one.bedId === id) ?? expect.fail();
const row = async () => (await board()).encounters.find((one) => one.encounterId === encounterId) ?? expect.fail();

/** A tag of the patient, known, admitted and tied. */
async function tagOfPatient(id: string): Promise<TestDevice> {
  const tag = await connectDevice(hub.ready.mqtt, id, hub.ready.clinic);
  await tag.hello({ type: 'rtls-tag', metrics: [] });
  await eventually('the tag is heard of', async () => {
    const devices = await hub.call<{ id: string }[]>('devices/list');
    return devices.some((one) => one.id === id);
  });
  await hub.call('devices/admit', { device: id }, 'admin');
  await hub.call('devices/tie', { device: id, patientId });
  return tag;
}

describe('on a running hub', () => {
  it('a block whose time runs out is gone from the board by itself', async () => {
    await hub.call('beds/block', { bedId: other, reason: 'repair', to: Date.now() + 1_500 });
    expect(await tile(other)).toMatchObject({ status: 'closed' });
    await eventually('the bed is free again', async () => (await tile(other)).status === 'unoccupied');
    await eventually('the ledger says so', async () => {
      const ended = await hub.call<{ actor: string }[]>('ledger/list', { limit: 20, act: 'bed.blockEnded' }, 'admin');
      return ended[0]?.actor === 'hub';
    });
  });

  it('a tag heard elsewhere and a call are on the board, and a person settles the doubt', async () => {
    const tag = await tagOfPatient('tag-1');
    const event = (seq: number, kind: string, detail: object) =>
      tag.raw('event', JSON.stringify({ seq, at: Date.now(), kind, detail }));
    await event(0, 'location', { room: 'E1' });
    await event(1, 'location', { room: 'X-ray' });
    await eventually('the tag is shown', async () => (await row()).tagAt === 'X-ray');
    const [doubt] = (await tile(bedId)).doubts;
    expect(doubt).toMatchObject({ kind: 'tag-elsewhere', what: 'Tag tag-1 was last heard in X-ray' });
    expect(await tile(bedId)).toMatchObject({ status: 'occupied' });
    await hub.call('beds/settleDoubt', { doubtId: doubt?.id });
    expect((await tile(bedId)).doubts).toEqual([]);
    await event(2, 'button', {});
    const calling = await eventually('the call is shown', async () => (await row()).call);
    expect(calling.since).toBeGreaterThan(0);
    await tag.close();
  });

  it('a cleaner reads the beds to clean and nobody’s name', async () => {
    await hub.call('tasks/requestCleaning', { bedId: other });
    const rows = await hub.call<{ bedLabel: string }[]>('tasks/list', {}, 'cleaner');
    expect(rows).toMatchObject([{ bedLabel: '2' }]);
    expect(JSON.stringify(rows)).not.toContain('OKAFOR');
  });
});
