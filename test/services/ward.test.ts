import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallContext } from '#contract/handlers.ts';
import type { DeviceCommand } from '#domain/device/message.ts';
import type { BedId, DeviceId, UserId } from '#domain/ids.ts';
import { createDevices } from '#services/devices.ts';
import { createStreams } from '#services/streams.ts';
import { createWard } from '#services/ward.ts';
import { liveOn, settleIn } from '#test/helpers/live-ward.ts';
import { makeBed, makeDevice, NOON, sequentialIds } from '#test/helpers/makers.ts';
import { openTestStore } from '#test/helpers/store.ts';

let opened: ReturnType<typeof openTestStore>;
let stop: AbortController;
beforeEach(() => {
  opened = openTestStore();
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  opened.remove();
});

function clinic() {
  const { store } = opened;
  const place = settleIn(store);
  const parts = liveOn(store);
  const streams = createStreams({ clock: () => NOON, newId: sequentialIds('stream') });
  const link = () => ({ broker: 'connected' as const, since: NOON, url: 'mqtt://x' });
  const context: CallContext = {
    actor: { id: 'nurse' as UserId, displayName: '', roles: ['nurse'] },
    station: null,
    carrier: 'http',
    tokenHash: 'token',
    signal: stop.signal,
    commit: (work) => store.transact(work),
  };
  return { store, ...place, ...parts, streams, link, context };
}

describe('the board of a ward', () => {
  it('is told of a bed that is gone, and of no bed of another ward', async () => {
    const { store, live, alarms, changes, streams, link, context, ward, bed } = clinic();
    const spare = makeBed({ wardId: ward.id, roomId: bed.roomId, label: '99' });
    store.transact(() => store.locations.saveBed(spare));
    const elsewhere = settleIn(store).bed;
    const board = createWard({ store, live, book: alarms.book, streams, link }).watch({ wardId: ward.id }, context);
    const parts = board[Symbol.asyncIterator]();
    const ids = (beds: readonly { bedId: BedId }[]) => beds.map(({ bedId }) => bedId);
    const first = (await parts.next()).value;
    expect(ids(first.beds)).toEqual([bed.id, spare.id]);
    store.transact(() => store.locations.removeBed(spare.id));
    changes.locations();
    changes.bed(spare.id);
    live.tell();
    const second = (await parts.next()).value;
    expect(second).toMatchObject({ kind: 'changes', removed: [spare.id] });
    expect(ids(second.beds)).toEqual([bed.id]);
    changes.bed(spare.id);
    changes.bed(elsewhere.id);
    changes.bed(bed.id);
    live.tell();
    const third = (await parts.next()).value;
    expect(third).toMatchObject({ kind: 'changes', removed: [] });
    expect(ids(third.beds)).toEqual([bed.id]);
  });
});

describe('asking a device to do something', () => {
  it('is refused once it is retired, and nothing is sent', async () => {
    const { store, live, streams, context } = clinic();
    const sent: DeviceCommand[] = [];
    const never = () => expect.fail('not asked for');
    const devices = createDevices({
      store,
      live,
      streams,
      clock: () => NOON,
      commands: { admit: never, retire: never, tie: never, untie: never, issuePassword: never },
      counts: () => ({ messages: 0, refused: 0 }),
      settle: () => undefined,
      send: async (_device, command) => void sent.push(command),
    });
    const id = 'retired-1' as DeviceId;
    store.transact(() => store.devices.save(makeDevice({ id, admittedAt: NOON - 1, retiredAt: NOON })));
    await expect(devices.command({ device: id, kind: 'identify', body: {} }, context)).rejects.toMatchObject({
      code: 'refused',
      refusal: 'retired',
    });
    expect(sent).toEqual([]);
  });
});
