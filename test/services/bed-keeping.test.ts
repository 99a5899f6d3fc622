import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WhyNot } from '#domain/flow/bed-state.ts';
import type { EncounterId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { type FlowClinic, openFlowClinic } from '#test/helpers/flow-clinic.ts';
import { NOON } from '#test/helpers/makers.ts';
import { failure } from './clinic.ts';

let clinic: FlowClinic;
beforeEach(() => {
  clinic = openFlowClinic();
});
afterEach(() => clinic.close());

/** The kinds of what stands against a new patient taking a bed. */
function against(bedId: FlowClinic['beds']['one']['id']): WhyNot['kind'][] {
  return clinic.keeping.whyNot({ bedId, encounterId: null, patientId: clinic.patient() }).map(({ kind }) => kind);
}

/** All that undo must put back exactly. */
function state() {
  const { store } = clinic;
  return {
    held: store.assignments
      .listCurrent()
      .map(({ bedId, encounterId, startedAt }) => ({ bedId, encounterId, startedAt })),
    tasks: store.tasks.listOpen(),
    reservations: store.bedStates.listReservations(),
    requests: store.bedStates.listOpenRequests(),
  };
}

/** A step of another system. */
function told(
  encounterId: EncounterId,
  happenedAt: number,
  step: Parameters<typeof clinic.engine.take>[0][number]['step'],
) {
  clinic.store.transact((afterCommit) =>
    clinic.engine.take(
      [{ encounterId, step, happenedAt, recordedAt: happenedAt, source: 'feed', tieBreak: `${happenedAt}` }],
      clinic.time.now,
      afterCommit,
    ),
  );
}

const inBed = (bed: FlowClinic['beds']['one']) => ({
  wardId: bed.wardId,
  roomId: bed.roomId,
  bedId: bed.id,
  areaId: null,
});

describe('a bed whose patient', () => {
  it('is to be discharged stays occupied; once the patient left it is dirty from then on', async () => {
    const { desk, beds, time, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    time.now += HOUR_MS;
    await desk.flow.planDischarge({ encounterId: ann, expectedAt: null, ordered: true });
    expect(store.tasks.listOpen()).toEqual([]);
    expect(against(beds.one.id)).toEqual(['occupied']);
    time.now += HOUR_MS;
    await desk.encounters.discharge({ encounterId: ann });
    expect(store.tasks.listOpen()).toMatchObject([
      { kind: 'cleaning', state: 'requested', bedId: beds.one.id, cause: 'discharge', requestedAt: time.now },
    ]);
    expect(against(beds.one.id)).toEqual(['dirty']);
  });

  it('moved on is dirty, the bed moved to is not', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += 1_000;
    await desk.encounters.move({ encounterId: ann, bedId: beds.two.id });
    expect(store.tasks.openCleaning(beds.one.id)).toMatchObject({ cause: 'transfer' });
    expect(store.tasks.openCleaning(beds.two.id)).toBeUndefined();
  });

  it('died is cleaned for that cause', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += 1_000;
    await desk.encounters.discharge({ encounterId: ann, outcome: 'died' });
    expect(store.tasks.openCleaning(beds.one.id)).toMatchObject({ cause: 'death' });
  });

  it('was isolated is contaminated, and so is what others leave in that room until it is cleaned', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.two);
    await desk.flow.setIsolation({ encounterId: ann, isolation: 'contact' });
    clinic.time.now += 1_000;
    await desk.encounters.discharge({ encounterId: ann });
    expect(store.tasks.openCleaning(beds.one.id)).toMatchObject({ cause: 'isolation', contaminated: true });
    await desk.encounters.discharge({ encounterId: bob });
    expect(store.tasks.openCleaning(beds.two.id)).toMatchObject({ cause: 'discharge', contaminated: true });
    const eve = await clinic.admitted(beds.ten);
    clinic.time.now += 1_000;
    await desk.encounters.discharge({ encounterId: eve });
    expect(store.tasks.openCleaning(beds.ten.id)).toMatchObject({ contaminated: false });
  });

  it('was protected from others leaves a bed like any other', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.ten);
    await desk.flow.setIsolation({ encounterId: ann, isolation: 'protective' });
    clinic.time.now += 1_000;
    await desk.encounters.discharge({ encounterId: ann });
    expect(store.tasks.openCleaning(beds.ten.id)).toMatchObject({ cause: 'discharge', contaminated: false });
  });

  it('shared it is dirty only when the last one leaves', async () => {
    const { desk, beds, store } = clinic;
    store.transact(() =>
      store.bedStates.saveBedAttributes(beds.one.id, { ...store.bedStates.bedAttributes(beds.one.id), places: 2 }),
    );
    const mother = await clinic.admitted(beds.one);
    const baby = await clinic.admitted(beds.one, { sex: 'male', birthDate: '2026-03-01' });
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: mother });
    expect(store.tasks.listOpen()).toEqual([]);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: baby });
    expect(store.tasks.listOpen()).toMatchObject([{ requestedAt: clinic.time.now }]);
  });

  it('changed beds with another leaves no dirt, and the swap can be taken back', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.two);
    const before = state();
    clinic.time.now += 1_000;
    const { actId } = await desk.flow.swap({ encounterId: ann, withEncounterId: bob });
    expect(clinic.store.tasks.listOpen()).toEqual([]);
    await desk.flow.undo({ actId });
    expect(state()).toEqual(before);
  });
});

