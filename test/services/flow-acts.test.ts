import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActId, AreaId, BedId, EncounterId, PatientId } from '#domain/ids.ts';
import { makeDevice, makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
let clinic: TestClinic;
let nurse: Desk;
let physician: Desk;
let now = NOON;

beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
  physician = clinic.as(clinic.staff('physician'));
  clinic.store.transact(() => {
    const area = { wardId: null, kind: 'waiting', code: 'WAIT' } as const;
    clinic.store.areas.saveArea({ ...area, id: 'waiting' as AreaId, name: 'Waiting room' });
  });
});
afterAll(() => clinic.close());

/** Every test is a day of its own: whoever is here has left, and the beds are clean. */
beforeEach(async () => {
  pass(HOUR);
  for (const { id } of clinic.store.encounters.listOpen()) await nurse.encounters.discharge({ encounterId: id });
  pass(MINUTE);
  clinic.clean();
});

function pass(ms: number): number {
  now += ms;
  clinic.setClock(now);
  return now;
}

function patient(family = 'Okafor'): PatientId {
  const made = makePatient({ name: { family, given: ['Ann'] } });
  clinic.store.transact(() => clinic.store.patients.save(made));
  return made.id;
}

const bedId = (place: 0 | 1 | 2 | 3): BedId => clinic.beds[place].id;
const summary = (encounterId: EncounterId) => clinic.store.flow.summary(encounterId);
const lying = (place: 0 | 1 | 2 | 3) => clinic.store.assignments.current({ bedId: bedId(place) })?.encounterId;
const lastEntry = () => clinic.store.ledger.list({ limit: 1 })[0];
const dirty = (place: 0 | 1 | 2 | 3) => clinic.store.tasks.openCleaning(bedId(place))?.state;

async function inBed(place: 0 | 1 | 2 | 3, family?: string) {
  const stay = await nurse.encounters.admit({ patientId: patient(family), bedId: bedId(place) });
  return { ...stay, actId: stay.actId as ActId };
}

