import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClinicError } from '#domain/clinic-error.ts';
import { ISOLATION_KINDS } from '#domain/flow/bed-state.ts';
import { TRIAGE_CATEGORIES } from '#domain/flow/event.ts';
import type { ActId, PatientId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { User } from '#domain/user/user.ts';
import { type FlowHouse, type HouseDesk, openFlowHouse } from '../helpers/flow-house.ts';
import type { FoldedBoard } from '../helpers/folded-board.ts';
import { eventually } from '../helpers/wait.ts';

let house: FlowHouse;
beforeEach(() => {
  house = openFlowHouse({ wards: 3, bedsPerWard: 12 });
});
afterEach(() => house.close());

const CHANGES = 10_000;
const ROUNDS = 20;
const SEED = 20_261_122;

/** Numbers in [0, 1), the same ones for a seed. */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One thing somebody might do now, sensible or not. */
function createLife(desk: HouseDesk, chance: () => number) {
  const pick = <One>(all: readonly One[]): One => all[Math.floor(chance() * all.length)] ?? expect.fail();
  const people: PatientId[] = [];
  let lastAct: ActId | undefined;
  const { flow, bedStates, tasks } = house.store;
  const encounter = () => pick(flow.listOpenSummaries()).encounterId;
  const task = () => pick(tasks.listOpen()).id;
  const request = () => pick(bedStates.listOpenRequests()).id;
  const bed = () => pick(house.beds).id;
  const acts: readonly (() => Promise<unknown>)[] = [
    async () => people.push((await desk.patients.register({ name: { family: `F${people.length}`, given: ['G'] } })).id),
    () => desk.flow.expect({ patientId: pick(people), expectedAt: house.time.now + 60 * MINUTE_MS }),
    () => desk.flow.expect({ patientId: pick(people), expectedAt: null, wardId: pick(house.wards).id }),
    () => desk.flow.arrive({ patientId: pick(people) }),
    async () => desk.flow.arrive({ encounterId: encounter() }),
    async () => desk.flow.triage({ encounterId: encounter(), category: pick(TRIAGE_CATEGORIES) }),
    async () => desk.flow.see({ encounterId: encounter() }),
    async () => desk.flow.decideAdmission({ encounterId: encounter() }),
    () => desk.encounters.admit({ patientId: pick(people), bedId: bed(), overrideReason: 'needed' }),
    () => desk.encounters.admit({ patientId: pick(people), wardId: pick(house.wards).id }),
    async () => desk.encounters.move({ encounterId: encounter(), bedId: bed(), overrideReason: 'needed' }),
    async () => desk.encounters.move({ encounterId: encounter(), wardId: pick(house.wards).id }),
    async () => desk.flow.swap({ encounterId: encounter(), withEncounterId: encounter(), overrideReason: 'both' }),
    async () => desk.encounters.discharge({ encounterId: encounter() }),
    async () => desk.flow.cancel({ encounterId: encounter(), reason: 'a mistake' }),
    async () => desk.flow.planDischarge({ encounterId: encounter(), expectedAt: null, ordered: chance() < 0.5 }),
    async () => desk.flow.startLeave({ encounterId: encounter() }),
    async () => desk.flow.depart({ encounterId: encounter() }),
    async () => desk.flow.comeBack({ encounterId: encounter() }),
    async () => desk.flow.setIsolation({ encounterId: encounter(), isolation: pick([null, ...ISOLATION_KINDS]) }),
    async () => desk.flow.reserve({ bedId: bed(), encounterId: encounter(), hours: 0.25 }),
    async () => desk.flow.release({ reservationId: pick(bedStates.listReservations()).id }),
    async () =>
      desk.flow.requestBed({
        encounterId: encounter(),
        wardId: pick([null, ...house.wards.map(({ id }) => id)]),
        needs: { equipment: [], isolation: null },
        reason: 'r',
        urgency: 'routine',
      }),
    async () =>
      desk.flow.decideRequest({
        requestId: request(),
        accept: chance() < 0.7,
        answer: 'full',
      }),
    async () => desk.flow.cancelRequest({ requestId: request() }),
    () =>
      desk.beds.block({ bedId: bed(), reason: 'repair', to: chance() < 0.5 ? house.time.now + 5 * MINUTE_MS : null }),
    async () => desk.beds.unblock({ blockId: pick(bedStates.listBlocks(house.time.now)).id }),
    () => desk.tasks.requestCleaning({ bedId: bed() }),
    async () => desk.tasks.start({ taskId: task() }),
    async () => desk.tasks.finish({ taskId: task() }),
    async () => desk.tasks.finish({ taskId: task() }),
    async () => desk.tasks.undo({ taskId: task() }),
    () =>
      desk.patients.update({
        patientId: pick(people),
        name: { family: `R${Math.floor(chance() * 1e6)}`, given: ['G'] },
      }),
    () => desk.patients.merge({ survivorId: pick(people), retiredId: pick(people), reason: 'the same' }),
    async () => desk.flow.undo({ actId: lastAct ?? expect.fail() }),
  ];
  return async (): Promise<boolean> => {
    house.time.now += Math.floor(chance() * 20_000);
    if (people.length < 60) await acts[0]?.();
    try {
      const done = await pick(acts)();
      if (typeof done === 'object' && done !== null && 'actId' in done) lastAct = done.actId as ActId;
      return true;
    } catch (error) {
      // Refused or nothing there to do it to: part of any day.
      if (error instanceof ClinicError && error.code !== 'internal' && error.code !== 'invalid-input') return false;
      if (error instanceof Error && error.name === 'AssertionError') return false;
      throw error;
    }
  };
}

const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

async function agrees(board: FoldedBoard, user: User, wardId: FlowHouse['wards'][number]['id'] | undefined) {
  const question = wardId ? { wardId } : {};
  const differences = async () => {
    if (board.failed()) throw board.failed();
    const asked = await house.as(user).flow.board(question);
    return (['beds', 'encounters', 'requests', 'notices'] as const).filter(
      (list) => sorted(asked[list]).join('\n') !== sorted(board[list]()).join('\n'),
    );
  };
  await eventually('the stream says what the query says', async () => (await differences()).length === 0, 3_000).catch(
    () => undefined,
  );
  expect(await differences()).toEqual([]);
}

describe(`${CHANGES} random changes`, () => {
  it('leave every board showing exactly what a question is answered, and occupied beds exactly those assigned', async () => {
    const nurse = house.staff('nurse');
    const readers = (['nurse', 'cleaner', 'wall'] as const).flatMap((role, at) => {
      const user = house.staff(role);
      return [undefined, house.wards[at]?.id].map((wardId) => ({ user, wardId, board: house.follow(user, wardId) }));
    });
    const live = createLife(house.as(nurse), chanceOf(SEED));
    let done = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let change = 0; change < CHANGES / ROUNDS; change += 1) if (await live()) done += 1;
      for (const { board, user, wardId } of readers) await agrees(board, user, wardId);
      const [first] = readers;
      const held = house.store.assignments.listCurrent().map(({ bedId, encounterId }) => `${bedId} ${encounterId}`);
      const shown = first?.board
        .beds()
        .flatMap(({ bedId, encounterIds }) => encounterIds.map((id) => `${bedId} ${id}`));
      expect(shown?.sort()).toEqual(held.sort());
    }
    expect(done).toBeGreaterThan(CHANGES / 4);
  });
}, 300_000);
