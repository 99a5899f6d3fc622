import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { User } from '#domain/user/user.ts';
import { type FlowHouse, openFlowHouse } from '../helpers/flow-house.ts';
import type { FoldedBoard } from '../helpers/folded-board.ts';
import { NOON } from '../helpers/makers.ts';
import { eventually } from '../helpers/wait.ts';

let house: FlowHouse;
let nurse: User;
beforeEach(() => {
  house = openFlowHouse();
  nurse = house.staff('nurse');
});
afterEach(() => house.close());

const WARD_A = 'ward-A';
const bed = (label: string) => `bed-${label}` as FlowHouse['beds'][number]['id'];
const ward = (id: string) => id as FlowHouse['wards'][number]['id'];

async function register(family: string, given = 'Ann'): Promise<PatientId> {
  const { id } = await house.as(nurse).patients.register({ name: { family, given: [given] }, birthDate: '1961-05-17' });
  return id;
}

async function admit(family: string, label: string): Promise<EncounterId> {
  const { id } = await house.as(nurse).encounters.admit({ patientId: await register(family), bedId: bed(label) });
  return id;
}

async function shows(what: string, board: FoldedBoard, ask: () => boolean): Promise<void> {
  await eventually(what, () => {
    if (board.failed()) throw board.failed();
    return ask();
  });
}