describe('a way through the clinic', () => {
  it('goes from expected to admitted in one encounter, each step with its time', async () => {
    const patientId = patient();
    const expectedAt = now + HOUR;
    const { encounterId } = await nurse.flow.expect({ patientId, expectedAt, wardId: clinic.ward.id, reason: 'hip' });
    expect(clinic.store.encounters.find(encounterId)).toMatchObject({ status: 'planned', reason: 'hip' });
    expect(summary(encounterId)).toMatchObject({
      expectedAt,
      place: { wardId: clinic.ward.id },
      class: 'planned-admission',
    });
    const arrivedAt = pass(50 * MINUTE);
    expect(await nurse.flow.arrive({ patientId, areaId: 'waiting' as AreaId })).toMatchObject({ encounterId });
    expect(summary(encounterId)).toMatchObject({ arrivedAt, place: { areaId: 'waiting' }, class: 'emergency' });
    const triagedAt = pass(5 * MINUTE);
    await nurse.flow.triage({ encounterId, category: 'yellow' });
    const seenAt = pass(10 * MINUTE);
    await physician.flow.see({ encounterId });
    expect(await failure(physician.flow.see({ encounterId }))).toMatch(/^refused\/already-seen/);
    pass(MINUTE);
    await nurse.flow.triage({ encounterId, category: 'orange', at: triagedAt + MINUTE });
    await physician.flow.decideAdmission({ encounterId });
    const admittedAt = pass(20 * MINUTE);
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(0), visitNumber: 'V-77' });
    expect(stay).toMatchObject({ id: encounterId, status: 'in-progress', admittedAt: arrivedAt });
    expect(summary(encounterId)).toMatchObject({
      visitNumber: 'V-77',
      class: 'inpatient',
      triage: { category: 'orange', at: triagedAt + MINUTE },
      seenAt,
      admittedAt,
      place: null,
    });
    await physician.flow.markReady({ encounterId });
    await nurse.flow.planDischarge({ encounterId, expectedAt: now + HOUR, waitingFor: 'transport', ordered: true });
    expect(dirty(0)).toBeUndefined();
    expect(lying(0)).toBe(encounterId);
    const leftAt = pass(HOUR);
    await nurse.encounters.discharge({ encounterId });
    expect(dirty(0)).toBe('requested');
    expect(await nurse.flow.stays({ visitNumber: 'V-77' })).toEqual([
      { location: 'WAIT^^', from: arrivedAt, to: admittedAt },
      { location: 'North^Bay 1^1', from: admittedAt, to: leftAt },
    ]);
    const told = await nurse.flow.history({ encounterId });
    expect(told.map(({ words }) => words)).toEqual([
      'Expected in North: hip',
      'Arrived in Waiting room',
      'Triaged yellow',
      'Triaged orange',
      'Seen',
      'Admission decided',
      'Admitted to North, bed 1',
      'Medically ready to leave',
      'Discharge ordered, waiting for transport',
      'Left, home',
    ]);
    expect(told.every(({ unexplained, voided, by }) => !unexplained && !voided && by.startsWith('The '))).toBe(true);
  });

  it('keeps the bed through leave and theatre, and comes back from each once', async () => {
    const { id: encounterId } = await inBed(0);
    await nurse.flow.startLeave({ encounterId });
    expect(clinic.store.encounters.find(encounterId)?.status).toBe('on-hold');
    expect(await failure(nurse.flow.depart({ encounterId }))).toMatch(/^refused\/already-away/);
    expect(lying(0)).toBe(encounterId);
    pass(MINUTE);
    await nurse.flow.comeBack({ encounterId });
    expect(await failure(nurse.flow.comeBack({ encounterId }))).toMatch(/^refused\/not-away/);
    await nurse.flow.depart({ encounterId, areaId: 'waiting' as AreaId });
    expect(summary(encounterId)?.away).toMatchObject({ kind: 'elsewhere', place: { areaId: 'waiting' } });
    pass(MINUTE);
    await nurse.flow.comeBack({ encounterId });
    expect(summary(encounterId)?.away).toBeNull();
  });

  it('refuses what cannot be: steps ahead of time, of somebody gone, and a second coming', async () => {
    const { id: encounterId, patientId } = await inBed(0);
    expect(await failure(nurse.flow.triage({ encounterId, category: 'red', at: now + 1 }))).toMatch(
      /^refused\/in-future/,
    );
    expect(await failure(nurse.flow.arrive({ patientId }))).toMatch(/^refused\/already-here/);
    expect(await failure(nurse.flow.expect({ patientId, expectedAt: null }))).toMatch(/^refused\/already-admitted/);
    expect(await failure(nurse.encounters.move({ encounterId }))).toMatch(/^refused\/no-place/);
    pass(MINUTE);
    await nurse.encounters.discharge({ encounterId });
    expect(await failure(nurse.flow.triage({ encounterId, category: 'red' }))).toMatch(/^refused\/not-in-progress/);
    const { actId } = await nurse.flow.cancel({ encounterId, reason: 'another patient was meant' });
    expect(clinic.store.encounters.find(encounterId)?.status).toBe('cancelled');
    expect(await failure(nurse.flow.cancel({ encounterId, reason: 'x' }))).toMatch(/^refused\/not-in-progress/);
    await nurse.flow.undo({ actId });
    expect(clinic.store.encounters.find(encounterId)?.status).toBe('discharged');
  });

  it('changes two patients’ beds in one act: neither bed is dirty, and one undo puts both back', async () => {
    const [ann, ben] = [await inBed(0), await inBed(1)];
    pass(MINUTE);
    const { actId } = await nurse.flow.swap({ encounterId: ann.id, withEncounterId: ben.id });
    expect([lying(0), lying(1), dirty(0), dirty(1)]).toEqual([ben.id, ann.id, undefined, undefined]);
    await nurse.flow.undo({ actId });
    expect([lying(0), lying(1), dirty(0), dirty(1)]).toEqual([ann.id, ben.id, undefined, undefined]);
    expect(clinic.store.ledger.list({ limit: 2 }).map(({ act }) => act)).toEqual([
      'encounter.undone',
      'encounter.undone',
    ]);
    const both = now;
    pass(10 * MINUTE);
    const late = { encounterId: ann.id, withEncounterId: ben.id };
    expect(await failure(nurse.flow.swap({ ...late, at: both - 2 * MINUTE }))).toMatch(/^refused\/not-in-a-bed/);
    await nurse.flow.swap({ ...late, at: both });
    expect([lying(0), lying(1)]).toEqual([ben.id, ann.id]);
    expect(clinic.store.assignments.current({ encounterId: ann.id })?.startedAt).toBe(both);
    const nobody = await nurse.encounters.admit({ patientId: patient() });
    const wrong = nurse.flow.swap({ encounterId: ann.id, withEncounterId: nobody.id });
    expect(await failure(wrong)).toMatch(/^refused\/not-in-a-bed/);
  });
});

