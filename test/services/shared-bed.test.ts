import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bedCard } from '#services/bed-card.ts';
import { createSeriesOf } from '#services/encounter-series.ts';
import { listOccupancy } from '#services/occupancy.ts';
import { liveOn, settleIn } from '#test/helpers/live-ward.ts';
import { makeAssignment, makeDevice, makeEncounter, makePatient, makeTie, NOON } from '#test/helpers/makers.ts';
import { openTestStore } from '#test/helpers/store.ts';

let opened: ReturnType<typeof openTestStore>;
beforeEach(() => {
  opened = openTestStore();
});
afterEach(() => opened.remove());

const LATER = NOON - 600_000;

/** A mother in a bed with a monitor, and her baby who came into it ten minutes ago. */
function motherAndBaby() {
  const { store } = opened;
  const mother = settleIn(store);
  const patient = makePatient();
  const encounter = makeEncounter({ patientId: patient.id, admittedAt: LATER });
  const held = makeAssignment({ bedId: mother.bed.id, encounterId: encounter.id, startedAt: LATER });
  store.transact(() => {
    store.bedStates.saveBedAttributes(mother.bed.id, { ...store.bedStates.bedAttributes(mother.bed.id), places: 2 });
    store.patients.save(patient);
    store.encounters.save(encounter);
    store.assignments.start(held);
  });
  return { store, mother, baby: { patient, encounter, held } };
}

describe('a bed two patients share', () => {
  it('gives the numbers of its monitor to neither, and says so', () => {
    const { store, mother, baby } = motherAndBaby();
    const { live, alarms, reading, pass, presence } = liveOn(store);
    presence(mother.device.id);
    pass(60, () => reading(mother.device.id, { spo2: 70 }));
    for (const { encounter } of [mother, baby])
      expect(live.watched(encounter.id)?.state.tracks.get('spo2')).toBeUndefined();
    const card = bedCard({ store, live, book: alarms.book }, mother.bed, true);
    expect(card.values).toEqual([]);
    expect(card.alarms).toMatchObject([
      {
        rule: 'shared-bed',
        kind: 'technical',
        encounterId: null,
        message: expect.stringContaining('tie it to its patient'),
      },
    ]);
  });

  it('shows both on the board', () => {
    const { store, mother, baby } = motherAndBaby();
    const { live, alarms } = liveOn(store);
    const card = bedCard({ store, live, book: alarms.book }, mother.bed, true);
    expect(card.patient?.encounterId).toBe(mother.encounter.id);
    expect(card.others).toMatchObject([{ patient: { encounterId: baby.encounter.id } }]);
  });

  it('a device tied to one of them goes on as ever', () => {
    const { store, mother, baby } = motherAndBaby();
    const device = makeDevice({ admittedAt: LATER });
    store.transact(() => {
      store.devices.save(device);
      store.devices.startTie(
        makeTie({ deviceId: device.id, bedId: null, encounterId: baby.encounter.id, startedAt: LATER }),
      );
    });
    const { live, alarms, reading } = liveOn(store);
    reading(device.id, { hr: 140 });
    expect(live.watched(baby.encounter.id)?.state.tracks.get('hr')?.value).toBe(140);
    const card = bedCard({ store, live, book: alarms.book }, mother.bed, true);
    expect(card.values).toEqual([]);
    expect(card.others[0]?.values).toMatchObject([{ code: 'hr', value: 140 }]);
  });

  it('is the one’s again whose bed it is alone', () => {
    const { store, mother, baby } = motherAndBaby();
    const { live, reading, changes, pass, open } = liveOn(store);
    reading(mother.device.id, { hr: 90 });
    pass(5, () => reading(mother.device.id, { hr: 90 }));
    store.transact(() => store.assignments.end(baby.held.id, NOON));
    changes.encounter(baby.encounter.id);
    pass(5, () => reading(mother.device.id, { hr: 91 }));
    expect(live.watched(mother.encounter.id)?.state.tracks.get('hr')?.value).toBe(91);
    expect(open().filter(({ rule, endedAt }) => rule === 'shared-bed' && endedAt === null)).toEqual([]);
  });

  it('leaves the time it was shared out of both records', () => {
    const { store, mother, baby } = motherAndBaby();
    const seriesOf = createSeriesOf(store);
    const from = NOON - 3_600_000;
    expect(seriesOf(mother.encounter.id, from, NOON)).toMatchObject([{ deviceId: mother.device.id, from, to: LATER }]);
    expect(seriesOf(baby.encounter.id, from, NOON)).toEqual([]);
    store.transact(() => store.assignments.end(baby.held.id, NOON - 60_000));
    expect(seriesOf(mother.encounter.id, from, NOON)).toMatchObject([
      { from, to: LATER },
      { from: NOON - 60_000, to: NOON },
    ]);
  });

  it('has a row of the occupancy for each', () => {
    const { store, mother, baby } = motherAndBaby();
    const nurse = { id: 'nurse', displayName: '', roles: ['nurse'] } as unknown as Parameters<typeof listOccupancy>[2];
    const rows = listOccupancy(store, mother.ward.id, nurse);
    expect(rows.map(({ encounterId }) => encounterId)).toEqual([mother.encounter.id, baby.encounter.id]);
  });
});