const sorted = <Row extends object>(rows: readonly Row[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

async function agrees(board: FoldedBoard, user: User, wardId?: (typeof house.wards)[number]['id']): Promise<void> {
  await eventually('the stream says what the query says', async () => {
    const asked = await house.as(user).flow.board(wardId ? { wardId } : {});
    const same = (one: readonly object[], other: readonly object[]) => sorted(one).join() === sorted(other).join();
    return (
      same(board.beds(), asked.beds) &&
      same(board.encounters(), asked.encounters) &&
      same(board.requests(), asked.requests) &&
      same(board.notices(), asked.notices)
    );
  });
}

describe('a live board', () => {
  it('shows every bed at once, and a patient as soon as one is admitted', async () => {
    const board = house.follow(nurse);
    await shows('sixteen beds', board, () => board.beds().length === 16);
    const encounterId = await admit('Okafor', 'A3');
    await shows('the patient', board, () => board.encounters().length === 1);
    expect(board.encounters()[0]).toMatchObject({
      encounterId,
      displayName: 'OKAFOR, Ann',
      placeWords: 'Ward A, bed A3',
      status: 'in-progress',
      bedSince: NOON,
      ageYears: 64,
    });
    expect(board.beds().find(({ bedId }) => bedId === bed('A3'))).toMatchObject({
      status: 'occupied',
      encounterIds: [encounterId],
    });
  });

  it('shows a bed dirty from the moment its patient left, never free, and ready once it was cleaned', async () => {
    const board = house.follow(nurse, ward(WARD_A));
    const encounterId = await admit('Okafor', 'A1');
    const tile = () => board.beds().find(({ bedId }) => bedId === bed('A1'));
    await shows('occupied', board, () => tile()?.status === 'occupied');
    house.time.now += MINUTE_MS;
    await house.as(nurse).encounters.discharge({ encounterId });
    await shows('dirty', board, () => tile()?.status === 'housekeeping');
    expect(board.encounters()).toEqual([]);
    expect(board.notices()[0]).toMatchObject({ kind: 'bed-dirty', words: 'Bed A1, Ward A is to be cleaned.' });
    const task = tile()?.cleaning;
    expect(task).toMatchObject({ state: 'requested', requestedAt: NOON + MINUTE_MS, dueAt: NOON + 31 * MINUTE_MS });
    await house.as(house.staff('cleaner')).tasks.finish({ taskId: task?.taskId ?? expect.fail() });
    await shows('free', board, () => tile()?.status === 'unoccupied');
    expect(board.notices().map(({ kind }) => kind)).toEqual(['bed-ready']);
    const states = board.parts.flatMap((part) => part.beds.filter(({ bedId }) => bedId === bed('A1')));
    expect(states.map(({ status }) => status)).toEqual(['unoccupied', 'occupied', 'housekeeping', 'unoccupied']);
  });

  it('of a ward holds its beds and patients, those who are to come, and who waits in no ward', async () => {
    const board = house.follow(nurse, ward(WARD_A));
    const desk = house.as(nurse);
    await admit('Elsewhere', 'B1');
    const asking = await admit('Asking', 'B2');
    const kept = await admit('Kept', 'B3');
    await admit('Here', 'A1');
    const waiting = await register('Waiting');
    await desk.flow.arrive({ patientId: waiting });
    const needs = { equipment: [], isolation: null };
    await desk.flow.requestBed({
      encounterId: asking,
      wardId: ward(WARD_A),
      needs,
      reason: 'closer',
      urgency: 'urgent',
    });
    await desk.flow.reserve({ bedId: bed('A5'), encounterId: kept });
    const names = () => board.encounters().map(({ displayName }) => displayName?.split(',')[0]);
    await shows('four patients', board, () => board.encounters().length === 4);
    expect(names().sort()).toEqual(['ASKING', 'HERE', 'KEPT', 'WAITING']);
    expect(board.requests()).toMatchObject([{ encounterId: asking, state: 'requested' }]);
    expect(board.beds()).toHaveLength(8);
    await agrees(board, nurse, ward(WARD_A));
    await desk.encounters.move({ encounterId: asking, bedId: bed('A2') });
    await shows('the request is done', board, () => board.requests().length === 0);
    expect(names().sort()).toEqual(['ASKING', 'HERE', 'KEPT', 'WAITING']);
  });

  it('lets go of a patient who moved to another ward', async () => {
    const board = house.follow(nurse, ward(WARD_A));
    const encounterId = await admit('Okafor', 'A1');
    await shows('here', board, () => board.encounters().length === 1);
    await house.as(nurse).encounters.move({ encounterId, bedId: bed('B1') });
    await shows('gone', board, () => board.encounters().length === 0);
    await agrees(board, nurse, ward(WARD_A));
  });

  it('says the same to two consoles, and to one that comes back: whole first', async () => {
    const [one, other] = [house.follow(nurse), house.follow(house.staff('scheduler'))];
    await admit('First', 'A1');
    await shows('the first', one, () => one.encounters().length === 1);
    one.stop();
    await admit('Second', 'A2');
    await shows('both', other, () => other.encounters().length === 2);
    const again = house.follow(nurse);
    await shows('the whole', again, () => again.encounters().length === 2);
    expect(again.parts[0]).toMatchObject({ kind: 'whole', n: 1 });
    await agrees(again, nurse);
    expect(again.beds()).toEqual(other.beds());
  });

  it('gives a slow reader the latest only, never a queue', async () => {
    const slow = house.follow(nurse, undefined, 'websocket');
    await shows('the whole', slow, () => slow.parts.length > 0);
    const encounterId = await admit('Okafor', 'A1');
    await shows('its credit is used', slow, () => slow.parts.length === 2);
    for (const label of ['A2', 'A3', 'A4', 'A5']) {
      await house.as(nurse).encounters.move({ encounterId, bedId: bed(label) });
    }
    const sent = slow.parts.length;
    const { subscription, n } = slow.parts[sent - 1] ?? expect.fail();
    house.core.streams.handlers.drew({ subscription, n }, { tokenHash: `token of ${nurse.id}` } as never);
    await shows('the last place', slow, () => slow.encounters()[0]?.placeWords === 'Ward A, bed A5');
    expect(slow.parts.length - sent).toBeLessThan(3);
    const places = slow.parts.slice(sent).flatMap((part) => part.encounters.map(({ placeWords }) => placeWords));
    expect(places).toEqual(['Ward A, bed A5']);
  });

  it('tells of new places with the whole', async () => {
    const board = house.follow(nurse);
    await shows('the whole', board, () => board.parts.length > 0);
    const admin = house.as(house.staff('admin'));
    const { id: wardId } = await admin.locations.addWard({ name: 'Ward C' });
    const { id: roomId } = await admin.locations.addRoom({ wardId, label: 'C1' });
    await admin.locations.addBed({ roomId, label: '1' });
    await shows('the new bed', board, () => board.beds().length === 17);
    const wholes = board.parts.filter((part) => part.kind === 'whole');
    expect(wholes.at(-1)?.wards.map(({ name }) => name)).toEqual(['Ward A', 'Ward B', 'Ward C']);
  });

  it('refuses a ward there is not', async () => {
    await expect(house.as(nurse).flow.board({ wardId: ward('nowhere') })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what comes true by time alone is on the board by itself', () => {
  it('a wait over its target, from arrival and category, until the patient is seen', async () => {
    const desk = house.as(nurse);
    const { encounterId } = await desk.flow.arrive({ patientId: await register('Okafor') });
    await desk.flow.triage({ encounterId, category: 'orange' });
    const board = house.follow(nurse);
    await shows('the wait', board, () => board.encounters().length === 1);
    expect(board.encounters()[0]).toMatchObject({ seeBy: NOON + 10 * MINUTE_MS, seenAt: null });
    expect(board.notices()).toEqual([]);
    house.time.now = NOON + 11 * MINUTE_MS;
    await desk.flow.triage({ encounterId, category: 'orange' });
    await shows('overdue', board, () => board.notices()[0]?.kind === 'wait-overdue');
    expect(board.notices()[0]?.words).not.toContain('OKAFOR');
    await desk.flow.see({ encounterId });
    await shows('seen', board, () => board.notices().length === 0);
    expect(board.encounters()[0]).toMatchObject({ seeBy: null });
  });

  it('a reservation that lapses and a block that ends', async () => {
    const desk = house.as(nurse);
    const board = house.follow(nurse);
    const encounterId = await admit('Okafor', 'A1');
    await desk.flow.reserve({ bedId: bed('A2'), encounterId, hours: 1 });
    await desk.beds.block({ bedId: bed('A3'), reason: 'repair', note: 'call bell', to: NOON + HOUR_MS });
    const tile = (label: string) => board.beds().find(({ bedId }) => bedId === bed(label));
    await shows('both', board, () => tile('A2')?.reservation != null && tile('A3')?.status === 'closed');
    expect(tile('A2')?.reservation).toMatchObject({ displayName: 'OKAFOR, Ann', until: NOON + HOUR_MS });
    house.time.now = NOON + HOUR_MS;
    await shows('neither', board, () => tile('A2')?.reservation === null && tile('A3')?.status === 'unoccupied');
    await shows('told', board, () => board.notices().length === 2);
    expect(
      board
        .notices()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['block-ended', 'reservation-lapsed']);
    await agrees(board, nurse);
  });

  it('a cleaning nobody begins, then one that takes too long', async () => {
    const encounterId = await admit('Okafor', 'A1');
    house.time.now = NOON + MINUTE_MS;
    await house.as(nurse).encounters.discharge({ encounterId });
    const kinds = async () => (await house.as(nurse).flow.board({})).notices.map(({ kind }) => kind);
    expect(await kinds()).toEqual(['bed-dirty']);
    house.time.now = NOON + 31 * MINUTE_MS;
    expect(await kinds()).toEqual(['response-overdue', 'bed-dirty']);
    const [task] = await house.as(nurse).tasks.list({});
    await house.as(nurse).tasks.start({ taskId: task?.id ?? expect.fail() });
    expect(await kinds()).toEqual(['bed-dirty']);
    house.time.now = NOON + 61 * MINUTE_MS;
    expect((await kinds()).sort()).toEqual(['bed-dirty', 'clean-overdue', 'turn-overdue']);
    await house.as(nurse).tasks.finish({ taskId: task?.id ?? expect.fail() });
    expect(await kinds()).toEqual(['bed-ready']);
    house.time.now = NOON + 14 * HOUR_MS;
    expect(await kinds()).toEqual([]);
  });
});
