import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Equipment } from '#domain/flow/bed-state.ts';
import type { BedId, RequestId, WardId } from '#domain/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { type FlowClinic, openFlowClinic } from '#test/helpers/flow-clinic.ts';
import { NOON } from '#test/helpers/makers.ts';
import { failure } from './clinic.ts';

let clinic: FlowClinic;
beforeEach(() => {
  clinic = openFlowClinic();
});
afterEach(() => clinic.close());

function equip(bedId: BedId, ...equipment: Equipment[]): void {
  const { bedStates, transact } = clinic.store;
  transact(() => bedStates.saveBedAttributes(bedId, { ...bedStates.bedAttributes(bedId), equipment }));
}

const needs = { equipment: [] as Equipment[], isolation: null };
const asking = { wardId: null, needs, reason: 'closer to the desk', urgency: 'routine' } as const;

describe('beds for a patient', () => {
  it('are the assignable ones best first, then every other with each reason in words', async () => {
    const { desk, beds } = clinic;
    equip(beds.two.id, 'oxygen');
    equip(beds.three.id, 'oxygen', 'monitor');
    await clinic.admitted(beds.one, { name: { family: 'Okafor', given: ['Bea'] } });
    const ann = await clinic.admitted(null);
    await desk.beds.block({ bedId: beds.ten.id, reason: 'repair', to: NOON + 2 * HOUR_MS });
    const wanted = { encounterId: ann, needs: { equipment: ['oxygen' as const], isolation: null } };
    const choices = await desk.flow.bedsFor(wanted);
    expect(choices.map(({ label, assignable, rank }) => [label, assignable, rank])).toEqual([
      ['2', true, 1],
      ['3', true, 2],
      ['1', false, 3],
      ['10', false, 4],
    ]);
    const [, , occupied, blocked] = choices;
    expect(occupied?.whyNot).toEqual([
      { kind: 'occupied', words: 'Occupied by OKAFOR, Bea' },
      { kind: 'equipment', words: 'No oxygen' },
    ]);
    expect(blocked?.whyNot[0]).toEqual({ kind: 'blocked', words: 'Blocked: repair, until 14:00' });
    expect(choices.every(({ overridable }) => !overridable)).toBe(true);
    const plain = await desk.flow.bedsFor({ encounterId: ann, needs: { equipment: ['lift'], isolation: null } });
    expect(plain.find(({ label }) => label === '2')).toMatchObject({ assignable: false, overridable: true });
  });

  it('offer a monitor first to a patient whose NEWS2 rises', async () => {
    const { desk, beds } = clinic;
    equip(beds.three.id, 'monitor');
    const ann = await clinic.admitted(beds.one);
    const best = async () => (await desk.flow.bedsFor({ encounterId: ann }))[0];
    expect(await best()).toMatchObject({ label: '2' });
    clinic.news.set(ann, { total: 5, trend: 'unchanged' });
    expect(await best()).toMatchObject({
      label: '3',
      merits: ['In the same ward', 'Has a monitor', 'Keeps special beds free'],
    });
  });

  it('do not list the bed the patient lies in, and know somebody who is not here yet', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    expect((await desk.flow.bedsFor({ encounterId: ann })).map(({ label }) => label)).not.toContain('1');
    const bob = clinic.patient({ sex: 'male' });
    expect((await desk.flow.bedsFor({ patientId: bob })).map(({ label }) => label)).toContain('1');
    expect(await failure(desk.flow.bedsFor({}))).toMatch(/^not-found:/);
    expect(await failure(desk.flow.bedsFor({ patientId: bob, wardId: 'nowhere' as WardId }))).toMatch(/^not-found:/);
  });

  it('are all those of which nothing stands against a move, and no others', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    await clinic.admitted(beds.two);
    await desk.tasks.requestCleaning({ bedId: beds.three.id });
    const choices = await desk.flow.bedsFor({ encounterId: ann });
    clinic.time.now += SECOND_MS;
    for (const { bedId, assignable } of choices.filter((one) => !one.assignable)) {
      expect(assignable).toBe(false);
      expect(await failure(desk.encounters.move({ encounterId: ann, bedId }))).toMatch(/^refused/);
    }
    const free = choices.find(({ assignable }) => assignable) ?? expect.fail();
    await desk.encounters.move({ encounterId: ann, bedId: free.bedId });
    expect(store.assignments.current({ encounterId: ann })?.bedId).toBe(free.bedId);
  });
});