describe('taken back', () => {
  it('a discharge: the cleaning is voided and all is as before', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const before = state();
    clinic.time.now += 1_000;
    const { actId } = await desk.encounters.discharge({ encounterId: ann });
    await desk.flow.undo({ actId: actId ?? expect.fail() });
    expect(state()).toEqual(before);
    expect(against(beds.one.id)).toEqual(['occupied']);
  });

  it('a correction of a leaving: the dirt is what it was, whoever was isolated since', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bea = await clinic.admitted(beds.two);
    clinic.time.now += HOUR_MS;
    await desk.encounters.discharge({ encounterId: ann });
    clinic.time.now += MINUTE_MS;
    await desk.flow.setIsolation({ encounterId: bea, isolation: 'contact' });
    const dirt = () => store.tasks.openCleaning(beds.one.id);
    const { id, contaminated, requestedAt } = dirt() ?? expect.fail();
    for (const correction of [{ takeBack: true }, { happenedAt: requestedAt - 10 * MINUTE_MS }]) {
      const left = (await desk.flow.history({ encounterId: ann })).find((e) => e.kind === 'discharged' && !e.voided);
      const { actId } = await desk.flow.correct({
        eventId: left?.eventId ?? expect.fail(),
        reason: 'wrong',
        ...correction,
      });
      if ('happenedAt' in correction)
        expect(dirt()).toMatchObject({ requestedAt: correction.happenedAt, contaminated });
      else expect(dirt()).toBeUndefined();
      await desk.flow.undo({ actId });
      expect(dirt()).toMatchObject({ id, contaminated: false, requestedAt });
    }
  });

  it('a cancelling: a request the bed had answered is answered again, though its time was corrected since', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(null);
    const { requestId } = await desk.flow.requestBed({
      encounterId: ann,
      wardId: null,
      needs: { equipment: [], isolation: null },
      reason: 'unstable',
      urgency: 'routine',
    });
    clinic.time.now += HOUR_MS;
    await desk.encounters.move({ encounterId: ann, bedId: beds.one.id });
    const moved = (await desk.flow.history({ encounterId: ann })).find(({ kind }) => kind === 'transferred');
    const happenedAt = clinic.time.now - 10 * MINUTE_MS;
    await desk.flow.correct({ eventId: moved?.eventId ?? expect.fail(), reason: 'earlier', happenedAt });
    const answered = () => store.bedStates.findRequest(requestId)?.state;
    expect(answered()).toBe('done');
    const { actId } = await desk.flow.cancel({ encounterId: ann, reason: 'a mistake' });
    await desk.flow.undo({ actId });
    expect(answered()).toBe('done');
  });

  it('a discharge is refused once somebody cleans, and allowed when that start is taken back', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += 1_000;
    const { actId = expect.fail() } = await desk.encounters.discharge({ encounterId: ann });
    const taskId = store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail();
    await desk.tasks.start({ taskId });
    expect(await failure(desk.flow.undo({ actId }))).toMatch(/^refused\/cleaning-started: Bed 1 is being cleaned/);
    await desk.tasks.undo({ taskId });
    await desk.flow.undo({ actId });
    expect(store.tasks.listOpen()).toEqual([]);
  });

  it('taking a bed: its reservation and the request are as before', async () => {
    const { desk, beds, wardId } = clinic;
    const ann = await clinic.admitted(beds.one);
    await desk.flow.requestBed({
      encounterId: ann,
      wardId,
      needs: { equipment: [], isolation: null },
      reason: 'closer to the desk',
      urgency: 'routine',
    });
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 1 });
    const before = state();
    clinic.time.now += 1_000;
    const { actId = expect.fail() } = await desk.encounters.move({ encounterId: ann, bedId: beds.two.id });
    expect(clinic.store.bedStates.listReservations()).toEqual([]);
    expect(clinic.store.bedStates.listOpenRequests()).toEqual([]);
    await desk.flow.undo({ actId });
    expect(state()).toEqual(before);
  });

  it('a reservation somebody else made meanwhile is left to them', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.ten);
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 1 });
    clinic.time.now += 1_000;
    const { actId = expect.fail() } = await desk.encounters.move({ encounterId: ann, bedId: beds.two.id });
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: bob, hours: 1 });
    await desk.flow.undo({ actId });
    expect(store.bedStates.listReservations()).toMatchObject([{ encounterId: bob, bedId: beds.two.id }]);
  });
});

