import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Equipment } from '#domain/flow/bed-state.ts';
import type { AreaId, BedId, DeviceId, PatientId, RoomId, UserId, WardId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import type { Role } from '#domain/user/role.ts';
import { startCore } from '#main/core.ts';
import { createBedChoice } from '#services/bed-choice.ts';
import { createBeds } from '#services/beds.ts';
import { createDeviceCommands } from '#services/devices-commands.ts';
import { createEncounters } from '#services/encounters.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowBoard } from '#services/flow-board.ts';
import { createTasks } from '#services/tasks.ts';
import { makeDevice, makePatient, sequentialIds } from '#test/helpers/makers.ts';
import { openTestStore } from '#test/helpers/store.ts';

/** 2026-03-02, a Monday, at six in the morning. */
export const DAWN = Date.UTC(2026, 2, 2, 6);

export type World = ReturnType<typeof openWorld>;

/**
 * A small clinic with all that makes beds hard to have: rooms of one sex, a shared bed, equipment, areas without beds,
 * devices patients wear. Real store, real services, real board.
 */
export function openWorld() {
  const kept = openTestStore();
  const { store } = kept;
  let now = DAWN;
  const clock = () => now;
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const places = furnish(store);
  const core = startCore({
    store,
    log,
    clock,
    // Ids decide what comes first of the same moment: a seed is the same day again.
    newId: sequentialIds('e'),
    clinic: 'test',
    demo: false,
    admitAll: false,
    brokerLostSince: () => null,
  });
  const { settings, changes, streams, alarms, live, engine, doubts } = core;
  const common = { ...store, clock, newId: sequentialIds('r'), changed: changes };
  const board = createFlowBoard({ store, changes, live, alarms, book: alarms.book, doubts, streams, clock, settings });
  const telling: ((tell: () => void) => void)[] = [];
  return {
    store,
    engine,
    doubts,
    settings,
    places,
    clock,
    setClock: (at: number) => {
      now = at;
    },
    encounters: createEncounters({ ...common, engine }),
    acts: createFlowActs({ ...common, engine }),
    choice: createBedChoice({ ...common, settings, newsOf: () => null }),
    beds: createBeds({ ...common, doubts }),
    tasks: createTasks({ ...common, keeping: core.keeping, settings, streams }),
    devices: createDeviceCommands(common),
    board: () => board.board(undefined, as(store, 'scheduler')),
    as: (role: Role) => as(store, role),
    telling,
    close() {
      core.rhythm.close();
      kept.remove();
    },
  };
}

function as(store: Store, role: Role): CallContext {
  return {
    actor: { id: `user-${role}` as UserId, displayName: `A ${role}`, roles: [role] },
    station: 'Station 1',
    carrier: 'websocket',
    tokenHash: null,
    signal: new AbortController().signal,
    commit: (work) => store.transact(work),
  };
}

const EQUIPPED: Readonly<Record<number, readonly Equipment[]>> = { 0: ['monitor', 'oxygen'], 5: ['monitor'] };

function furnish(store: Store) {
  const wards = ['north', 'south'] as WardId[];
  const beds: Bed[] = [];
  const areas = ['waiting', 'theatre'] as AreaId[];
  const devices = ['worn-1', 'worn-2', 'worn-3'] as DeviceId[];
  store.transact(() => {
    for (const id of wards) store.locations.saveWard({ id, name: id });
    for (const [index, sexRule] of (['any', 'same', 'female', 'any'] as const).entries()) {
      const wardId = wards[index % 2] as WardId;
      const roomId = `room-${index}` as RoomId;
      store.locations.saveRoom({ id: roomId, wardId, label: `Room ${index}` });
      store.bedStates.saveRoomAttributes(roomId, { sexRule, isolationFor: ['contact'], code: null, fromFeed: false });
      for (let place = 0; place < 3; place += 1) {
        const number = beds.length;
        const bed: Bed = { id: `bed-${number}` as BedId, wardId, roomId, label: String(number) };
        beds.push(bed);
        store.locations.saveBed(bed);
        const attributes = store.bedStates.bedAttributes(bed.id);
        const equipment = EQUIPPED[number] ?? [];
        store.bedStates.saveBedAttributes(bed.id, { ...attributes, equipment, places: number === 11 ? 2 : 1 });
      }
    }
    for (const id of areas) store.areas.saveArea({ id, wardId: null, name: id, kind: 'waiting', code: null });
    for (const id of devices) store.devices.save(makeDevice({ id }));
    for (const role of ['nurse', 'physician', 'scheduler', 'cleaner'] as const)
      store.users.save({
        id: `user-${role}` as UserId,
        username: role,
        displayName: `A ${role}`,
        roles: [role],
        disabled: false,
      });
  });
  return { wards, beds, areas, devices };
}

/** Somebody new to the clinic. */
export function newPatient({ store }: Pick<World, 'store'>, number: number): PatientId {
  const sex = number % 2 === 0 ? 'female' : 'male';
  const patient = makePatient({ id: `p-${number}` as PatientId, sex, name: { family: `P${number}`, given: ['A'] } });
  store.transact(() => store.patients.save(patient));
  return patient.id;
}
