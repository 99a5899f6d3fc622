import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BedId, EncounterId, PatientId } from '#domain/ids.ts';
import { mergePatients, unmergePatients } from '#services/patient-merge.ts';
import { type FlowHouse, type HouseDesk, openFlowHouse } from '../helpers/flow-house.ts';
import { NOON } from '../helpers/makers.ts';
import { eventually } from '../helpers/wait.ts';

let house: FlowHouse;
let desk: HouseDesk;
beforeEach(() => {
  house = openFlowHouse();
  desk = house.as(house.staff('nurse'));
});
afterEach(() => house.close());

const bed = (label: string) => `bed-${label}` as BedId;
const tried = (work: Promise<unknown>) => work.then(() => 'done').catch((error) => error.refusal ?? error.code);

async function register(family: string, mrn: string): Promise<PatientId> {
  const identifiers = [{ system: 'mrn', value: mrn }];
  const { id } = await desk.patients.register({ name: { family, given: ['Ann'] }, identifiers });
  return id;
}

async function stay(patientId: PatientId, label: string) {
  house.time.now += 60_000;
  const { id } = await desk.encounters.admit({ patientId, bedId: bed(label) });
  house.time.now += 60_000;
  return desk.encounters.discharge({ encounterId: id });
}

/** Everything known of two people. */
function recordsOf(...ids: PatientId[]): string {
  const { patients, encounters, flow } = house.store;
  const records = ids.map((id) => ({
    patient: patients.find(id),
    encounters: encounters.listByPatient(id).map((one) => [one, flow.summary(one.id), flow.listOf(one.id)]),
  }));
  return JSON.stringify(records);
}