describe('what another system tells', () => {
  it('of a patient in a dirty bed is shown as a doubt, and the cleaning is over', async () => {
    const { desk, beds, store, doubts } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.two);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: ann });
    const taskId = store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail();
    clinic.time.now += MINUTE_MS;
    told(bob, clinic.time.now, { kind: 'transferred', place: inBed(beds.one) });
    expect(store.tasks.find(taskId)).toMatchObject({ state: 'voided' });
    expect(doubts.listOf(beds.one.id)).toMatchObject([{ kind: 'placed-while-dirty', encounterId: bob }]);
    // The other system takes it back: the bed is as dirty as it was.
    told(bob, clinic.time.now + 1, { kind: 'taken-back', of: ['transferred'] });
    expect(store.tasks.find(taskId)).toMatchObject({ state: 'requested', supersededBy: null });
    expect(doubts.listOf(beds.one.id)).toEqual([]);
  });

  it('of a patient come back while the bed is being cleaned is shown as a doubt until the cleaning is done', async () => {
    const { desk, beds, store, doubts } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += MINUTE_MS;
    told(ann, clinic.time.now, { kind: 'discharged', outcome: 'home' });
    const taskId = store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail();
    await desk.tasks.start({ taskId });
    clinic.time.now += MINUTE_MS;
    told(ann, clinic.time.now, { kind: 'taken-back', of: ['discharged'] });
    expect(against(beds.one.id)).toContain('occupied');
    const [doubt] = doubts.listOf(beds.one.id);
    expect(doubt).toMatchObject({ kind: 'returned-while-cleaning', encounterId: ann });
    await desk.tasks.finish({ taskId });
    expect(doubts.listOf(beds.one.id)).toEqual([]);
  });

  it('of a patient come back while the bed is being cleaned, who leaves: taken back, the cleaning still goes on', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += MINUTE_MS;
    told(ann, clinic.time.now, { kind: 'discharged', outcome: 'home' });
    await desk.tasks.start({ taskId: store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail() });
    told(ann, clinic.time.now, { kind: 'taken-back', of: ['discharged'] });
    clinic.time.now += MINUTE_MS;
    const before = state();
    const { actId } = await desk.encounters.discharge({ encounterId: ann });
    await desk.flow.undo({ actId: actId ?? expect.fail() });
    expect(state()).toEqual(before);
  });

  it('of a move out of a bed that was dirty before they came: the bed is in use, and no cleaning is asked for in it', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: ann });
    const bob = await clinic.admitted(null);
    clinic.time.now += HOUR_MS;
    const came = clinic.time.now - 20 * MINUTE_MS;
    // Told the wrong way round: that Bob was in the bed is known only with his having left it.
    told(bob, came + 10 * MINUTE_MS, { kind: 'transferred', place: inBed(beds.two) });
    told(bob, came, { kind: 'transferred', place: inBed(beds.one) });
    expect(store.tasks.openCleaning(beds.one.id)).toMatchObject({ requestedAt: came + 10 * MINUTE_MS });
    told(bob, clinic.time.now, { kind: 'taken-back', of: ['transferred'] });
    expect(store.tasks.openCleaning(beds.one.id)).toBeUndefined();
    expect(store.assignments.current({ bedId: beds.one.id })?.encounterId).toBe(bob);
  });

  it('by another system while its bed is cleaned keeps anybody else out of it, a swap too, until that is done', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.two);
    clinic.time.now += MINUTE_MS;
    told(ann, clinic.time.now, { kind: 'discharged', outcome: 'home' });
    const taskId = store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail();
    await desk.tasks.start({ taskId });
    told(ann, clinic.time.now, { kind: 'taken-back', of: ['discharged'] });
    clinic.time.now += MINUTE_MS;
    const swap = { encounterId: ann, withEncounterId: bob };
    expect(await failure(desk.flow.swap(swap))).toMatch(/^refused\/bed-not-ready/);
    await desk.tasks.finish({ taskId });
    await desk.flow.swap(swap);
    expect(store.assignments.current({ bedId: beds.one.id })?.encounterId).toBe(bob);
  });

  it('late of somebody who was there before makes no second cleaning', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.two);
    const bob = await clinic.admitted(beds.one);
    clinic.time.now += HOUR_MS;
    await desk.encounters.discharge({ encounterId: bob });
    const task = store.tasks.openCleaning(beds.one.id);
    told(ann, NOON - 2 * HOUR_MS, { kind: 'admitted', place: inBed(beds.one), class: 'inpatient' });
    told(ann, NOON - HOUR_MS, { kind: 'transferred', place: inBed(beds.two) });
    expect(store.tasks.listOpen()).toEqual([task]);
  });

  it('of a leaving after which the bed was cleaned already does not make it dirty again', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += HOUR_MS;
    await desk.encounters.discharge({ encounterId: ann });
    const taskId = store.tasks.openCleaning(beds.one.id)?.id ?? expect.fail();
    clinic.time.now += MINUTE_MS;
    await desk.tasks.start({ taskId });
    clinic.time.now += MINUTE_MS;
    await desk.tasks.finish({ taskId });
    const left = await desk.flow.history({ encounterId: ann });
    const event = left.find(({ kind }) => kind === 'discharged') ?? expect.fail();
    await desk.flow.correct({ eventId: event.eventId, reason: 'earlier', happenedAt: event.happenedAt - MINUTE_MS });
    expect(store.tasks.listOpen()).toEqual([]);
    expect(against(beds.one.id)).toEqual([]);
  });
});