describe('giving who waits a bed', () => {
  const kind = (kind: 'inpatient' | 'emergency') => {
    const attributes = clinic.store.areas.wardAttributes(clinic.ward.id);
    clinic.store.transact(() => clinic.store.areas.saveWardAttributes(clinic.ward.id, { ...attributes, kind }));
  };

  it('of a ward is their admission, also when it is asked for as a move; taking it back lets them wait again', async () => {
    const { encounterId } = await nurse.flow.arrive({ patientId: patient(), areaId: 'waiting' as AreaId });
    pass(MINUTE);
    const { actId = expect.fail() } = await nurse.encounters.move({ encounterId, bedId: bedId(0) });
    expect(summary(encounterId)).toMatchObject({ admittedAt: now, class: 'inpatient' });
    expect(lastEntry()).toMatchObject({ act: 'encounter.admitted', subject: encounterId });
    await nurse.flow.undo({ actId });
    expect(summary(encounterId)).toMatchObject({
      admittedAt: null,
      class: 'emergency',
      place: { areaId: 'waiting' },
    });
    pass(MINUTE);
    clinic.clean();
    await nurse.encounters.move({ encounterId, bedId: bedId(0) });
    const admittedAt = now;
    pass(MINUTE);
    await nurse.encounters.move({ encounterId, bedId: bedId(1) });
    expect(summary(encounterId)?.admittedAt).toBe(admittedAt);
  });

  it('of the emergency ward is none: they are admitted there, or later, by saying so', async () => {
    kind('emergency');
    const patientId = patient();
    const { encounterId } = await nurse.flow.arrive({ patientId, areaId: 'waiting' as AreaId });
    pass(MINUTE);
    await nurse.encounters.move({ encounterId, bedId: bedId(0) });
    expect(summary(encounterId)).toMatchObject({ admittedAt: null, class: 'emergency' });
    pass(MINUTE);
    await nurse.encounters.admit({ patientId, encounterId, bedId: bedId(0) });
    expect(summary(encounterId)).toMatchObject({ admittedAt: now, class: 'inpatient' });
    expect(lying(0)).toBe(encounterId);
    kind('inpatient');
  });
});

