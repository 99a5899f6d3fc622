import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BedId, DeviceId, EncounterId, PatientId } from '#domain/ids.ts';
import { makeDevice, makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

const HOUR = 3_600_000;
let clinic: TestClinic;
let nurse: Desk;
let physician: Desk;

beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
  physician = clinic.as(clinic.staff('physician'));
});
// A bed somebody left is dirty: these tests are about who lies where.
beforeEach(() => clinic.clean());
afterAll(() => clinic.close());

function patient(family = 'Okafor'): PatientId {
  const made = makePatient({ name: { family, given: ['Ann'] } });
  clinic.store.transact(() => clinic.store.patients.save(made));
  return made.id;
}

const [FIRST, SECOND, THIRD, TENTH] = [0, 1, 2, 3] as const;
const bedId = (place: 0 | 1 | 2 | 3): BedId => clinic.beds[place].id;
const lastEntry = () => clinic.store.ledger.list({ limit: 1 })[0];
const entries = () => lastEntry()?.seq;

describe('a stay', () => {
  it('begins in a bed, which is then occupied, and is in the ledger', async () => {
    const patientId = patient();
    clinic.heard();
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(FIRST), reason: ' chest pain ' });
    expect(stay).toMatchObject({
      patientId,
      status: 'in-progress',
      admittedAt: NOON,
      reason: 'chest pain',
      spo2Scale: 1,
    });
    expect(clinic.heard()).toEqual([`encounter ${stay.id}`, `bed ${bedId(FIRST)}`]);
    expect(lastEntry()).toMatchObject({
      act: 'encounter.admitted',
      subject: stay.id,
      station: 'Station 1',
      before: null,
      after: { patientId, bedId: bedId(FIRST), admittedAt: NOON },
    });
    const found = await nurse.patients.get({ id: patientId });
    expect(found).toMatchObject({ encounter: { id: stay.id }, bed: { label: '1' }, ward: { name: 'North' } });
    await nurse.encounters.discharge({ encounterId: stay.id });
  });

  it('is refused to someone already here, and to an occupied bed: by whom only for those who may know', async () => {
    const mallory = patient('Mallory');
    const stay = await nurse.encounters.admit({ patientId: mallory, bedId: bedId(FIRST) });
    expect(await failure(nurse.encounters.admit({ patientId: mallory }))).toMatch(/^refused\/already-admitted:/);
    const other = patient();
    const before = entries();
    expect(await failure(nurse.encounters.admit({ patientId: other, bedId: bedId(FIRST) }))).toBe(
      'refused/bed-occupied: Bed 1 is occupied by MALLORY, Ann.',
    );
    const porter = clinic.as(clinic.staff('porter'));
    expect(await failure(porter.encounters.admit({ patientId: other, bedId: bedId(FIRST) }))).toBe(
      'refused/bed-occupied: Bed 1 is occupied.',
    );
    expect(entries()).toBe(before);
    expect(clinic.store.encounters.findOpen(other)).toBeUndefined();
    await nurse.encounters.discharge({ encounterId: stay.id });
  });

  it('may be entered late, but not into the time the bed was another’s', async () => {
    const earlier = await nurse.encounters.admit({ patientId: patient(), bedId: bedId(SECOND), at: NOON - 4 * HOUR });
    await nurse.encounters.discharge({ encounterId: earlier.id });
    const patientId = patient();
    const late = nurse.encounters.admit({ patientId, bedId: bedId(SECOND), at: NOON - HOUR });
    expect(await failure(late)).toMatch(/^refused\/bed-occupied: Bed 2 was occupied at that time by OKAFOR/);
    expect(await failure(nurse.encounters.admit({ patientId, at: NOON + 1 }))).toMatch(/^refused\/in-future/);
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(THIRD), at: NOON - HOUR });
    expect(stay.admittedAt).toBe(NOON - HOUR);
    await nurse.encounters.discharge({ encounterId: stay.id });
  });

  it('moves, frees the bed it left, and stays put when moved where it is', async () => {
    const stay = await nurse.encounters.admit({ patientId: patient(), bedId: bedId(FIRST) });
    clinic.heard();
    await nurse.encounters.move({ encounterId: stay.id, bedId: bedId(SECOND) });
    const heard = clinic.heard().filter((change) => !change.startsWith('bedState'));
    expect(heard).toEqual([`encounter ${stay.id}`, `bed ${bedId(FIRST)}`, `bed ${bedId(SECOND)}`]);
    const before = entries();
    await nurse.encounters.move({ encounterId: stay.id, bedId: bedId(SECOND) });
    expect(entries()).toBe(before);
    expect(clinic.heard()).toEqual([]);
    expect(clinic.store.assignments.current({ bedId: bedId(FIRST) })).toBeUndefined();
    expect(clinic.store.assignments.current({ bedId: bedId(SECOND) })?.encounterId).toBe(stay.id);
    await nurse.encounters.discharge({ encounterId: stay.id });
    const over = nurse.encounters.move({ encounterId: stay.id, bedId: bedId(FIRST) });
    expect(await failure(over)).toMatch(/^refused\/not-in-progress/);
  });

  it('survives a clock set back between admission, move and discharge', async () => {
    clinic.setClock(NOON + HOUR);
    const stay = await nurse.encounters.admit({ patientId: patient(), bedId: bedId(FIRST) });
    clinic.setClock(NOON);
    await nurse.encounters.move({ encounterId: stay.id, bedId: bedId(SECOND) });
    const over = await nurse.encounters.discharge({ encounterId: stay.id });
    expect(over.dischargedAt).toBeGreaterThan(stay.admittedAt);
    const spans = clinic.store.assignments.listOf({ encounterId: stay.id }, 0, NOON * 2);
    for (const { startedAt, endedAt } of spans) expect(endedAt).toBeGreaterThan(startedAt);
    clinic.setClock(NOON + 2 * HOUR);
  });

  it('ends with the patient’s own devices untied, those of the bed left where they are', async () => {
    const patientId = patient();
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(FIRST) });
    const [worn, standing] = [makeDevice(), makeDevice()];
    clinic.store.transact(() =>
      [worn, standing].forEach((device) => {
        clinic.store.devices.save(device);
      }),
    );
    await nurse.devices.tie({ device: worn.id, patientId });
    await nurse.devices.tie({ device: standing.id, bedId: bedId(FIRST) });
    clinic.heard();
    const over = await nurse.encounters.discharge({ encounterId: stay.id });
    expect(over.status).toBe('discharged');
    expect(clinic.store.devices.openTie(worn.id)).toBeUndefined();
    expect(clinic.store.devices.openTie(standing.id)).toMatchObject({ bedId: bedId(FIRST) });
    const heard = clinic.heard().filter((change) => !change.startsWith('bedState'));
    expect(heard).toEqual([`encounter ${stay.id}`, `bed ${bedId(FIRST)}`, `device ${worn.id}`]);
    expect(await failure(nurse.encounters.discharge({ encounterId: stay.id }))).toMatch(/^refused\/not-in-progress/);
  });

  it('is done once however often it is asked for with one key', async () => {
    const patientId = patient();
    const ask = { patientId, bedId: bedId(TENTH), idempotencyKey: 'double-click' };
    const first = await nurse.encounters.admit(ask);
    expect(await nurse.encounters.admit(ask)).toEqual(first);
    const end = { encounterId: first.id, idempotencyKey: 'double-end' };
    const over = await nurse.encounters.discharge(end);
    const before = entries();
    expect(await nurse.encounters.discharge(end)).toEqual(over);
    expect(entries()).toBe(before);
    expect(clinic.store.encounters.listByPatient(patientId)).toHaveLength(1);
  });

  it('is handed to a nurse who can take it, and back to nobody', async () => {
    const me = clinic.staff('nurse');
    const stay = await nurse.encounters.admit({ patientId: patient() });
    const mine = await clinic.as(me).encounters.assignNurse({ encounterId: stay.id, userId: me.id });
    expect(mine.nurseId).toBe(me.id);
    const cleaner = clinic.staff('cleaner');
    const wrong = nurse.encounters.assignNurse({ encounterId: stay.id, userId: cleaner.id });
    expect(await failure(wrong)).toMatch(/^refused\/not-a-nurse/);
    expect((await nurse.encounters.assignNurse({ encounterId: stay.id, userId: null })).nurseId).toBeNull();
    await nurse.encounters.discharge({ encounterId: stay.id });
  });

  it('counts NEWS2 on the scale a physician prescribed, and says so in the ledger', async () => {
    const stay = await nurse.encounters.admit({ patientId: patient() });
    await physician.encounters.setScoring({ encounterId: stay.id, spo2Scale: 2 });
    const set = await physician.encounters.setScoring({ encounterId: stay.id, pregnant: true });
    expect(set).toMatchObject({ spo2Scale: 2, pregnant: true });
    expect(lastEntry()).toMatchObject({
      act: 'encounter.scoringSet',
      before: { pregnant: false },
      after: { pregnant: true },
    });
    expect(await nurse.encounters.get({ id: stay.id })).toEqual(set);
    await nurse.encounters.discharge({ encounterId: stay.id });
  });

  it('is not found when there is none', async () => {
    const none = 'no-such' as EncounterId;
    expect(await failure(nurse.encounters.get({ id: none }))).toMatch(/^not-found/);
    expect(await failure(nurse.encounters.discharge({ encounterId: none }))).toMatch(/^not-found/);
    expect(await failure(nurse.encounters.admit({ patientId: 'no-such' as PatientId }))).toMatch(/^not-found/);
    const lost = nurse.encounters.admit({ patientId: patient(), bedId: 'no-such' as BedId });
    expect(await failure(lost)).toMatch(/^not-found/);
  });
});

