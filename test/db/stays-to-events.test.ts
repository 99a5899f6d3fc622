import { afterEach, expect, it } from 'vitest';
import { journeyOf } from '#domain/flow/journey.ts';
import type { EncounterId } from '#domain/ids.ts';
import { makeOlder, openTestStore, type TestStore } from '#test/helpers/store.ts';

let test: TestStore;
afterEach(() => test.remove());

const OLD = `
  INSERT INTO ward VALUES ('north', 'North');
  INSERT INTO room VALUES ('bay', 'north', 'Bay 1');
  INSERT INTO bed VALUES ('bed-1', 'north', 'bay', '1'), ('bed-2', 'north', 'bay', '2'), ('bed-3', 'north', 'bay', '3');
  INSERT INTO patient VALUES ('p', 'Berg', '["Ann"]', NULL, 'female', NULL, NULL, 'berg', 'berg'),
    ('q', 'Holm', '["Ib"]', NULL, 'male', NULL, NULL, 'holm', 'holm'),
    ('r', 'Lund', '["Eva"]', NULL, 'female', NULL, NULL, 'lund', 'lund');
  INSERT INTO encounter VALUES
    ('over',   'p', 'discharged',  1000, 9000, 'cough', 2, 0, NULL),
    ('here',   'q', 'in-progress', 2000, NULL, NULL, 1, 1, 'nurse'),
    ('no-bed', 'r', 'in-progress', 3000, NULL, NULL, 1, 0, NULL),
    ('short',  'p', 'discharged', 10000, 10000, NULL, 1, 0, NULL);
  INSERT INTO bed_assignment VALUES
    ('a', 'bed-1', 'over', 1000, 4000), ('b', 'bed-2', 'over', 4000, 9000),
    ('c', 'bed-1', 'here', 5000, NULL), ('d', 'bed-2', 'short', 10000, 10000);`;

it('stays of before the steps were kept fold to exactly what was stored', () => {
  test = openTestStore();
  makeOlder(test, 90, (db) => db.exec(OLD));
  const store = test.reopen();
  const spans = (id: string) =>
    store.assignments
      .listByEncounter(id as EncounterId)
      .map(({ bedId, startedAt, endedAt }) => [bedId, startedAt, endedAt]);
  expect(spans('over')).toEqual([
    ['bed-1', 1000, 4000],
    ['bed-2', 4000, 9000],
  ]);
  expect(spans('here')).toEqual([['bed-1', 5000, null]]);
  for (const id of ['over', 'here', 'no-bed', 'short'] as EncounterId[]) {
    const encounter = store.encounters.find(id);
    const journey = journeyOf(store.flow.listOf(id));
    expect(journey).toMatchObject({
      status: encounter?.status,
      dischargedAt: encounter?.dischargedAt,
      unexplained: [],
    });
    expect(journey.admittedAt).toBe(encounter?.admittedAt);
    const inBeds = journey.whereabouts.filter(({ place }) => place.bedId !== null);
    expect(inBeds.map(({ place, from, to }) => [place.bedId, from, to])).toEqual(spans(id));
    const elsewhere = journey.whereabouts.filter(({ place }) => place.bedId === null);
    expect(store.flow.listPlaceStays(id).map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual(
      elsewhere.map(({ from, to }) => [from, to]),
    );
    expect(store.flow.summary(id)).toMatchObject({
      admittedAt: journey.admittedAt,
      dischargedAt: journey.dischargedAt,
      outcome: journey.outcome,
      place: journey.status === 'in-progress' && id === 'no-bed' ? journey.whereabouts.at(-1)?.place : null,
    });
  }
  expect(store.encounters.find('here' as EncounterId)).toMatchObject({ pregnant: true, nurseId: 'nurse' });
  expect(store.verify()).toMatchObject({ ok: true });
});
