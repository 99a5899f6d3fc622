import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#domain/clinic/store.ts';
import type { BedBlock, BedRequest, Reservation } from '#domain/flow/bed-state.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, RequestId, ReservationId, TaskId, UserId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { settleIn } from '../helpers/live-ward.ts';
import { makeDevice, NOON } from '../helpers/makers.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';

let test: TestStore;
let store: Store;
let here: ReturnType<typeof settleIn>;
beforeEach(() => {
  test = openTestStore();
  store = test.store;
  here = settleIn(store);
});
afterEach(() => test.remove());

const NURSE = 'nurse' as UserId;
let made = 0;
const name = (): string => {
  made += 1;
  return `it-${made}`;
};

const block = (given: Partial<BedBlock> = {}): BedBlock => ({
  id: name(),
  bedId: here.bed.id,
  reason: 'repair',
  note: null,
  from: NOON,
  to: null,
  by: NURSE,
  endedAt: null,
  ...given,
});
const reservation = (given: Partial<Reservation> = {}): Reservation => ({
  id: name() as ReservationId,
  bedId: here.bed.id,
  encounterId: here.encounter.id,
  by: NURSE,
  at: NOON,
  until: NOON + HOUR_MS,
  state: 'reserved',
  fulfilledBy: null,
  ...given,
});
const request = (given: Partial<BedRequest> = {}): BedRequest => ({
  id: name() as RequestId,
  encounterId: here.encounter.id,
  wardId: null,
  needs: { equipment: ['monitor'], isolation: 'contact' },
  reason: 'unstable',
  urgency: 'urgent',
  requestedAt: NOON,
  requestedBy: NURSE,
  state: 'requested',
  decidedAt: null,
  decidedBy: null,
  answer: null,
  doneBy: null,
  was: null,
  ...given,
});
const task = (given: Partial<Task> = {}): Task => ({
  id: name() as TaskId,
  kind: 'cleaning',
  state: 'requested',
  bedId: here.bed.id,
  encounterId: null,
  destination: null,
  cause: 'discharge',
  contaminated: true,
  eventId: null,
  requestedAt: NOON,
  startedAt: null,
  doneAt: null,
  assigneeId: null,
  handedTo: null,
  supersededBy: null,
  note: null,
  ...given,
});
const save = (work: () => void) => store.transact(work);

describe('the schema itself refuses', () => {
  it.each<[string, () => void, () => void]>([
    ['two blocks of a bed', () => store.bedStates.saveBlock(block()), () => store.bedStates.saveBlock(block())],
    [
      'two reservations of a bed',
      () => store.bedStates.saveReservation(reservation()),
      () => store.bedStates.saveReservation(reservation({ encounterId: settleIn(store).encounter.id })),
    ],
    [
      'two reservations for a patient',
      () => store.bedStates.saveReservation(reservation()),
      () => store.bedStates.saveReservation(reservation({ bedId: settleIn(store).bed.id })),
    ],
    [
      'two open requests of a patient',
      () => store.bedStates.saveRequest(request()),
      () => store.bedStates.saveRequest(request({ state: 'accepted' })),
    ],
    [
      'two open cleanings of a bed',
      () => store.tasks.save(task()),
      () => store.tasks.save(task({ state: 'started', startedAt: NOON })),
    ],
  ])('%s', (_, first, second) => {
    save(first);
    expect(() => save(second)).toThrow(/UNIQUE constraint failed/);
  });

  it.each<[string, () => void]>([
    ['a done task without its times', () => store.tasks.save(task({ state: 'done' }))],
    ['a started task without a start', () => store.tasks.save(task({ state: 'started' }))],
    [
      'a cleaning that ends before it begins',
      () => store.tasks.save(task({ state: 'done', startedAt: NOON + 2, doneAt: NOON + 1 })),
    ],
    [
      'a cleaning begun before the bed was dirty',
      () => store.tasks.save(task({ state: 'started', startedAt: NOON - 1 })),
    ],
    ['a cleaning of no bed', () => store.tasks.save(task({ bedId: null }))],
    ['a transport of nobody', () => store.tasks.save(task({ kind: 'transport', cause: null }))],
    [
      'a fulfilled reservation without its event',
      () => store.bedStates.saveReservation(reservation({ state: 'fulfilled' })),
    ],
    [
      'five places in a bed',
      () =>
        store.bedStates.saveBedAttributes(here.bed.id, { ...store.bedStates.bedAttributes(here.bed.id), places: 5 }),
    ],
    [
      'ages out of order',
      () =>
        store.bedStates.saveBedAttributes(here.bed.id, {
          ...store.bedStates.bedAttributes(here.bed.id),
          ageFrom: 16,
          ageTo: 15,
        }),
    ],
  ])('%s', (_, work) => {
    expect(() => save(work)).toThrow(/CHECK constraint failed/);
  });
});