describe('occupancy', () => {
  it('shows names, initials or nothing, as the role may know', async () => {
    const patientId = patient('Brontë');
    const stay = await nurse.encounters.admit({ patientId, bedId: bedId(TENTH) });
    const seen = async (...roles: Parameters<TestClinic['staff']>) => {
      const rows = await clinic.as(clinic.staff(...roles)).encounters.occupancy({ wardId: clinic.ward.id });
      expect(rows.map((row) => row.bed.label)).toEqual(['1', '2', '3', '10']);
      return rows.find((row) => row.status === 'occupied');
    };
    const full = { encounterId: stay.id, patientId, displayName: 'BRONTË, Ann', roomLabel: 'Bay 1' };
    expect(await seen('nurse')).toMatchObject(full);
    expect(await seen('scheduler')).toMatchObject(full);
    expect(await seen('admin', 'physician')).toMatchObject(full);
    const hidden = { encounterId: null, patientId: null, since: stay.admittedAt };
    expect(await seen('porter')).toMatchObject({ ...hidden, displayName: 'AB' });
    expect(await seen('cleaner')).toMatchObject({ ...hidden, displayName: 'AB' });
    expect(await seen('admin')).toMatchObject({ ...hidden, displayName: null });
    await nurse.encounters.discharge({ encounterId: stay.id });
    expect(await seen('nurse')).toBeUndefined();
  });
});

