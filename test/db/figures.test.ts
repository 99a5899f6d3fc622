import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#db/connection.ts';
import { createFigureAnswers } from '#db/figures/answer.ts';
import type { FigureReader } from '#db/figures/reader.ts';
import { storePaths } from '#db/paths.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { EncounterClass, FlowStep, Place } from '#domain/flow/event.ts';
import type { FigureQuestion, FigureRow } from '#domain/flow/figures.ts';
import type { Forecast } from '#domain/flow/forecast.ts';
import { KPI_LISTS, KPI_SERIES, type KpiList, type KpiSeries, type Kpis, type SeriesPoint } from '#domain/flow/kpi.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, TaskId, WardId } from '#domain/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { sequentialIds } from '#test/helpers/makers.ts';
import { keepArea, keepStay, keepWard, type Told } from '#test/helpers/stays.ts';
import { openTestStore, type TestStore } from '#test/helpers/store.ts';

const at = (iso: string) => Date.parse(iso);
const NOW = at('2026-06-01T12:00Z');
const JANUARY = { from: at('2026-01-01T00:00Z'), to: at('2026-02-01T00:00Z') };
const newId = sequentialIds('task');

let kept: TestStore;
let store: Store;
let reading: ReturnType<typeof connect>;
let answer: ReturnType<typeof createFigureAnswers>;
beforeEach(() => {
  kept = openTestStore();
  store = kept.store;
  reading = connect(storePaths(kept.dataDir).store, kept.key, { readOnly: true });
  answer = createFigureAnswers(reading);
});
afterEach(() => {
  reading.close();
  kept.remove();
});

/** What the figures thread answers, asked without it: its start is the slow part of a question. */
const figures = {
  kpis: (asked: FigureQuestion) => answer({ kind: 'kpis', question: asked }) as Kpis,
  list: (asked: FigureQuestion & { list: KpiList; limit: number }) =>
    answer({ kind: 'list', question: asked }) as { total: number; rows: readonly FigureRow[] },
  series: (asked: FigureQuestion & { series: KpiSeries }) =>
    answer({ kind: 'series', question: asked }) as readonly SeriesPoint[],
  forecast: (now: number, wardId: WardId | null = null) =>
    answer({ kind: 'forecast', question: { hours: 72, now, wardId, timeZone: 'Europe/London' } }) as Forecast,
};

function question(given: Partial<FigureQuestion> & { timeZone?: string; sameDayLos?: 0 | 1 } = {}): FigureQuestion {
  const { timeZone = 'Europe/London', sameDayLos = 0, ...rest } = given;
  const triageTargets = { red: 0, orange: 10, yellow: 60, green: 120, blue: 240 };
  return { ...JANUARY, wardId: null, now: NOW, policy: { timeZone, sameDayLos, triageTargets }, ...rest };
}

const admitted = (place: Place | null, kind: EncounterClass = 'inpatient'): FlowStep => ({
  kind: 'admitted',
  place,
  class: kind,
});
const arrived = (place: Place | null): FlowStep => ({ kind: 'arrived', place, class: 'emergency' });
const left = (outcome: 'home' | 'died' = 'home'): FlowStep => ({ kind: 'discharged', outcome });
const inBed = (place: Place | undefined, from: string, to: string, outcome: 'home' | 'died' = 'home'): Told[] => [
  [at(from), admitted(place ?? null)],
  [at(to), left(outcome)],
];

function keepCleaning(bedId: BedId, from: number, minutes: readonly [response: number, clean: number]): void {
  const startedAt = from + minutes[0] * MINUTE_MS;
  const task: Task = {
    id: newId() as TaskId,
    kind: 'cleaning',
    state: 'done',
    bedId,
    encounterId: null,
    destination: null,
    cause: 'discharge',
    contaminated: false,
    eventId: null,
    requestedAt: from,
    startedAt,
    doneAt: startedAt + minutes[1] * MINUTE_MS,
    assigneeId: null,
    handedTo: null,
    supersededBy: null,
    note: null,
  };
  store.transact(() => store.tasks.save(task));
}