describe('a reserved bed', () => {
  it('is kept from others until its time is over, and the others are told for whom', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one, { name: { family: 'Okafor', given: ['Ann'] } });
    const bob = await clinic.admitted(beds.ten);
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann });
    clinic.time.now += MINUTE_MS;
    const move = () => desk.encounters.move({ encounterId: bob, bedId: beds.two.id });
    expect(await failure(move())).toBe(
      'refused/bed-reserved: Bed 2: Reserved for OKAFOR, Ann until 16:00. Nothing was changed.',
    );
    expect(await failure(desk.flow.reserve({ bedId: beds.two.id, encounterId: bob }))).toBe(
      'refused/bed-reserved: Bed 2 is reserved for OKAFOR, Ann until 16:00. Nothing was changed.',
    );
    clinic.time.now = NOON + 4 * HOUR_MS;
    await move();
  });

  it('is one a patient, prolonged by asking again, and free once released', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const { reservationId } = await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 1 });
    clinic.time.now += MINUTE_MS;
    expect(await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 2 })).toEqual({ reservationId });
    expect(store.bedStates.findReservation(reservationId)?.until).toBe(clinic.time.now + 2 * HOUR_MS);
    expect(await failure(desk.flow.reserve({ bedId: beds.three.id, encounterId: ann }))).toMatch(
      /^refused\/already-reserved: Bed 2/,
    );
    await desk.flow.release({ reservationId });
    await desk.flow.release({ reservationId });
    await desk.flow.reserve({ bedId: beds.three.id, encounterId: ann });
  });

  it('lapses by itself: within a second every board is told, and the ledger says so', async () => {
    const { desk, beds, store, upkeep } = clinic;
    const ann = await clinic.admitted(beds.one);
    const { reservationId } = await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 1 });
    clinic.heard();
    upkeep.tick(NOON + HOUR_MS - 1);
    expect(clinic.heard()).toEqual([]);
    upkeep.tick(NOON + HOUR_MS);
    expect(clinic.heard()).toEqual([`bedState ${beds.two.id}`]);
    expect(store.bedStates.findReservation(reservationId)?.state).toBe('lapsed');
    expect(store.ledger.list({ limit: 1 })).toMatchObject([{ actor: 'hub', act: 'bed.reservationLapsed' }]);
    upkeep.tick(NOON + 9 * HOUR_MS);
    expect(clinic.heard()).toEqual([]);
  });

  it('has lapsed for rules before anybody wrote it down, and stays lapsed when the clock is set back', async () => {
    const { desk, beds, upkeep } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.ten);
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann, hours: 1 });
    clinic.time.now = NOON + 30 * DAY_MS;
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: bob, hours: 1 });
    upkeep.tick(clinic.time.now);
    clinic.time.now = NOON + MINUTE_MS;
    const [kept] = clinic.store.bedStates.listReservations();
    expect(kept).toMatchObject({ encounterId: bob, bedId: beds.two.id });
    expect(clinic.store.bedStates.listReservations()).toHaveLength(1);
  });

  it('keeps nothing for somebody who has left, and does again when that is taken back', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann });
    clinic.time.now += MINUTE_MS;
    clinic.heard();
    const { actId = expect.fail() } = await desk.encounters.discharge({ encounterId: ann });
    expect(store.bedStates.listReservations()).toEqual([]);
    expect(clinic.heard()).toContain(`bedState ${beds.two.id}`);
    await desk.flow.undo({ actId });
    expect(store.bedStates.listReservations()).toMatchObject([{ encounterId: ann }]);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: ann });
    const bob = await clinic.admitted(beds.two);
    expect(store.assignments.current({ encounterId: bob })?.bedId).toBe(beds.two.id);
  });

  it('may be occupied or dirty, but not blocked, and not for somebody who is gone', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const bob = await clinic.admitted(beds.two);
    await desk.flow.reserve({ bedId: beds.two.id, encounterId: ann });
    await desk.beds.block({ bedId: beds.three.id, reason: 'closed' });
    const blocked = desk.flow.reserve({ bedId: beds.three.id, encounterId: bob });
    expect(await failure(blocked)).toBe('refused/bed-blocked: Bed 3 is blocked: closed. Nothing was changed.');
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: bob });
    expect(await failure(desk.flow.reserve({ bedId: beds.ten.id, encounterId: bob }))).toMatch(
      /^refused\/not-in-progress/,
    );
  });
});