describe('what is kept of beds', () => {
  it('comes back as it was, also after a restart', () => {
    const attributes = {
      equipment: ['oxygen', 'lift'],
      ageFrom: 0,
      ageTo: 15,
      places: 2,
      code: 'B-1',
      fromFeed: true,
    } as const;
    const room = { sexRule: 'same', isolationFor: ['contact'], code: null, fromFeed: false } as const;
    const kept = {
      block: block({ to: NOON + 5, note: 'lamp' }),
      reservation: reservation(),
      request: request(),
      task: task({ note: 'far side' }),
    };
    save(() => {
      store.bedStates.saveBedAttributes(here.bed.id, attributes);
      store.bedStates.saveRoomAttributes(here.bed.roomId, room);
      store.bedStates.saveIsolation(here.encounter.id, 'droplet');
      store.bedStates.saveBlock(kept.block);
      store.bedStates.saveReservation(kept.reservation);
      store.bedStates.saveRequest(kept.request);
      store.bedStates.saveHeardTag({ deviceId: here.device.id, place: 'X-ray', at: NOON });
      store.bedStates.settleDoubt({ id: 'doubt', at: NOON, by: NURSE });
      store.tasks.save(kept.task);
    });
    const { bedStates, tasks } = test.reopen();
    store = test.store;
    expect(bedStates.bedAttributes(here.bed.id)).toEqual(attributes);
    expect(bedStates.listBedAttributes().get(here.bed.id)).toEqual(attributes);
    expect(bedStates.roomAttributes(here.bed.roomId)).toEqual(room);
    expect(bedStates.listIsolations()).toEqual(new Map([[here.encounter.id, 'droplet']]));
    expect(bedStates.findBlock(kept.block.id)).toEqual(kept.block);
    expect(bedStates.reservationOf({ bedId: here.bed.id })).toEqual(kept.reservation);
    expect(bedStates.reservationOf({ encounterId: here.encounter.id })).toEqual(kept.reservation);
    expect(bedStates.requestOf(here.encounter.id)).toEqual(kept.request);
    expect(bedStates.listHeardTags()).toEqual([{ deviceId: here.device.id, place: 'X-ray', at: NOON }]);
    expect(bedStates.listSettledDoubts()).toEqual(['doubt']);
    expect(tasks.openCleaning(here.bed.id)).toEqual(kept.task);
  });

  it('a bed of which nothing was said holds one patient of any age and has nothing', () => {
    expect(store.bedStates.bedAttributes(here.bed.id)).toEqual({
      equipment: [],
      ageFrom: null,
      ageTo: null,
      places: 1,
      code: null,
      fromFeed: false,
    });
    expect(store.bedStates.bedAttributes('nowhere' as BedId).places).toBe(1);
  });

  it('a block and a reservation are due from the moment their time is over, and found so', () => {
    save(() => {
      store.bedStates.saveBlock(block({ to: NOON + 10 }));
      store.bedStates.saveReservation(reservation({ until: NOON + 10 }));
    });
    expect(store.bedStates.listDue(NOON + 9)).toEqual({ blocks: [], reservations: [] });
    expect(store.bedStates.blockOf(here.bed.id, NOON + 9)).toBeDefined();
    const due = store.bedStates.listDue(NOON + 10);
    expect([due.blocks.length, due.reservations.length]).toEqual([1, 1]);
    expect(store.bedStates.blockOf(here.bed.id, NOON + 10)).toBeUndefined();
    expect(store.bedStates.listBlocks(NOON + 10)).toEqual([]);
  });

  it('an isolated neighbour or a contaminated bed makes the room one', () => {
    const { bed, encounter } = here;
    const near = () => store.bedStates.isolatedNear(bed.id, 'somebody' as never);
    expect(near()).toBe(false);
    save(() => store.bedStates.saveIsolation(encounter.id, 'protective'));
    expect(near()).toBe(false);
    save(() => store.bedStates.saveIsolation(encounter.id, 'airborne'));
    expect(near()).toBe(true);
    expect(store.bedStates.isolatedNear(bed.id, encounter.id)).toBe(false);
    save(() => store.tasks.save(task({ bedId: bed.id })));
    expect(store.bedStates.isolatedNear(bed.id, encounter.id)).toBe(true);
  });
});

