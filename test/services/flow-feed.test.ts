import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlowStep, Place } from '#domain/flow/event.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import type { ToldStep } from '#services/flow-engine.ts';
import { areaPlace, STEPS } from '#test/helpers/flow.ts';
import { makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, openClinic, type TestClinic } from './clinic.ts';

const HOUR = 3_600_000;
let clinic: TestClinic;
let nurse: Desk;
beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
});
afterAll(() => clinic.close());

const { admitted, arrived, moved, left, takenBack } = STEPS;

function patient(family: string): PatientId {
  const made = makePatient({ name: { family, given: ['Ann'] } });
  clinic.store.transact(() => clinic.store.patients.save(made));
  return made.id;
}

function inBed(index: number): Place {
  const bed = clinic.beds[index % clinic.beds.length] ?? clinic.beds[0];
  return { wardId: bed.wardId, roomId: bed.roomId, bedId: bed.id, areaId: null };
}

type Message = Omit<ToldStep, 'encounterId' | 'source'> & { readonly visit: string };

/** As another system tells: each message on its own; visits it names for the first time begin. */
function tell(messages: readonly Message[], patientId: PatientId): void {
  for (const { visit, ...step } of messages)
    clinic.store.transact((afterCommit) => {
      const { flow } = clinic.store;
      const encounterId =
        flow.findByVisit(visit)[0] ??
        clinic.engine.open({ patientId, visitNumber: visit, class: 'inpatient', reason: null }, step.happenedAt);
      clinic.engine.take([{ ...step, encounterId, source: 'feed' }], NOON, afterCommit);
    });
}

let controlId = 0;
const message = (visit: string, step: FlowStep, hours: number, given: Partial<Message> = {}): Message => {
  controlId += 1;
  const at = NOON - 10 * HOUR + hours * HOUR;
  return { visit, step, happenedAt: at, recordedAt: at, tieBreak: `m${controlId}`, ...given };
};

/** Where the visits' patients were, and what was refused: nothing of it names what was made on arrival. */
function endState(visits: readonly string[]) {
  return visits.map((visit) =>
    clinic.store.flow.findByVisit(visit).map((encounterId) => ({
      status: clinic.store.encounters.find(encounterId)?.status,
      beds: clinic.store.assignments
        .listByEncounter(encounterId)
        .map(({ bedId, startedAt, endedAt }) => [bedId, startedAt, endedAt]),
      elsewhere: clinic.store.flow.listPlaceStays(encounterId).map(({ encounterId: _, ...stay }) => stay),
      refused: clinic.store.flow
        .listClaims({ encounterId })
        .map(({ bedId, from, to, heldBy }) => [bedId, from, to, clinic.store.flow.summary(heldBy)?.visitNumber]),
      why: clinic.engine
        .journey(encounterId)
        .unexplained.map(({ why }) => why)
        .sort(),
    })),
  );
}

/** The visits were never: their beds are free again, and their numbers may be told anew. */
function forget(...visits: readonly string[]): void {
  clinic.store.transact((afterCommit) => {
    for (const encounterId of visits.flatMap((visit) => clinic.store.flow.findByVisit(visit))) {
      const step = { kind: 'cancelled', reason: null } as const;
      const at = { happenedAt: NOON, recordedAt: LAST_MOMENT };
      clinic.engine.take([{ encounterId, step, ...at, source: 'feed', tieBreak: 'z' }], NOON, afterCommit);
      const summary = clinic.store.flow.summary(encounterId);
      if (summary) clinic.store.flow.saveSummary({ ...summary, visitNumber: null });
    }
  });
  clinic.clean();
}