describe('a bed', () => {
  it('somebody left is not clean, and a patient is refused it in words, until it is', async () => {
    const { id: encounterId } = await inBed(0);
    pass(MINUTE);
    await nurse.encounters.move({ encounterId, bedId: bedId(1) });
    const ask = { patientId: patient(), bedId: bedId(0) };
    expect(await failure(nurse.encounters.admit(ask))).toMatch(
      /^refused\/bed-not-ready: Bed 1: Dirty since \d\d:\d\d\./,
    );
    clinic.clean();
    expect(await nurse.encounters.admit(ask)).toMatchObject({ status: 'in-progress' });
  });

  it('declared shared takes mother and baby, and no third', async () => {
    const attributes = clinic.store.bedStates.bedAttributes(bedId(3));
    clinic.store.transact(() => clinic.store.bedStates.saveBedAttributes(bedId(3), { ...attributes, places: 2 }));
    const [mother, baby] = [await inBed(3), await inBed(3)];
    const held = clinic.store.assignments
      .listOf({ bedId: bedId(3) }, now, now + 1)
      .map(({ encounterId }) => encounterId);
    expect(held).toEqual([mother.id, baby.id]);
    expect(await failure(inBed(3))).toMatch(/^refused\/bed-occupied/);
    pass(MINUTE);
    await nurse.encounters.discharge({ encounterId: mother.id });
    expect(dirty(3)).toBeUndefined();
    await nurse.encounters.discharge({ encounterId: baby.id });
    expect(dirty(3)).toBe('requested');
    clinic.store.transact(() => clinic.store.bedStates.saveBedAttributes(bedId(3), { ...attributes, places: 1 }));
  });
});

describe('undo', () => {
  it('of a discharge brings back the bed and the devices worn, and takes the cleaning back', async () => {
    const { id: encounterId, patientId } = await inBed(0);
    const worn = makeDevice();
    clinic.store.transact(() => clinic.store.devices.save(worn));
    await nurse.devices.tie({ device: worn.id, patientId });
    const tie = clinic.store.devices.openTie(worn.id);
    pass(MINUTE);
    const { actId = 'none' as ActId } = await nurse.encounters.discharge({ encounterId });
    expect([clinic.store.devices.openTie(worn.id), dirty(0)]).toEqual([undefined, 'requested']);
    pass(30_000);
    await nurse.flow.undo({ actId });
    expect(clinic.store.encounters.find(encounterId)).toMatchObject({ status: 'in-progress', dischargedAt: null });
    expect([clinic.store.devices.openTie(worn.id), dirty(0), lying(0)]).toEqual([tie, undefined, encounterId]);
    expect(lastEntry()).toMatchObject({ act: 'encounter.undone', after: { actId, tiedAgain: [worn.id] } });
    expect(await failure(nurse.flow.undo({ actId }))).toMatch(/^refused\/already-undone/);
  });

  it('is one’s own, within a minute', async () => {
    const { actId } = await inBed(0);
    expect(await failure(physician.flow.undo({ actId }))).toMatch(/^refused\/not-yours/);
    pass(61_000);
    expect(await failure(nurse.flow.undo({ actId }))).toMatch(/^refused\/too-late/);
    expect(await failure(nurse.flow.undo({ actId: 'none' as ActId }))).toMatch(/^not-found/);
  });

  it('is refused when others went on from there: a later step, the bed taken, the cleaning begun, the device elsewhere', async () => {
    const first = await inBed(0);
    pass(1_000);
    await nurse.encounters.move({ encounterId: first.id, bedId: bedId(1) });
    expect(await failure(nurse.flow.undo({ actId: first.actId }))).toMatch(/^refused\/later-steps/);
    clinic.clean();
    const { actId: moved = 'none' as ActId } = await nurse.encounters.move({ encounterId: first.id, bedId: bedId(2) });
    clinic.clean();
    const next = await inBed(1, 'Mallory');
    expect(await failure(nurse.flow.undo({ actId: moved }))).toBe(
      'refused/bed-occupied: Bed 2 is occupied by MALLORY, Ann.',
    );
    pass(1_000);
    const { actId: ended = 'none' as ActId } = await nurse.encounters.discharge({ encounterId: next.id });
    const task = clinic.store.tasks.openCleaning(bedId(1));
    if (task) clinic.store.transact(() => clinic.store.tasks.save({ ...task, state: 'started', startedAt: now }));
    expect(await failure(nurse.flow.undo({ actId: ended }))).toMatch(
      /^refused\/cleaning-started: Bed 2 is being cleaned/,
    );
    const worn = makeDevice();
    clinic.store.transact(() => clinic.store.devices.save(worn));
    const ada = await inBed(0);
    await nurse.devices.tie({ device: worn.id, patientId: ada.patientId });
    pass(1_000);
    const { actId: left = 'none' as ActId } = await nurse.encounters.discharge({ encounterId: ada.id });
    await nurse.devices.tie({ device: worn.id, patientId: first.patientId });
    expect(await failure(nurse.flow.undo({ actId: left }))).toMatch(/^refused\/device-tied-elsewhere/);
  });

  it('of an admission leaves no trace of it on the board, and of what it said anew', async () => {
    const patientId = patient();
    const { encounterId } = await nurse.flow.expect({
      patientId,
      expectedAt: now,
      reason: 'knee',
      class: 'outpatient',
    });
    pass(MINUTE);
    const before = [summary(encounterId), clinic.store.encounters.find(encounterId)];
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(0), reason: 'hip', pregnant: true });
    expect(stay).toMatchObject({ id: encounterId, reason: 'hip', pregnant: true });
    await nurse.flow.undo({ actId: stay.actId as ActId });
    expect([summary(encounterId), clinic.store.encounters.find(encounterId)]).toEqual(before);
    expect([lying(0), dirty(0)]).toEqual([undefined, undefined]);
  });
});