describe('figures of admitted patients', () => {
  it('count who left in the period, its first moment in and its last out', () => {
    const { beds } = keepWard(store, 'North', 4);
    keepStay(store, inBed(beds[0], '2025-12-30T10:00Z', '2026-01-01T00:00Z'));
    keepStay(store, inBed(beds[1], '2026-01-30T10:00Z', '2026-01-31T23:59Z', 'died'));
    keepStay(store, inBed(beds[2], '2026-01-30T10:00Z', '2026-02-01T00:00Z'));
    keepStay(store, [[at('2026-01-20T10:00Z'), admitted(beds[3] ?? null)]]);
    const kpis = figures.kpis(question());
    expect(kpis).toMatchObject({ discharges: 2, deaths: 1, admissions: 3, alos: 1.5, medianLos: 1.5, beforeNoon: 50 });
  });

  it('leave out visits that never were an admission', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, [
      [at('2026-01-05T10:00Z'), { kind: 'arrived', place: null, class: 'outpatient' }],
      [at('2026-01-05T12:00Z'), left()],
    ]);
    keepStay(store, [
      [at('2026-01-05T10:00Z'), arrived(null)],
      [at('2026-01-06T12:00Z'), left()],
    ]);
    keepStay(store, inBed(beds[0], '2026-01-06T10:00Z', '2026-01-08T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({ discharges: 1, alos: 2 });
  });

  it('begin a stay at admission, also for who came as an emergency', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, [
      [at('2026-01-05T22:00Z'), arrived(null)],
      [at('2026-01-06T02:00Z'), admitted(beds[0] ?? null)],
      [at('2026-01-08T10:00Z'), left()],
    ]);
    expect(figures.kpis(question())).toMatchObject({ discharges: 1, alos: 2 });
  });

  it('give a ward who left from it, with the nights spent there only', () => {
    const north = keepWard(store, 'North', 1);
    const south = keepWard(store, 'South', 1);
    keepStay(store, [
      [at('2026-01-05T10:00Z'), admitted(north.beds[0] ?? null)],
      [at('2026-01-08T10:00Z'), { kind: 'transferred', place: south.beds[0] ?? NOWHERE }],
      [at('2026-01-10T10:00Z'), left()],
    ]);
    expect(figures.kpis(question())).toMatchObject({ discharges: 1, alos: 5 });
    expect(figures.kpis(question({ wardId: north.wardId }))).toMatchObject({
      discharges: 0,
      admissions: 1,
    });
    expect(figures.kpis(question({ wardId: south.wardId }))).toMatchObject({
      discharges: 1,
      alos: 2,
      admissions: 0,
    });
  });

  it('count a stay without a night as the clinic decided', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, inBed(beds[0], '2026-01-06T08:00Z', '2026-01-06T18:00Z'));
    expect(figures.kpis(question({ sameDayLos: 0 })).alos).toBe(0);
    expect(figures.kpis(question({ sameDayLos: 1 })).alos).toBe(1);
  });

  it('hold the bed of a patient on leave', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, [
      [at('2026-01-01T10:00Z'), admitted(beds[0] ?? null)],
      [at('2026-01-02T10:00Z'), { kind: 'leave-started', returnExpectedAt: null }],
      [at('2026-01-04T10:00Z'), { kind: 'leave-ended' }],
      [at('2026-01-05T10:00Z'), left()],
    ]);
    expect(figures.kpis(question())).toMatchObject({ occupiedBedDays: 4, alos: 4 });
  });

  it('name who is in for long, and how long past ready', () => {
    const { beds } = keepWard(store, 'North', 3);
    keepStay(store, [
      [at('2026-01-01T10:00Z'), admitted(beds[0] ?? null)],
      [at('2026-01-20T10:00Z'), { kind: 'medically-ready' }],
    ]);
    keepStay(store, [[at('2026-01-20T10:00Z'), admitted(beds[1] ?? null)]]);
    keepStay(store, inBed(beds[2], '2026-01-01T10:00Z', '2026-02-10T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({
      stranded: { over7: 3, over14: 2, over21: 2 },
      readyDays: 12,
    });
    const early = question({ to: at('2026-01-10T00:00Z') });
    expect(figures.kpis(early)).toMatchObject({ stranded: { over7: 2, over14: 0 }, readyDays: 0 });
  });

  it('tell a late entry as if it had been written in time', () => {
    const { beds } = keepWard(store, 'North', 2);
    const before = figures.kpis(question());
    keepStay(store, inBed(beds[0], '2026-01-05T10:00Z', '2026-01-08T10:00Z'));
    const after = figures.kpis(question());
    expect([before.discharges, after.discharges, before.occupiedBedDays, after.occupiedBedDays]).toEqual([0, 1, 0, 3]);
  });
});