describe('what another system tells', () => {
  it('is never refused: a bed told twice stays the first one’s, and goes to the next when the first has left', () => {
    const [ann, ben] = [patient('Ann'), patient('Ben')];
    tell([message('A1', admitted(inBed(0)), 1)], ann);
    tell([message('B1', admitted(inBed(0)), 3)], ben);
    const [annId, benId] = ['A1', 'B1'].map((visit) => clinic.store.flow.findByVisit(visit)[0] as EncounterId);
    const bedId = clinic.beds[0].id;
    expect(clinic.store.assignments.current({ bedId })?.encounterId).toBe(annId);
    expect(clinic.engine.claims(benId as EncounterId)).toMatchObject([{ bedId, heldBy: annId }]);
    expect(clinic.engine.journey(benId as EncounterId).unexplained).toMatchObject([{ why: 'bed-held-by-another' }]);
    const { wardId } = clinic.beds[0];
    expect(clinic.store.flow.summary(benId as EncounterId)?.place).toEqual({
      wardId,
      roomId: null,
      bedId: null,
      areaId: null,
    });
    tell([message('A1', left(), 2)], ann);
    expect(clinic.store.assignments.current({ bedId })?.encounterId).toBe(benId);
    expect(clinic.store.flow.listClaims()).toEqual([]);
    expect(clinic.store.flow.summary(benId as EncounterId)?.place).toBeNull();
    forget('A1', 'B1');
  });

  it('gives way to what a person said, and what the person ends is granted', async () => {
    const bedId = clinic.beds[1].id;
    const stay = await nurse.encounters.admit({ patientId: patient('Cleo'), bedId, at: NOON - HOUR });
    tell([message('D1', admitted(inBed(1)), 2)], patient('Dora'));
    expect(clinic.store.assignments.current({ bedId })?.encounterId).toBe(stay.id);
    await nurse.encounters.discharge({ encounterId: stay.id });
    // The feed's span reaches into the person's: it is the whole span that was refused.
    expect(clinic.store.assignments.current({ bedId })).toBeUndefined();
    forget('D1');
  });

  it('of a bed a person then finds occupied is said by name', async () => {
    tell([message('E1', admitted(inBed(2)), 2)], patient('Edda'));
    const ask = nurse.encounters.admit({ patientId: patient('Finn'), bedId: clinic.beds[2].id });
    await expect(ask).rejects.toMatchObject({ refusal: 'bed-occupied', message: 'Bed 3 is occupied by EDDA, Ann.' });
    forget('E1');
  });

  it('answers a visit’s stays by the clinic’s own names, in order', async () => {
    const gil = patient('Gil');
    tell([message('G1', moved(inBed(3)), 4), message('G1', arrived(null), 1)], gil);
    tell([message('G1', admitted(inBed(2)), 2), message('G1', left(), 6)], gil);
    expect(await nurse.flow.stays({ visitNumber: 'G1' })).toEqual([
      { location: '^^', from: NOON - 9 * HOUR, to: NOON - 8 * HOUR },
      { location: 'North^Bay 1^3', from: NOON - 8 * HOUR, to: NOON - 6 * HOUR },
      { location: 'North^Bay 1^10', from: NOON - 6 * HOUR, to: NOON - 4 * HOUR },
    ]);
    expect(await nurse.flow.stays({ visitNumber: 'unknown' })).toEqual([]);
    forget('G1');
  });
});

describe('whatever another system tells in whatever order', () => {
  const place = fc.oneof(
    fc.integer({ min: 0, max: 2 }).map((index) => () => inBed(index)),
    fc.constant(() => areaPlace('waiting')),
  );
  const step = fc.oneof(
    place.map((where) => () => admitted(where())),
    place.map((where) => () => admitted(where())),
    place.map((where) => () => moved(where())),
    place.map((where) => () => moved(where())),
    fc.constant(() => arrived()),
    fc.constant(() => left()),
    fc.constant(() => left()),
    fc.constant(() => takenBack('transferred')),
    fc.constant(() => takenBack('discharged')),
    fc.constant(() => takenBack('admitted', 'arrived')),
  );
  const told = fc.array(
    fc.record({ visit: fc.integer({ min: 0, max: 3 }), step, hour: fc.integer({ min: 0, max: 9 }), late: fc.nat(2) }),
    { minLength: 2, maxLength: 14 },
  );
  const orders = told.chain((messages) =>
    fc.tuple(
      fc.constant(messages),
      fc.shuffledSubarray(
        messages.map((_, index) => index),
        { minLength: messages.length },
      ),
      fc.array(fc.nat(messages.length - 1), { maxLength: 4 }),
    ),
  );
  let round = 0;

  it('the stays, the refused claims and what stays unexplained are the same, doubled messages too', () => {
    fc.assert(
      fc.property(orders, ([drawn, order, doubled]) => {
        round += 1;
        const ends = ['x', 'y'].map((run) => {
          const visits = [0, 1, 2, 3].map((visit) => `${round}-${visit}`);
          const messages = drawn.map((each, index) =>
            message(`${round}-${each.visit}`, each.step(), each.hour, {
              recordedAt: NOON - 10 * HOUR + (each.hour + each.late) * HOUR,
              tieBreak: `t${index}`,
            }),
          );
          const sent = run === 'x' ? messages : [...order, ...doubled].flatMap((index) => messages[index] ?? []);
          return clinic.store.transact(() => {
            tell(sent, patient('Visitor'));
            const end = endState(visits);
            forget(...visits);
            return end;
          });
        });
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: 300 },
    );
    expect(clinic.store.verify()).toMatchObject({ ok: true });
  });
});