describe('tasks', () => {
  it('are found by what they follow from, open ones oldest first, done ones newest first', () => {
    const other = settleIn(store);
    const old = task({ eventId: 'left', state: 'voided', supersededBy: 'taken' });
    const open = task({ eventId: 'left', requestedAt: NOON + 5 });
    const early = task({ bedId: other.bed.id, requestedAt: NOON - 5 });
    const done = [1, 2, 3].map((hour) => task({ state: 'done', startedAt: NOON, doneAt: NOON + hour * HOUR_MS }));
    const transport = task({
      kind: 'transport',
      cause: null,
      contaminated: false,
      encounterId: here.encounter.id,
      destination: 'X-ray',
      state: 'done',
      startedAt: NOON,
      doneAt: NOON + HOUR_MS,
    });
    save(() => {
      for (const one of [open, old, early, ...done, transport]) store.tasks.save(one);
    });
    const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id);
    expect(store.tasks.findByEvent('left')?.id).toBe(open.id);
    expect(store.tasks.findByEvent('left', other.bed.id)).toBeUndefined();
    expect(ids(store.tasks.listOpen())).toEqual([early.id, open.id]);
    expect(ids(store.tasks.listSupersededBy('taken'))).toEqual([old.id]);
    expect(ids(store.tasks.listSupersededOn(here.bed.id))).toEqual([old.id]);
    expect(store.tasks.lastCleaned(here.bed.id)?.id).toBe(done[2]?.id);
    // The clock was set back while it was cleaned: what counts is which was begun last.
    const later = task({ state: 'done', startedAt: NOON + MINUTE_MS, doneAt: NOON + 2 * MINUTE_MS });
    save(() => store.tasks.save(later));
    expect(store.tasks.lastCleaned(here.bed.id)?.id).toBe(later.id);
    save(() => store.tasks.save({ ...later, kind: 'cleaning', state: 'voided', doneAt: null }));
    expect(ids(store.tasks.listDone(NOON, NOON + 2 * HOUR_MS + 1, 10, ['cleaning']))).toEqual([
      done[1]?.id,
      done[0]?.id,
    ]);
    expect(store.tasks.listDone(NOON, NOON + HOUR_MS, 10)).toEqual([]);
    expect(store.tasks.listDone(NOON, NOON + 9 * HOUR_MS, 2)).toHaveLength(2);
  });

  it('a device heard of is known before its tag is kept', () => {
    expect(() =>
      save(() => store.bedStates.saveHeardTag({ deviceId: makeDevice().id, place: 'Store', at: NOON })),
    ).toThrow(/FOREIGN KEY/);
  });
});