describe('two records of one person', () => {
  it('become one: encounters and identifiers go over, and the old number finds the new record', async () => {
    const [survivorId, retiredId] = [await register('Okafor', '1'), await register('Okafour', '2')];
    const before = await stay(retiredId, 'A1');
    await desk.patients.merge({ survivorId, retiredId, reason: 'a typing mistake' });
    expect(house.store.encounters.find(before.id)?.patientId).toBe(survivorId);
    expect(await desk.patients.get({ id: retiredId })).toMatchObject({ id: survivorId, name: { family: 'Okafor' } });
    expect(await desk.patients.search({ query: 'Okafour' })).toEqual([]);
    expect(await desk.patients.search({ query: '2' })).toMatchObject([{ id: survivorId }]);
    const [merge] = await desk.patients.merges({ patientId: retiredId });
    expect(merge).toMatchObject({ survivorId, retiredId, retiredName: 'OKAFOUR, Ann', by: 'The nurse' });
    expect(house.store.ledger.list({ limit: 1 })[0]).toMatchObject({ act: 'patient.merged', subject: survivorId });
    await desk.patients.recordAllergies({ patientId: retiredId, allergies: ['latex'] });
    expect(house.store.patients.find(survivorId)?.allergies).toEqual(['latex']);
  });

  it('part again exactly, and what began since stays with the survivor', async () => {
    const [survivorId, retiredId] = [await register('Okafor', '1'), await register('Okafour', '2')];
    await stay(survivorId, 'A1');
    await stay(retiredId, 'A2');
    const before = recordsOf(survivorId, retiredId);
    const { mergeId } = await desk.patients.merge({ survivorId, retiredId, reason: 'the same' });
    expect(recordsOf(survivorId, retiredId)).not.toBe(before);
    await desk.patients.unmerge({ mergeId, reason: 'not the same after all' });
    expect(recordsOf(survivorId, retiredId)).toBe(before);
    expect(await desk.patients.merges({ patientId: survivorId })).toEqual([]);
    const again = await desk.patients.merge({ survivorId, retiredId, reason: 'yes, the same' });
    const later = await stay(survivorId, 'A3');
    await desk.patients.unmerge({ mergeId: again.mergeId, reason: 'no' });
    expect(house.store.encounters.find(later.id)?.patientId).toBe(survivorId);
    expect(house.store.encounters.listByPatient(retiredId)).toHaveLength(1);
    expect(await tried(desk.patients.unmerge({ mergeId, reason: 'again' }))).toBe('already-parted');
  });

  it('are refused as one while both are in care, and told apart only latest first', async () => {
    const [one, two, three] = [await register('One', '1'), await register('Two', '2'), await register('Three', '3')];
    await desk.encounters.admit({ patientId: one, bedId: bed('A1') });
    const { id: encounterId } = await desk.encounters.admit({ patientId: two, bedId: bed('A2') });
    const merge = (survivorId: PatientId, retiredId: PatientId) =>
      desk.patients.merge({ survivorId, retiredId, reason: 'the same' });
    expect(await tried(merge(one, two))).toBe('both-in-care');
    expect(await tried(merge(one, one))).toBe('same-patient');
    await desk.encounters.discharge({ encounterId });
    const first = await merge(one, two);
    expect(await tried(merge(three, two))).toBe('already-merged');
    expect(await tried(merge(two, three))).toBe('already-merged');
    const second = await merge(three, one);
    expect(await desk.patients.get({ id: two })).toMatchObject({ id: three });
    expect(await tried(desk.patients.unmerge({ mergeId: first.mergeId, reason: 'no' }))).toBe('merged-since');
    await desk.patients.unmerge({ mergeId: second.mergeId, reason: 'no' });
    await desk.patients.unmerge({ mergeId: first.mergeId, reason: 'no' });
    expect(await desk.patients.get({ id: two })).toMatchObject({ id: two, identifiers: [{ value: '2' }] });
  });

  it('are the survivor to whoever still holds the old record', async () => {
    const [survivorId, retiredId] = [await register('Okafor', '1'), await register('Okafour', '2')];
    await desk.patients.merge({ survivorId, retiredId, reason: 'the same' });
    const expected = await desk.flow.expect({ patientId: retiredId, expectedAt: null });
    const patientOf = (id: EncounterId) => house.store.encounters.find(id)?.patientId;
    expect(patientOf(expected.encounterId)).toBe(survivorId);
    const { id } = await desk.encounters.admit({ patientId: retiredId, bedId: bed('A1') });
    expect(patientOf(id)).toBe(survivorId);
    expect(await tried(desk.flow.arrive({ patientId: retiredId }))).toBe('already-here');
  });

  it('show under the one name on the board and at the bedside', async () => {
    const [survivorId, retiredId] = [await register('Okafor', '1'), await register('Okafour', '2')];
    const { id } = await desk.encounters.admit({ patientId: retiredId, bedId: bed('A1') });
    const board = house.follow(house.staff('nurse'));
    await eventually('the old name', () => board.encounters()[0]?.displayName === 'OKAFOUR, Ann');
    const { mergeId } = await desk.patients.merge({ survivorId, retiredId, reason: 'the same' });
    await eventually('the one name', () => board.encounters()[0]?.displayName === 'OKAFOR, Ann');
    expect(house.core.live.watched(id)?.patient.id).toBe(survivorId);
    await desk.patients.unmerge({ mergeId, reason: 'no' });
    await eventually('the old name again', () => board.encounters()[0]?.displayName === 'OKAFOUR, Ann');
    expect(house.core.live.watched(id)?.patient.id).toBe(retiredId);
  });

  it('are merged by another system even while both are in care, inside its own transaction', async () => {
    const [survivorId, retiredId] = [await register('One', '1'), await register('Two', '2')];
    await desk.encounters.admit({ patientId: survivorId, bedId: bed('A1') });
    await desk.encounters.admit({ patientId: retiredId, bedId: bed('A2') });
    const deps = { ...house.store, newId: () => 'merge-1', changed: house.core.changes };
    const teller = { actor: 'feed', station: null, at: NOON, reason: null };
    const before = recordsOf(survivorId, retiredId);
    house.store.transact((afterCommit) => {
      expect(mergePatients(deps, { survivorId, retiredId }, teller, afterCommit)).toMatchObject({
        refusal: 'both-in-care',
      });
      expect(mergePatients(deps, { survivorId, retiredId, evenInCare: true }, teller, afterCommit).ok).toBe(true);
    });
    expect(house.store.encounters.listByPatient(survivorId)).toHaveLength(2);
    house.store.transact((afterCommit) => unmergePatients(deps, 'merge-1', teller, afterCommit));
    expect(recordsOf(survivorId, retiredId)).toBe(before);
  });
});