describe('what stands against a bed', () => {
  it('is asked of the room as it is, without those who leave in the same act', async () => {
    const { beds, store, rooms } = clinic;
    store.transact(() =>
      store.bedStates.saveRoomAttributes(rooms.bay, { ...store.bedStates.roomAttributes(rooms.bay), sexRule: 'same' }),
    );
    const ann = await clinic.admitted(beds.one);
    const man = clinic.patient({ sex: 'male' });
    const ask = (leaving: EncounterId[]) =>
      clinic.keeping.whyNot({ bedId: beds.two.id, encounterId: null, patientId: man, leaving });
    expect(ask([])).toEqual([{ kind: 'sex', rule: 'same', present: 'female' }]);
    expect(ask([ann])).toEqual([]);
  });

  it('a move is refused with the reason, and a stated one gets over sex but not over dirt', async () => {
    const { desk, beds, store, rooms } = clinic;
    store.transact(() =>
      store.bedStates.saveRoomAttributes(rooms.single, {
        ...store.bedStates.roomAttributes(rooms.single),
        sexRule: 'male',
      }),
    );
    const ann = await clinic.admitted(beds.one);
    clinic.time.now += 1_000;
    const move = (overrideReason?: string) =>
      desk.encounters.move({ encounterId: ann, bedId: beds.ten.id, ...(overrideReason ? { overrideReason } : {}) });
    expect(await failure(move())).toBe('refused/sex-mix: Bed 10: Room for men. Nothing was changed.');
    await desk.tasks.requestCleaning({ bedId: beds.ten.id });
    expect(await failure(move('no other bed'))).toMatch(/^refused\/bed-not-ready: Bed 10: Dirty since/);
    const taskId = store.tasks.openCleaning(beds.ten.id)?.id ?? expect.fail();
    await desk.tasks.finish({ taskId });
    await move('no other bed');
    expect(store.assignments.current({ encounterId: ann })?.bedId).toBe(beds.ten.id);
  });
});