describe('beds', () => {
  it('are full or not at the wall’s midnights', () => {
    const { beds, wardId } = keepWard(store, 'North', 2);
    keepStay(store, inBed(beds[0], '2026-01-01T10:00Z', '2026-01-11T10:00Z'));
    const asked = question({ to: at('2026-01-11T00:00Z') });
    const kpis = figures.kpis(asked);
    expect(kpis).toMatchObject({ occupiedBedDays: 9, availableBedDays: 20, occupancy: 45, turnoverInterval: null });
    expect(figures.kpis({ ...asked, wardId })).toMatchObject({ occupancy: 45 });
  });

  it('F69 are counted once for each midnight over both changes of the clocks', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, inBed(beds[0], '2026-03-27T10:00Z', '2026-03-31T10:00Z'));
    const spring = question({ from: at('2026-03-28T00:00Z'), to: at('2026-03-30T23:00Z') });
    expect(figures.kpis(spring)).toMatchObject({ occupiedBedDays: 3, availableBedDays: 3, occupancy: 100 });
    const whole = question({ from: at('2026-03-01T00:00Z'), to: at('2026-03-31T23:00Z') });
    expect(figures.kpis(whole)).toMatchObject({ discharges: 1, alos: 4, availableBedDays: 31 });
  });

  it('F70 keep the clinic’s midnights on a machine of another zone', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, inBed(beds[0], '2026-01-05T13:00Z', '2026-01-05T16:00Z'));
    const machine = process.env.TZ;
    try {
      for (const zone of ['America/New_York', 'Asia/Tokyo']) {
        process.env.TZ = zone;
        expect(figures.kpis(question()).alos).toBe(0);
        expect(figures.kpis(question({ timeZone: 'Asia/Tokyo' })).alos).toBe(1);
      }
    } finally {
      if (machine === undefined) delete process.env.TZ;
      else process.env.TZ = machine;
    }
  });

  it('are not available while blocked', () => {
    const { beds } = keepWard(store, 'North', 2);
    const bedId = beds[1]?.bedId as BedId;
    const block = { id: 'block', bedId, reason: 'repair', note: null, by: 'nurse', endedAt: null } as const;
    store.transact(() =>
      store.bedStates.saveBlock({
        ...block,
        by: 'nurse' as never,
        from: at('2026-01-10T10:00Z'),
        to: at('2026-01-15T10:00Z'),
      }),
    );
    expect(figures.kpis(question())).toMatchObject({ availableBedDays: 57 });
    store.transact(() =>
      store.bedStates.saveBlock({
        ...block,
        by: 'nurse' as never,
        from: at('2026-01-10T10:00Z'),
        to: at('2026-01-15T10:00Z'),
        endedAt: at('2026-01-12T10:00Z'),
      }),
    );
    expect(figures.kpis(question())).toMatchObject({ availableBedDays: 60 });
  });

  it('of emergency and day wards are not the house’s, but are their ward’s', () => {
    const { beds, wardId } = keepWard(store, 'Emergency', 2);
    const attributes = { kind: 'emergency', siteId: null, code: null, fromFeed: false } as const;
    store.transact(() => store.areas.saveWardAttributes(wardId, attributes));
    keepStay(store, inBed(beds[0], '2026-01-01T10:00Z', '2026-01-11T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({ occupancy: null, availableBedDays: 0 });
    expect(figures.kpis(question({ wardId }))).toMatchObject({ occupiedBedDays: 10, availableBedDays: 62 });
  });

  it('are also those of patients on a ward whose bed nobody named, but not an outpatient’s who was never let go', () => {
    const { wardId } = keepWard(store, 'North', 2);
    const onWard: Place = { ...NOWHERE, wardId };
    keepStay(store, inBed(onWard, '2026-01-05T10:00Z', '2026-01-08T10:00Z'));
    keepStay(store, [[at('2026-01-05T10:00Z'), { kind: 'arrived', place: onWard, class: 'outpatient' }]]);
    expect(figures.kpis(question())).toMatchObject({ occupiedBedDays: 3 });
  });

  it('are turned around in medians of minutes, by hour and cause', () => {
    const north = keepWard(store, 'North', 1);
    const south = keepWard(store, 'South', 1);
    keepCleaning(north.beds[0]?.bedId as BedId, at('2026-01-05T10:00Z'), [10, 20]);
    keepCleaning(north.beds[0]?.bedId as BedId, at('2026-01-06T10:00Z'), [30, 40]);
    keepCleaning(south.beds[0]?.bedId as BedId, at('2026-01-06T15:00Z'), [1, 1]);
    const asked = question({ wardId: north.wardId });
    expect(figures.kpis(asked).turnaround).toEqual({ response: 20, clean: 30, turn: 50, cleanings: 2 });
    const hours = figures.series({ ...question(), series: 'turnaround-by-hour' });
    expect(hours.filter(({ count }) => count > 0)).toEqual([
      { key: '10', value: 50, count: 2 },
      { key: '15', value: 2, count: 1 },
    ]);
    const causes = figures.series({ ...question(), series: 'turnaround-by-cause' });
    expect(causes.map(({ key, count }) => [key, count])).toContainEqual(['discharge', 3]);
  });
});