describe('a request for a bed', () => {
  it('is open once a patient, decided once, and the loser is told by whom', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    const { requestId } = await desk.flow.requestBed({ ...asking, encounterId: ann });
    expect(await failure(desk.flow.requestBed({ ...asking, encounterId: ann }))).toMatch(/^refused\/already-requested/);
    expect(await failure(desk.flow.decideRequest({ requestId, accept: false }))).toMatch(/^refused\/answer-missing/);
    const other = clinic.as(clinic.staff('scheduler'));
    await other.flow.decideRequest({ requestId, accept: false, answer: 'full until tonight' });
    expect(await failure(desk.flow.decideRequest({ requestId, accept: true }))).toBe(
      'refused/already-decided: This request was already declined by The scheduler. Nothing was changed.',
    );
    expect(await failure(desk.flow.cancelRequest({ requestId }))).toMatch(/^refused\/already-decided/);
    await desk.flow.requestBed({ ...asking, encounterId: ann });
  });

  it('decided or withdrawn is again exactly what it was when that is taken back', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const { requestId } = await desk.flow.requestBed({ ...asking, encounterId: ann });
    const now = () => store.bedStates.findRequest(requestId);
    const asked = now();
    const back = (seen: 'accepted' | 'declined' | 'cancelled') => desk.flow.reopenRequest({ requestId, seen });
    await desk.flow.decideRequest({ requestId, accept: false, answer: 'full' });
    await back('declined');
    expect(now()).toEqual(asked);
    await desk.flow.decideRequest({ requestId, accept: true });
    const accepted = now();
    clinic.time.now += MINUTE_MS;
    await desk.flow.cancelRequest({ requestId, seen: 'accepted' });
    expect(await failure(back('accepted'))).toMatch(/^refused\/already-decided/);
    await back('cancelled');
    expect(now()).toEqual({ ...accepted, was: null });
    expect(await failure(back('cancelled')), 'once').toMatch(/^refused\/already-decided/);
    await desk.flow.cancelRequest({ requestId, seen: 'accepted' });
    await desk.flow.requestBed({ ...asking, encounterId: ann });
    expect(await failure(back('cancelled'))).toMatch(/^refused\/already-requested/);
    await desk.encounters.discharge({ encounterId: ann });
    expect(await failure(back('cancelled'))).toMatch(/^refused\/not-in-progress/);
    expect(
      store.ledger.list({ limit: 20, subject: requestId }).filter(({ act }) => act === 'bed.requestReopened'),
    ).toHaveLength(2);
  });

  it('F58 accepted, declined and cancelled at once ends in one state with one ledger line', async () => {
    const { desk, beds, store } = clinic;
    for (let round = 0; round < 20; round += 1) {
      const ann = await clinic.admitted(beds.ten);
      const { requestId } = await desk.flow.requestBed({ ...asking, encounterId: ann });
      const acts = [
        () => desk.flow.decideRequest({ requestId, accept: false, answer: 'no staff' }),
        () => desk.flow.cancelRequest({ requestId }),
        () => desk.flow.decideRequest({ requestId, accept: false, answer: 'full' }),
      ];
      const turned = [...acts.slice(round % 3), ...acts.slice(0, round % 3)];
      const outcomes = await Promise.allSettled(turned.map((decide) => decide()));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const ended = store.ledger.list({ limit: 10, subject: requestId }).filter(({ act }) => act !== 'bed.requested');
      expect(ended).toHaveLength(1);
      clinic.time.now += MINUTE_MS;
      await desk.encounters.discharge({ encounterId: ann });
      await desk.tasks.finish({ taskId: store.tasks.openCleaning(beds.ten.id)?.id ?? expect.fail() });
    }
  });

  it('asks for what the bed must have, in the ward it was addressed to', async () => {
    const { desk, beds, wardId } = clinic;
    equip(beds.two.id, 'monitor');
    const ann = await clinic.admitted(beds.one);
    const monitor = { equipment: ['monitor' as const], isolation: null };
    await desk.flow.requestBed({ ...asking, encounterId: ann, wardId, needs: monitor });
    const choices = await desk.flow.bedsFor({ encounterId: ann });
    expect(choices.filter(({ assignable }) => assignable).map(({ label }) => label)).toEqual(['2']);
    expect(choices[0]?.merits).toContain('Has what is needed');
  });

  it('of somebody who left is on no list', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.one);
    const { requestId } = await desk.flow.requestBed({ ...asking, encounterId: ann });
    clinic.time.now += MINUTE_MS;
    clinic.heard();
    await desk.encounters.discharge({ encounterId: ann });
    expect(store.bedStates.listOpenRequests()).toEqual([]);
    expect(clinic.heard()).toContain(`bedRequest ${requestId}`);
    expect(await failure(desk.flow.requestBed({ ...asking, encounterId: ann }))).toMatch(/^refused\/not-in-progress/);
    expect(await failure(desk.flow.cancelRequest({ requestId: 'none' as RequestId }))).toMatch(/^not-found/);
  });
});