describe('whatever is done in whatever order', () => {
  const step = fc.record({
    act: fc.constantFrom('admit', 'admitLate', 'move', 'discharge', 'tie'),
    who: fc.nat(2),
    where: fc.nat(3),
    pass: fc.integer({ min: -90_000, max: 600_000 }),
    late: fc.integer({ min: 0, max: 3_600_000 }),
  });

  it('no bed holds two patients and no patient two beds, at any time', async () => {
    const worn = makeDevice();
    clinic.store.transact(() => clinic.store.devices.save(worn));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
        const people = Array.from({ length: 3 }, () => patient());
        const latest = allAssignments().map(({ startedAt, endedAt }) => endedAt ?? startedAt);
        let now = Math.max(NOON + 3 * HOUR, ...latest);
        for (const { act, who, where, pass, late } of steps) {
          now += pass;
          clinic.setClock(now);
          clinic.clean();
          await attempt(act, people[who] as PatientId, bedId(where as 0), worn.id, now - late);
        }
        expectNoOverlap('bedId');
        expectNoOverlap('encounterId');
        expectStaysApart(people);
        for (const person of people) {
          const open = clinic.store.encounters.findOpen(person);
          if (open) await nurse.encounters.discharge({ encounterId: open.id });
        }
      }),
      // A smaller example is not worth a day that grows with every try.
      { numRuns: 40, endOnFailure: true },
    );
    expect(clinic.store.verify()).toMatchObject({ ok: true });
  });

  /** Refusals are part of the day; anything else is a fault. */
  async function attempt(act: string, patientId: PatientId, bed: BedId, device: DeviceId, late: number): Promise<void> {
    const encounterId = clinic.store.encounters.findOpen(patientId)?.id ?? ('none' as EncounterId);
    const calls: Record<string, () => Promise<unknown>> = {
      admit: () => nurse.encounters.admit({ patientId, bedId: bed }),
      admitLate: () => nurse.encounters.admit({ patientId, bedId: bed, at: late }),
      move: () => nurse.encounters.move({ encounterId, bedId: bed }),
      discharge: () => nurse.encounters.discharge({ encounterId }),
      tie: () => nurse.devices.tie({ device, patientId }),
    };
    const before = entries();
    const outcome = await failure((calls[act] as () => Promise<unknown>)());
    expect(outcome).toMatch(/^(nothing failed|refused|not-found)/);
    if (outcome !== 'nothing failed') expect(entries()).toBe(before);
  }

  const allAssignments = () =>
    clinic.beds.flatMap(({ id }) => clinic.store.assignments.listOf({ bedId: id }, 0, NOON * 2));

  function expectNoOverlap(subject: 'bedId' | 'encounterId'): void {
    const sorted = allAssignments().sort(
      (one, other) => one[subject].localeCompare(other[subject]) || one.startedAt - other.startedAt,
    );
    sorted.slice(1).forEach((next, index) => {
      const before = sorted[index];
      if (before?.[subject] !== next[subject]) return;
      expect(before.endedAt).not.toBeNull();
      expect(next.startedAt).toBeGreaterThanOrEqual(before.endedAt as number);
    });
  }

  function expectStaysApart(people: readonly PatientId[]): void {
    for (const person of people) {
      const stays = clinic.store.encounters.listByPatient(person);
      stays.slice(1).forEach((next, index) => {
        expect(next.admittedAt).toBeGreaterThanOrEqual(stays[index]?.dischargedAt as number);
      });
      for (const stay of stays) {
        for (const held of clinic.store.assignments.listOf({ encounterId: stay.id }, 0, NOON * 2)) {
          expect(held.startedAt).toBeGreaterThanOrEqual(stay.admittedAt);
          if (stay.dischargedAt !== null) expect(held.endedAt).toBeLessThanOrEqual(stay.dischargedAt);
        }
      }
    }
  }
});