describe('beds that came to be known', () => {
  const told = (bedId: BedId, when: string, actor: string) =>
    store.ledger.append({
      at: at(when),
      actor,
      station: null,
      act: 'bed.added',
      subject: bedId,
      before: null,
      after: { id: bedId },
    });
  const tellAll = (places: readonly Place[], when: string, actor = 'demo-admin') =>
    store.transact(() => {
      for (const { bedId } of places) told(bedId as BedId, when, actor);
    });

  it('by a message change nothing before it', () => {
    const { beds } = keepWard(store, 'North', 6);
    tellAll(beds.slice(0, 4), '2026-01-01T00:00Z');
    tellAll(beds.slice(4), '2026-01-11T12:00Z', 'feed');
    expect(figures.kpis(question())).toMatchObject({ availableBedDays: 4 * 31 + 2 * 20 });
  });

  it('by a message of earlier stays are there from the first of them', () => {
    const { beds } = keepWard(store, 'North', 1);
    tellAll(beds, '2026-01-21T12:00Z', 'feed');
    keepStay(store, inBed(beds[0], '2026-01-10T10:00Z', '2026-01-12T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({ occupiedBedDays: 2, availableBedDays: 21 });
  });

  it('set up by a person after a past was brought in are there for that past; added later, from then on', () => {
    const { beds, wardId } = keepWard(store, 'North', 3);
    tellAll(beds.slice(0, 2), '2026-01-21T12:00Z');
    tellAll(beds.slice(2), '2026-01-30T12:00Z');
    keepStay(store, inBed({ ...NOWHERE, wardId }, '2026-01-10T10:00Z', '2026-01-12T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({ occupiedBedDays: 2, availableBedDays: 2 * 21 + 1 });
  });

  it('never change how many were occupied: there is no occupancy where there are no beds', () => {
    const { wardId } = keepWard(store, 'North', 0);
    keepStay(store, inBed({ ...NOWHERE, wardId }, '2026-01-10T10:00Z', '2026-01-12T10:00Z'));
    const asked = question({ wardId });
    for (const one of [asked, question()]) {
      expect(figures.kpis(one)).toMatchObject({
        occupancy: null,
        occupiedBedDays: 2,
        unbeddedBedDays: 2,
        availableBedDays: 0,
        turnoverInterval: null,
      });
    }
    const south = keepWard(store, 'South', 1);
    keepStay(store, inBed(south.beds[0], '2026-01-10T10:00Z', '2026-01-12T10:00Z'));
    expect(figures.kpis(question())).toMatchObject({
      occupancy: (2 * 100) / 31,
      occupiedBedDays: 4,
      unbeddedBedDays: 2,
      availableBedDays: 31,
    });
  });
});

describe('the forecast', () => {
  const HOURS = 24 * 70;
  const START = NOW - HOURS * HOUR_MS;
  const hour = fc.integer({ min: 0, max: HOURS + 200 });
  const visit = fc.record({
    start: hour,
    lengths: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom<EncounterClass>('inpatient', 'emergency', 'outpatient', 'planned-admission'),
    arrives: fc.boolean(),
    leaves: fc.boolean(),
    to: fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }),
  });

  it('begins with exactly the beds that occupancy counts, and so was it at each midnight before', () => {
    const emergency = keepWard(store, 'Emergency', 4);
    const attributes = { kind: 'emergency', siteId: null, code: null, fromFeed: false } as const;
    store.transact(() => store.areas.saveWardAttributes(emergency.wardId, attributes));
    const [north, south, bare] = [keepWard(store, 'North', 8), keepWard(store, 'South', 8), keepWard(store, 'Bare', 0)];
    const beds = [...north.beds, ...south.beds, ...emergency.beds];
    const [shared] = north.beds;
    const plain = { equipment: [], ageFrom: null, ageTo: null, code: null, fromFeed: false };
    store.transact(() => store.bedStates.saveBedAttributes(shared?.bedId as BedId, { ...plain, places: 2 }));
    const others = [
      keepArea(store, 'Theatre', 'treatment'),
      ...[north, south, bare].map(({ wardId }) => ({ ...NOWHERE, wardId })),
    ];
    const freeFrom = new Map<Place, number>();
    for (const { start, lengths, kind, arrives, leaves, to } of fc.sample(visit, { numRuns: 250, seed: 11 })) {
      let moment = START + start * HOUR_MS;
      const taken: Place[] = [];
      const steps: Told[] = [];
      for (const [index, length] of lengths.entries()) {
        const wanted = to[index] ?? 0;
        const bed = beds.find((place) => place !== taken.at(-1) && (freeFrom.get(place) ?? 0) <= moment);
        const place = (wanted < 30 ? bed : undefined) ?? others[wanted % others.length] ?? NOWHERE;
        const last = taken.at(-1);
        if (last) freeFrom.set(last, moment);
        taken.push(place);
        if (place.bedId && place !== shared) freeFrom.set(place, Number.POSITIVE_INFINITY);
        if (index > 0) steps.push([moment, { kind: 'transferred', place }]);
        else steps.push([moment, arrives ? { kind: 'arrived', place, class: kind } : admitted(place, kind)]);
        moment += length * HOUR_MS;
      }
      if (leaves) {
        steps.push([moment, left()]);
        const last = taken.at(-1);
        if (last) freeFrom.set(last, moment);
      }
      keepStayIfFree(steps);
    }
    let seen = 0;
    for (const wardId of [null, north.wardId, south.wardId, bare.wardId, emergency.wardId]) {
      for (const now of [at('2026-03-30T23:00Z'), at('2026-04-20T23:00Z'), at('2026-05-31T23:00Z')]) {
        const { present, ahead } = figures.forecast(now, wardId);
        const day = figures.kpis(question({ from: now, to: now + 1, now, wardId }));
        expect(present).toBe(day.occupiedBedDays);
        seen += present;
        let there = present;
        for (const { occupied, arrivals, discharges } of ahead) {
          expect(there + arrivals - discharges).toBeCloseTo(occupied.mean, 6);
          there = occupied.mean;
        }
      }
    }
    expect(seen).toBeGreaterThan(50);
  });

  /** The schema keeps a bed from two at once: such a visit did not happen. */
  function keepStayIfFree(steps: readonly Told[]): void {
    try {
      keepStay(store, steps);
    } catch (error) {
      if (!(error instanceof Error && /constraint|UNIQUE|held/iu.test(error.message))) throw error;
    }
  }
});

describe('emergencies', () => {
  const minute = (minutes: number) => at('2026-01-05T10:00Z') + minutes * MINUTE_MS;
  const visit = (
    waiting: Place,
    bed: Place | null,
    given: { seen?: number; decided?: number; moved?: number; left?: number },
  ) => {
    const steps: Told[] = [
      [minute(0), arrived(waiting)],
      [minute(1), { kind: 'triaged', category: 'yellow' }],
    ];
    if (given.seen !== undefined) steps.push([minute(given.seen), { kind: 'seen' }]);
    if (given.decided !== undefined) steps.push([minute(given.decided), { kind: 'admission-decided', wardId: null }]);
    if (given.moved !== undefined) steps.push([minute(given.moved), admitted(bed)]);
    if (given.left !== undefined) steps.push([minute(given.left), left()]);
    return keepStay(store, steps);
  };

  it('wait against their target, and board until they leave for a bed', () => {
    const waiting = keepArea(store, 'Waiting room', 'waiting');
    const { beds, wardId } = keepWard(store, 'North', 2);
    visit(waiting, beds[0] ?? null, { seen: 30, decided: 100, moved: 300 });
    visit(waiting, beds[1] ?? null, { seen: 90, decided: 120, moved: 180 });
    visit(waiting, null, { seen: 20, left: 60 });
    visit(waiting, null, { left: 400 });
    const kpis = figures.kpis(question());
    expect(kpis).toMatchObject({ waitsInTarget: 50, fourHour: 50, boarding: 130, admissions: 2, discharges: 0 });
    const ofWard = figures.kpis(question({ wardId }));
    expect(ofWard).toMatchObject({ waitsInTarget: null, fourHour: null, boarding: 130 });
  });

  it('stay emergencies in the emergency ward’s own beds', () => {
    const emergency = keepWard(store, 'Emergency', 2);
    const attributes = { kind: 'emergency', siteId: null, code: null, fromFeed: false } as const;
    store.transact(() => store.areas.saveWardAttributes(emergency.wardId, attributes));
    const north = keepWard(store, 'North', 1);
    keepStay(store, [
      [minute(0), { kind: 'arrived', place: emergency.beds[0] ?? null, class: 'emergency' }],
      [minute(60), { kind: 'admission-decided', wardId: north.wardId }],
      [minute(70), admitted(emergency.beds[1] ?? null)],
      [minute(200), { kind: 'transferred', place: north.beds[0] ?? NOWHERE }],
    ]);
    expect(figures.kpis(question())).toMatchObject({ boarding: 140, fourHour: 100 });
    expect(figures.kpis(question({ wardId: emergency.wardId }))).toMatchObject({
      boarding: 140,
      fourHour: 100,
    });
  });
});

describe('lists', () => {
  it('have as many lines as their figure counts, whatever happened', () => {
    const waiting = keepArea(store, 'Waiting room', 'waiting');
    const wards = [keepWard(store, 'North', 40), keepWard(store, 'South', 40)];
    const free = wards.flatMap(({ beds }) => beds);
    const hours = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 6 });
    const visits = fc.sample(fc.tuple(hours, fc.integer({ min: 0, max: 700 }), fc.boolean()), { numRuns: 60, seed: 7 });
    for (const [gaps, start, emergency] of visits) {
      const place = free.pop() ?? null;
      let moment = JANUARY.from + (start - 200) * HOUR_MS;
      const kinds: FlowStep[] = emergency
        ? [
            arrived(waiting),
            { kind: 'triaged', category: 'green' },
            { kind: 'seen' },
            { kind: 'admission-decided', wardId: null },
            admitted(place),
            left('died'),
          ]
        : [admitted(place), { kind: 'medically-ready' }, left()];
      const steps = gaps.slice(0, kinds.length).map((gap, index): Told => {
        moment += (index === 0 ? 0 : gap) * (emergency ? MINUTE_MS : HOUR_MS);
        return [moment, kinds[index] as FlowStep];
      });
      keepStay(store, steps);
      if (place?.bedId) keepCleaning(place.bedId, moment, [gaps[0] ?? 1, gaps[1] ?? 1]);
    }
    for (const wardId of [null, ...wards.map((ward) => ward.wardId)]) {
      for (const to of [JANUARY.to, JANUARY.from + 12 * DAY_MS, NOW]) {
        const asked = question({ wardId, to });
        const kpis = figures.kpis(asked);
        const totals = Object.fromEntries(
          KPI_LISTS.map((list) => {
            const { total, rows } = figures.list({ ...asked, list, limit: 2_000 });
            expect(rows).toHaveLength(total);
            return [list, total] as const;
          }),
        );
        expect(totals).toMatchObject(countsOf(kpis, totals.discharges as number));
        const lines = figures.list({ ...asked, list: 'stranded', limit: 2_000 }).rows;
        expect(lines.filter(({ value }) => (value ?? 0) > 14)).toHaveLength(kpis.stranded.over14);
      }
    }
  });

  const countsOf = (kpis: Kpis, discharges: number) => ({
    discharges: kpis.discharges,
    deaths: kpis.deaths,
    admissions: kpis.admissions,
    turnaround: kpis.turnaround.cleanings,
    stranded: kpis.stranded.over7,
    ...(kpis.beforeNoon === null ? {} : { 'before-noon': Math.round((kpis.beforeNoon * discharges) / 100) }),
  });

  it('say who and where, newest first, and no more than asked for', () => {
    const { beds } = keepWard(store, 'North', 3);
    keepStay(store, inBed(beds[0], '2026-01-05T10:00Z', '2026-01-08T10:00Z'), { family: 'Ito', visitNumber: 'V1' });
    keepStay(store, inBed(beds[1], '2026-01-05T10:00Z', '2026-01-09T10:00Z', 'died'), { family: 'Marsh' });
    const { total, rows } = figures.list({ ...question(), list: 'discharges', limit: 1 });
    expect(total).toBe(2);
    expect(rows).toMatchObject([
      { bedLabel: '2', wardName: 'North', name: { family: 'Marsh' }, visitNumber: null, value: 4, detail: 'died' },
    ]);
  });
});