describe('a blocked bed', () => {
  it('is out of use until its time is over or somebody ends it', async () => {
    const { desk, beds, upkeep, store } = clinic;
    const { blockId } = await desk.beds.block({ bedId: beds.one.id, reason: 'infection', to: NOON + HOUR_MS });
    expect(await failure(desk.beds.block({ bedId: beds.one.id, reason: 'repair' }))).toMatch(
      /^refused\/already-blocked/,
    );
    const patientId = clinic.patient();
    const admit = () => desk.encounters.admit({ patientId, bedId: beds.one.id });
    expect(await failure(admit())).toBe(
      'refused/bed-blocked: Bed 1: Blocked: infection, until 13:00. Nothing was changed.',
    );
    clinic.heard();
    upkeep.tick(NOON + HOUR_MS + 500);
    expect(clinic.heard()).toEqual([`bedState ${beds.one.id}`]);
    expect(store.bedStates.findBlock(blockId)?.endedAt).toBe(NOON + HOUR_MS);
    clinic.time.now = NOON + HOUR_MS + 500;
    expect(await failure(desk.beds.unblock({ blockId }))).toMatch(/^refused\/not-blocked/);
    const { blockId: again } = await desk.beds.block({ bedId: beds.one.id, reason: 'repair' });
    await desk.beds.unblock({ blockId: again });
    await admit();
  });

  it('is told late too: from when it was out of use, unless somebody lay in it or it was blocked then', async () => {
    const { desk, beds, store } = clinic;
    const { bedId } = { bedId: beds.one.id };
    const block = (given: { at?: number; to?: number }) => desk.beds.block({ bedId, reason: 'repair', ...given });
    const { blockId } = await block({ at: NOON - HOUR_MS, to: NOON - 30 * MINUTE_MS });
    expect(store.bedStates.findBlock(blockId)).toMatchObject({ from: NOON - HOUR_MS, endedAt: NOON - 30 * MINUTE_MS });
    await clinic.admitted(beds.one);
    expect(store.bedStates.blockOf(bedId, NOON)).toBeUndefined();
    expect(await failure(block({ at: NOON - 45 * MINUTE_MS, to: NOON - 20 * MINUTE_MS }))).toMatch(/already-blocked/);
    expect(await failure(block({ at: NOON - 20 * MINUTE_MS, to: NOON + MINUTE_MS }))).toMatch(
      /bed-occupied: Somebody was/,
    );
    expect(await failure(block({ at: NOON + MINUTE_MS }))).toMatch(/in-future/);
    await block({ at: NOON - 20 * MINUTE_MS, to: NOON - 10 * MINUTE_MS });
    await desk.beds.block({ bedId: beds.two.id, reason: 'repair', at: NOON - HOUR_MS });
    expect(store.bedStates.blockOf(beds.two.id, NOON)).toMatchObject({ from: NOON - HOUR_MS, endedAt: null });
  });

  it('may be dirty, never occupied, and never blocked into the past', async () => {
    const { desk, beds } = clinic;
    const ann = await clinic.admitted(beds.one);
    expect(await failure(desk.beds.block({ bedId: beds.one.id, reason: 'repair' }))).toMatch(/^refused\/bed-occupied/);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: ann });
    expect(await failure(desk.beds.block({ bedId: beds.one.id, reason: 'repair', to: NOON }))).toMatch(
      /^refused\/in-past/,
    );
    await desk.beds.block({ bedId: beds.one.id, reason: 'repair' });
  });

  it('whose time ran out while the hub was off may be blocked anew, and stays blocked when the clock is set back', async () => {
    const { desk, beds, store } = clinic;
    await desk.beds.block({ bedId: beds.one.id, reason: 'repair', to: NOON + MINUTE_MS });
    clinic.time.now = NOON + HOUR_MS;
    const { blockId } = await desk.beds.block({ bedId: beds.one.id, reason: 'closed' });
    clinic.time.now = NOON - DAY_MS;
    expect(store.bedStates.blockOf(beds.one.id, clinic.time.now)?.id).toBe(blockId);
    await desk.beds.unblock({ blockId });
    expect(store.bedStates.blockOf(beds.one.id, clinic.time.now)).toBeUndefined();
  });
});

describe('isolation', () => {
  it('is on record with who said so, and over with the stay', async () => {
    const { desk, beds, store } = clinic;
    const ann = await clinic.admitted(beds.ten);
    clinic.heard();
    await desk.flow.setIsolation({ encounterId: ann, isolation: 'droplet' });
    expect(clinic.heard()).toEqual([`flow ${ann}`, `bedState ${beds.ten.id}`]);
    expect(store.ledger.list({ limit: 1 })).toMatchObject([
      {
        act: 'encounter.isolationSet',
        actor: clinic.nurse.id,
        before: { isolation: null },
        after: { isolation: 'droplet' },
      },
    ]);
    await desk.flow.setIsolation({ encounterId: ann, isolation: 'droplet' });
    expect(clinic.heard(), 'nothing new').toEqual([]);
    clinic.time.now += MINUTE_MS;
    await desk.encounters.discharge({ encounterId: ann });
    expect(await failure(desk.flow.setIsolation({ encounterId: ann, isolation: null }))).toMatch(
      /^refused\/not-in-progress/,
    );
  });
});
