import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { HOUR_MS } from '#domain/time.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';
import { type FlowHouse, openFlowHouse } from '../helpers/flow-house.ts';
import type { FoldedBoard } from '../helpers/folded-board.ts';
import { NOON } from '../helpers/makers.ts';
import { eventually } from '../helpers/wait.ts';

let house: FlowHouse;
let nurse: User;
let encounterId: EncounterId;
beforeEach(() => {
  house = openFlowHouse();
  nurse = house.staff('nurse');
});
afterEach(() => house.close());

const bed = (label: string) => `bed-${label}` as BedId;

/** A ward whose records say many things about its patients, each with a word found nowhere else. */
async function liveThroughADay(): Promise<void> {
  const desk = house.as(nurse);
  const { id: patientId } = await desk.patients.register({
    name: { family: 'Canaryfamily', given: ['Zebragiven'] },
    birthDate: '1957-09-23',
    sex: 'female',
    identifiers: [{ system: 'mrn', value: 'canary-mrn' }],
  });
  const visit = { visitNumber: 'canary-visit', reason: 'canary reason' };
  const admitted = await desk.encounters.admit({ patientId, bedId: bed('A1'), ...visit });
  encounterId = admitted.id;
  await desk.encounters.assignNurse({ encounterId, userId: nurse.id });
  await desk.flow.setIsolation({ encounterId, isolation: 'contact' });
  await desk.flow.planDischarge({
    encounterId,
    expectedAt: NOON + HOUR_MS,
    waitingFor: 'canary waiting',
    ordered: true,
  });
  const needs = { equipment: ['monitor' as const], isolation: null };
  await desk.flow.requestBed({ encounterId, wardId: null, needs, reason: 'canary request', urgency: 'urgent' });
  await desk.flow.reserve({ bedId: bed('A2'), encounterId });
  await desk.beds.block({ bedId: bed('A3'), reason: 'other', note: 'canary note' });
  await desk.observations.record({
    encounterId,
    values: { rr: 28, spo2: 90, oxygen: true, 'nibp-sys': 75, pr: 135, acvpu: 'V', temp: 39.4 },
  });
  const { id: other } = await desk.patients.register({ name: { family: 'Canarysecond', given: ['Quaggagiven'] } });
  const waiting = await desk.flow.arrive({ patientId: other, reason: 'canary complaint' });
  await desk.flow.triage({ encounterId: waiting.encounterId, category: 'red' });
  await desk.encounters.move({ encounterId, bedId: bed('A4'), overrideReason: 'canary override' });
  const [task] = await desk.tasks.list({});
  await desk.tasks.start({ taskId: task?.id ?? expect.fail() });
}

async function boardOf(role: Role): Promise<{ board: FoldedBoard; asked: string }> {
  const user = house.staff(role);
  const board = house.follow(user);
  await eventually('the whole', () => board.parts.length > 0);
  await liveThroughADay();
  house.time.now += 1_000;
  await eventually('the last change', () => {
    if (board.failed()) throw board.failed();
    return board.beds().some(({ cleaning }) => cleaning?.state === 'started') && board.encounters().length === 2;
  });
  return { board, asked: JSON.stringify(await house.as(user).flow.board({})) };
}

const NAMES = /canary|zebra|quagga|1957/i;
const rowOf = (board: FoldedBoard) => board.encounters().find((row) => row.encounterId === encounterId);

describe('what a board tells follows who looks at it', () => {
  it('a nurse sees names, reasons, score and alarms', async () => {
    const { board } = await boardOf('nurse');
    await eventually('the score', () => rowOf(board)?.news != null);
    expect(rowOf(board)).toMatchObject({
      displayName: 'CANARYFAMILY, Zebragiven',
      reason: 'canary reason',
      waitingFor: 'canary waiting',
      isolation: 'contact',
      news: { complete: true },
      alarm: { priority: 'high' },
      offerMonitoredBed: true,
      placeWords: 'Ward A, bed A4',
    });
    expect(rowOf(board)?.news?.total).toBeGreaterThanOrEqual(7);
  });

  it('a scheduler sees names, and neither score nor alarm', async () => {
    const { board, asked } = await boardOf('scheduler');
    expect(rowOf(board)).toMatchObject({ displayName: 'CANARYFAMILY, Zebragiven', visitNumber: 'canary-visit' });
    for (const text of [board.text(), asked]) {
      expect(text).not.toMatch(/"news":\{|"alarm":\{|"offerMonitoredBed":true/);
    }
  });

  it.each(['cleaner', 'porter'] as const)('a %s sees beds and initials, nothing else of patients', async (role) => {
    const { board, asked } = await boardOf(role);
    expect(rowOf(board)).toMatchObject({ displayName: 'ZC', placeWords: 'Ward A, bed A4', isolation: 'contact' });
    expect(board.beds().find(({ bedId }) => bedId === bed('A1'))?.cleaning?.assigneeName).toBe('The nurse');
    for (const text of [board.text(), asked]) {
      expect(text).not.toMatch(NAMES);
      expect(text).not.toMatch(/"news":\{|"alarm":\{|"offerMonitoredBed":true|"ageYears":\d|"sex":"f/);
    }
  });

  it.each(['wall', 'admin'] as const)('a %s sees no name, no initials, nothing anyone typed', async (role) => {
    const { board, asked } = await boardOf(role);
    expect(rowOf(board)).toMatchObject({ displayName: null, patientId: null, nurseId: null, isolation: 'contact' });
    for (const text of [board.text(), asked]) {
      expect(text).not.toMatch(NAMES);
      expect(text).not.toMatch(/"ageYears":\d|"sex":"f/);
      expect(text).not.toMatch(/"(ZC|QC)"|The nurse/);
      if (role === 'admin') expect(text).not.toMatch(/"news":\{|"alarm":\{|"offerMonitoredBed":true/);
    }
  });

  it('a wall sees the score and the alarm of a bed, as the board without names does', async () => {
    const { board } = await boardOf('wall');
    await eventually('the score', () => rowOf(board)?.news != null);
    expect(rowOf(board)).toMatchObject({ displayName: null, news: { complete: true }, alarm: { priority: 'high' } });
    expect(rowOf(board)?.news?.total).toBeGreaterThanOrEqual(7);
  });

  it('sends a wall nothing for a change it may not see', async () => {
    await liveThroughADay();
    const [wall, other] = [house.follow(house.staff('wall')), house.follow(nurse)];
    await eventually('both', () => wall.parts.length > 0 && other.encounters().length === 2);
    const before = wall.parts.length;
    await house
      .as(nurse)
      .patients.update({ patientId: rowOf(other)?.patientId ?? expect.fail(), name: { family: 'Emu', given: [] } });
    await eventually('the new name', () => rowOf(other)?.displayName === 'EMU');
    expect(wall.parts.slice(before).flatMap(({ encounters, beds }) => [...encounters, ...beds])).toEqual([]);
  });
});