describe('correcting the record', () => {
  const eventOf = async (encounterId: EncounterId, kind: string) =>
    (await nurse.flow.history({ encounterId })).find((event) => event.kind === kind && !event.voided)?.eventId ?? '';

  it('gives a step another time, place or outcome, and keeps what was said before to be read', async () => {
    const began = now;
    const { id: encounterId } = await inBed(0);
    pass(HOUR);
    const moved = await nurse.encounters.move({ encounterId, bedId: bedId(1) });
    expect(moved.actId).toBeDefined();
    const at = began + 20 * MINUTE;
    await nurse.flow.correct({
      eventId: await eventOf(encounterId, 'transferred'),
      reason: 'It was earlier',
      happenedAt: at,
    });
    const spans = () =>
      clinic.store.assignments
        .listByEncounter(encounterId)
        .map(({ bedId: bed, startedAt, endedAt }) => [bed, startedAt, endedAt]);
    expect(spans()).toEqual([
      [bedId(0), began, at],
      [bedId(1), at, null],
    ]);
    expect(clinic.store.tasks.openCleaning(bedId(0))?.requestedAt).toBe(at);
    await nurse.flow.correct({
      eventId: await eventOf(encounterId, 'transferred'),
      reason: 'It was bed 3',
      bedId: bedId(2),
    });
    expect(spans().map(([bed]) => bed)).toEqual([bedId(0), bedId(2)]);
    expect([lying(1), dirty(1)]).toEqual([undefined, undefined]);
    const told = (await nurse.flow.history({ encounterId })).filter(({ kind }) => kind === 'transferred');
    expect(told.map(({ voided }) => voided?.reason ?? null).sort()).toEqual(
      ['It was bed 3', 'It was earlier', null].sort(),
    );
    pass(MINUTE);
    const left = await nurse.encounters.discharge({ encounterId });
    expect(left.status).toBe('discharged');
    await nurse.flow.correct({ eventId: await eventOf(encounterId, 'discharged'), reason: 'x', outcome: 'died' });
    expect(summary(encounterId)?.outcome).toBe('died');
    const wrong = { eventId: await eventOf(encounterId, 'discharged'), reason: 'x', category: 'red' as const };
    expect(await failure(nurse.flow.correct(wrong))).toMatch(/^refused\/not-correctable/);
    expect(lastEntry()).toMatchObject({ act: 'encounter.corrected', after: { reason: 'x', was: { outcome: 'home' } } });
  });

  it('takes a step back whenever it turns out never to have been, unless later ones need it', async () => {
    const { id: encounterId } = await inBed(0);
    pass(HOUR);
    await nurse.encounters.discharge({ encounterId });
    pass(5 * HOUR);
    const admitted = await eventOf(encounterId, 'admitted');
    const back = { eventId: admitted, reason: 'wrong patient', takeBack: true };
    expect(await failure(nurse.flow.correct(back))).toMatch(/^refused\/later-steps/);
    const { actId } = await nurse.flow.correct({
      eventId: await eventOf(encounterId, 'discharged'),
      reason: 'still here',
      takeBack: true,
    });
    expect([lying(0), dirty(0)]).toEqual([encounterId, undefined]);
    await nurse.flow.undo({ actId });
    expect([lying(0), dirty(0)]).toEqual([undefined, 'requested']);
    expect(summary(encounterId)?.dischargedAt).toBe(now - 5 * HOUR);
  });

  it('late entries put history right: a discharge of an hour ago, a bed held meanwhile by another', async () => {
    const { id: encounterId } = await inBed(0);
    const began = now;
    pass(2 * HOUR);
    const late = await nurse.encounters.discharge({ encounterId, at: began + HOUR, outcome: 'other-facility' });
    expect(late).toMatchObject({ dischargedAt: began + HOUR });
    expect(clinic.store.flow.listOf(encounterId).at(-1)).toMatchObject({ happenedAt: began + HOUR, recordedAt: now });
    clinic.clean();
    const between = nurse.encounters.admit({ patientId: patient(), bedId: bedId(0), at: began + 30 * MINUTE });
    expect(await failure(between)).toMatch(/^refused\/bed-occupied: Bed 1 was occupied at that time/);
    const after = await nurse.encounters.admit({ patientId: patient(), bedId: bedId(0), at: began + 90 * MINUTE });
    expect(after.admittedAt).toBe(began + 90 * MINUTE);
    const before = nurse.encounters.move({ encounterId: after.id, bedId: bedId(1), at: began + 80 * MINUTE });
    expect(await failure(before)).toMatch(/^refused\/not-here-then/);
  });

  it('a move nobody wrote down goes between those that were, also once the patient has left; its inverse takes it out', async () => {
    const { id: encounterId } = await inBed(0);
    const began = now;
    pass(3 * HOUR);
    await nurse.encounters.move({ encounterId, bedId: bedId(2) });
    const spans = () =>
      clinic.store.assignments
        .listByEncounter(encounterId)
        .map(({ bedId: bed, startedAt, endedAt }) => [
          bed,
          (startedAt - began) / HOUR,
          endedAt && (endedAt - began) / HOUR,
        ]);
    const { actId = expect.fail() } = await nurse.encounters.move({ encounterId, bedId: bedId(1), at: began + HOUR });
    expect(spans()).toEqual([
      [bedId(0), 0, 1],
      [bedId(1), 1, 3],
      [bedId(2), 3, null],
    ]);
    expect([dirty(0), dirty(1)].map((at) => at !== undefined)).toEqual([true, true]);
    await nurse.flow.undo({ actId });
    expect(spans()).toEqual([
      [bedId(0), 0, 3],
      [bedId(2), 3, null],
    ]);
    pass(HOUR);
    await nurse.encounters.discharge({ encounterId });
    pass(HOUR);
    await nurse.flow.startLeave({ encounterId, at: began + 2 * HOUR });
    await nurse.encounters.move({ encounterId, bedId: bedId(1), at: began + HOUR });
    expect(spans()).toEqual([
      [bedId(0), 0, 1],
      [bedId(1), 1, 3],
      [bedId(2), 3, 4],
    ]);
    expect(await failure(nurse.encounters.move({ encounterId, bedId: bedId(1), at: now - 1_000 }))).toMatch(
      /^refused\/not-in-progress/,
    );
  });
});