describe('who somebody is', () => {
  it('is corrected with what was wrong in the ledger, and shown on the board', async () => {
    const patientId = await register('Okafor', '1');
    await desk.encounters.admit({ patientId, bedId: bed('A1') });
    const board = house.follow(house.staff('nurse'));
    await eventually('the old name', () => board.encounters()[0]?.displayName === 'OKAFOR, Ann');
    const name = { family: ' Oka  for', given: ['Anna'] };
    expect(await desk.patients.update({ patientId, name, birthDate: '1999-02-28' })).toMatchObject({
      name: { family: 'Oka for', given: ['Anna'] },
      birthDate: '1999-02-28',
      identifiers: [{ system: 'mrn', value: '1' }],
    });
    await eventually('the new name', () => board.encounters()[0]?.displayName === 'OKA FOR, Anna');
    expect(house.store.ledger.list({ limit: 1 })[0]).toMatchObject({
      act: 'patient.updated',
      before: { name: { family: 'Okafor' }, birthDate: null },
      after: { name: { family: 'Oka for' }, birthDate: '1999-02-28' },
    });
    await desk.patients.update({ patientId, birthDate: null });
    expect(house.store.patients.find(patientId)?.birthDate).toBeNull();
  });

  it('is not corrected to somebody else, nor to somebody unborn; saying the same again changes nothing', async () => {
    const [one] = [await register('One', '1'), await register('Two', '2')];
    const taken = [{ system: 'mrn', value: '2' }];
    expect(await tried(desk.patients.update({ patientId: one, identifiers: taken }))).toBe('identifier-taken');
    expect(await tried(desk.patients.update({ patientId: one, birthDate: '2031-01-01' }))).toBe('birth-date-in-future');
    const { seq } = house.store.ledger.list({ limit: 1 })[0] ?? expect.fail();
    await desk.patients.update({ patientId: one, identifiers: [{ system: 'mrn', value: '1' }] });
    expect(house.store.ledger.list({ limit: 1 })[0]?.seq).toBe(seq);
  });
});

describe('lists saved under a name', () => {
  it("are a person's own, others see only what is shared, and only its owner removes it", async () => {
    const [mine, theirs] = [house.as(house.staff('nurse')).views, house.as(house.staff('scheduler')).views];
    const first = await mine.save({ screen: 'lists', name: 'Leaving today', state: '{"a":1}', shared: false });
    expect(await theirs.list({ screen: 'lists' })).toEqual([]);
    expect(await tried(theirs.remove({ id: first.id }))).toBe('not-found');
    const again = await mine.save({ screen: 'lists', name: 'Leaving today', state: '{"a":2}', shared: true });
    expect(again).toMatchObject({ id: first.id, state: '{"a":2}', mine: true });
    await mine.save({ screen: 'devices', name: 'Broken', state: '{}', shared: true });
    expect(await theirs.list({ screen: 'lists' })).toEqual([{ ...again, mine: false }]);
    expect(await tried(theirs.remove({ id: first.id }))).toBe('not-yours');
    await mine.remove({ id: first.id });
    expect(await mine.list({ screen: 'lists' })).toEqual([]);
  });

  it('are at most a hundred a person', async () => {
    const { views } = house.as(house.staff('nurse'));
    for (let at = 0; at < 100; at += 1) await views.save({ screen: 's', name: `v${at}`, state: '{}', shared: false });
    expect(await tried(views.save({ screen: 't', name: 'one more', state: '{}', shared: false }))).toBe(
      'too-many-views',
    );
    expect(await tried(views.save({ screen: 's', name: 'v7', state: '{"b":1}', shared: false }))).toBe('done');
  });
});