describe('charts', () => {
  it('have their points for every series', () => {
    const { beds } = keepWard(store, 'North', 1);
    keepStay(store, inBed(beds[0], '2026-01-05T10:00Z', '2026-01-08T10:30Z'));
    const all = KPI_SERIES.map((series) => figures.series({ ...question(), series }));
    const [occupancy, hours, , , los] = all;
    expect(occupancy).toHaveLength(31);
    expect(occupancy?.[5]).toEqual({ key: '2026-01-06', value: 100, count: 1 });
    expect(hours?.[10]).toEqual({ key: '10', value: 100, count: 1 });
    expect(los).toEqual([{ key: '2026-01-08', value: 3, count: 1 }]);
  });
});

describe('the figures thread', () => {
  const reader = () => store.figures as FigureReader;

  it('starts with the first question, stays, and is started again when it dies', async () => {
    expect(reader().thread()).toBeUndefined();
    await store.figures.kpis(question());
    const first = reader().thread();
    await store.figures.kpis(question());
    expect(reader().thread()).toBe(first);
    await first?.terminate();
    expect((await store.figures.kpis(question())).discharges).toBe(0);
    expect(reader().thread()).not.toBe(first);
  });

  it('answers a question again that its thread died over', async () => {
    await store.figures.kpis(question());
    const asked = [1, 2, 3].map(() => store.figures.kpis(question()));
    void reader().thread()?.terminate();
    expect((await Promise.all(asked)).map(({ discharges }) => discharges)).toEqual([0, 0, 0]);
  });

  it('ends with the store: who waits is told, and who asks later too', async () => {
    const waiting = store.figures.kpis(question());
    store.close();
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.figures.kpis(question())).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('sees what was written a moment ago', async () => {
    const { beds } = keepWard(store, 'North', 1);
    for (let day = 1; day <= 5; day++) {
      keepStay(store, inBed(beds[0], `2026-01-0${day}T08:00Z`, `2026-01-0${day}T10:00Z`));
      expect((await store.figures.kpis(question())).discharges).toBe(day);
    }
  });
});
