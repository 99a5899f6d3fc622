import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVENT_RULES } from '#domain/alarm/rules/event-rules.ts';
import type { DeviceId, EncounterId } from '#domain/ids.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import { createBedDoubts } from '#services/bed-doubts.ts';
import { type FlowClinic, openFlowClinic } from '#test/helpers/flow-clinic.ts';
import { makeDevice, makeTie, NOON } from '#test/helpers/makers.ts';
import { failure } from './clinic.ts';

let clinic: FlowClinic;
beforeEach(() => {
  clinic = openFlowClinic();
});
afterEach(() => clinic.close());

/** A device of this type, tied to a bed or a patient since the hub's now. */
function tie(type: string, to: { bedId: FlowClinic['beds']['one']['id'] } | { encounterId: EncounterId }): DeviceId {
  const device = makeDevice({ type });
  clinic.store.transact(() => {
    clinic.store.devices.save(device);
    clinic.store.devices.startTie(
      makeTie({ deviceId: device.id, startedAt: clinic.time.now, bedId: null, encounterId: null, ...to }),
    );
  });
  clinic.changes.device(device.id);
  return device.id;
}

function sensed(deviceId: DeviceId, occupied: boolean, rest: { history?: boolean } = {}): void {
  const { now } = clinic.time;
  clinic.doubts.sink.reading({
    deviceId,
    at: now,
    receivedAt: now,
    behindMs: 0,
    history: false,
    codes: ['hr', 'bed-occupied'],
    values: [60, occupied ? 1 : 0],
    absent: [],
    implausible: [],
    ...rest,
  });
}

/** Minutes go by, the sensor speaking each minute. */
function pass(minutes: number, deviceId: DeviceId | null, occupied: boolean): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    clinic.time.now += MINUTE_MS;
    if (deviceId) sensed(deviceId, occupied);
    clinic.doubts.tick(clinic.time.now);
  }
}

function heard(deviceId: DeviceId, room: unknown, kind = 'location'): void {
  const { now } = clinic.time;
  clinic.doubts.sink.event({ deviceId, at: now, receivedAt: now, kind, detail: { room }, history: false });
}

const kinds = (bed = clinic.beds.one) => clinic.doubts.listOf(bed.id).map(({ kind }) => kind);

describe('a bed sensor', () => {
  it('that says nobody is there for 5 minutes is a doubt, told to boards, and moves nobody', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    const told: string[] = [];
    clinic.doubts.on({ bed: (bedId) => told.push(bedId) });
    pass(5, sensor, false);
    expect(kinds()).toEqual([]);
    expect(told).toEqual([]);
    pass(1, sensor, false);
    expect(clinic.doubts.listOf(clinic.beds.one.id)).toMatchObject([
      {
        kind: 'sensor-says-empty',
        encounterId: ann,
        since: NOON + MINUTE_MS,
        what: `Bed sensor ${sensor} says that nobody lies in the bed`,
      },
    ]);
    expect(told).toEqual([clinic.beds.one.id]);
    expect(clinic.store.assignments.current({ encounterId: ann })?.bedId).toBe(clinic.beds.one.id);
    pass(1, sensor, true);
    expect(kinds()).toEqual([]);
    expect(told).toHaveLength(2);
  });

  it('that says somebody lies in a free bed for 2 minutes is a doubt, but not while it is cleaned', async () => {
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(3, sensor, true);
    expect(kinds()).toEqual(['sensor-says-occupied']);
    const { id: taskId } = await clinic.desk.tasks.requestCleaning({ bedId: clinic.beds.one.id });
    await clinic.desk.tasks.start({ taskId });
    expect(kinds()).toEqual([]);
  });

  it('says nothing of a patient on leave or at X-ray', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    clinic.time.now += SECOND_MS;
    await clinic.desk.flow.depart({ encounterId: ann });
    pass(20, sensor, false);
    expect(kinds()).toEqual([]);
    await clinic.desk.flow.comeBack({ encounterId: ann });
    expect(kinds(), 'five minutes count from the return').toEqual([]);
    pass(5, sensor, false);
    expect(kinds()).toEqual(['sensor-says-empty']);
  });

  it('that fell silent says nothing more, nor does history', async () => {
    await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(6, sensor, false);
    expect(kinds()).toEqual(['sensor-says-empty']);
    pass(11, null, false);
    expect(kinds()).toEqual([]);
    sensed(sensor, false, { history: true });
    pass(9, null, false);
    expect(kinds()).toEqual([]);
  });

  it('is asked anew when somebody else takes the bed', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(6, sensor, false);
    await clinic.desk.encounters.move({ encounterId: ann, bedId: clinic.beds.two.id });
    await clinic.desk.tasks.finish({
      taskId: clinic.store.tasks.openCleaning(clinic.beds.one.id)?.id ?? expect.fail(),
    });
    await clinic.admitted(clinic.beds.one);
    expect(kinds()).toEqual([]);
    pass(6, sensor, false);
    expect(kinds()).toEqual(['sensor-says-empty']);
  });

  it('untied has no say', async () => {
    await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(6, sensor, false);
    clinic.store.transact(() => {
      const tied = clinic.store.devices.openTie(sensor) ?? expect.fail();
      clinic.store.devices.endTie(tied.id, clinic.time.now);
    });
    clinic.changes.device(sensor);
    expect(kinds()).toEqual([]);
  });

  it('is remembered over a restart of the hub', async () => {
    await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    clinic.time.now += 9 * MINUTE_MS;
    const { store, alarms, changes, time } = clinic;
    for (let minute = 1; minute <= 9; minute += 1) {
      const at = NOON + minute * MINUTE_MS;
      const values = { codes: ['bed-occupied'], values: [minute < 3 ? 1 : 0] };
      store.transact(() => store.numerics.append({ deviceId: sensor, at, receivedAt: at, history: false, ...values }));
    }
    store.transact(() => store.numerics.flush());
    const restarted = createBedDoubts({ ...store, alarms, changes, clock: () => time.now });
    expect(restarted.listOf(clinic.beds.one.id)).toMatchObject([{ kind: 'sensor-says-empty' }]);
  });

  it('does not show a doubt late or early for long when the clock jumps', async () => {
    await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(2, sensor, false);
    clinic.time.now -= HOUR_MS;
    pass(7, sensor, false);
    expect(kinds()).toEqual(['sensor-says-empty']);
  });
});

describe('a doubt settled by a person', () => {
  it('is gone, also after a restart, until what contradicts changes', async () => {
    await clinic.admitted(clinic.beds.one);
    const sensor = tie('bed-sensor', { bedId: clinic.beds.one.id });
    pass(6, sensor, false);
    const [doubt] = clinic.doubts.listOf(clinic.beds.one.id);
    await clinic.desk.beds.settleDoubt({ doubtId: doubt?.id ?? expect.fail(), note: 'sits in the chair' });
    expect(kinds()).toEqual([]);
    expect(clinic.store.ledger.list({ limit: 1 })).toMatchObject([{ act: 'bed.doubtSettled', actor: clinic.nurse.id }]);
    pass(6, sensor, false);
    expect(kinds()).toEqual([]);
    expect(clinic.store.bedStates.listSettledDoubts()).toHaveLength(1);
    pass(1, sensor, true);
    pass(6, sensor, false);
    expect(kinds()).toEqual(['sensor-says-empty']);
    expect(clinic.store.bedStates.listSettledDoubts()).toEqual([]);
  });

  it('by mistake is shown again when that is taken back, also after a restart', async () => {
    await clinic.admitted(clinic.beds.one);
    pass(6, tie('bed-sensor', { bedId: clinic.beds.one.id }), false);
    const [doubt] = clinic.doubts.listOf(clinic.beds.one.id);
    const doubtId = doubt?.id ?? expect.fail();
    await clinic.desk.beds.settleDoubt({ doubtId });
    await clinic.desk.beds.reopenDoubt({ doubtId });
    expect(kinds()).toEqual(['sensor-says-empty']);
    expect(clinic.store.bedStates.listSettledDoubts()).toEqual([]);
    expect(clinic.store.ledger.list({ limit: 1 })).toMatchObject([
      { act: 'bed.doubtReopened', actor: clinic.nurse.id },
    ]);
  });

  it('must be one', async () => {
    for (const doubtId of ['', 'nonsense', `sensor-says-empty:${clinic.beds.one.id}:x:y`, '::::'])
      expect(await failure(clinic.desk.beds.settleDoubt({ doubtId }))).toMatch(/^not-found/);
  });
});

describe('a patient’s tag', () => {
  it('heard elsewhere is shown and doubted; heard where the patient is it says nothing', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const tag = tie('rtls-tag', { encounterId: ann });
    for (const room of ['bay 1', 'North', 'North  Bay 1', '1']) {
      heard(tag, room);
      expect([room, clinic.doubts.tagOf(ann), kinds()]).toEqual([room, null, []]);
    }
    heard(tag, 'X-ray');
    expect(clinic.doubts.tagOf(ann)).toBe('X-ray');
    expect(clinic.doubts.listOf(clinic.beds.one.id)).toMatchObject([
      { kind: 'tag-elsewhere', encounterId: ann, what: `Tag ${tag} was last heard in X-ray`, since: clinic.time.now },
    ]);
    await clinic.desk.flow.depart({ encounterId: ann });
    expect([clinic.doubts.tagOf(ann), kinds()], 'away on record: no doubt').toEqual(['X-ray', []]);
    expect(clinic.store.assignments.current({ encounterId: ann })?.bedId).toBe(clinic.beds.one.id);
  });

  it('settled is doubted again when it is heard somewhere new', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const tag = tie('rtls-tag', { encounterId: ann });
    heard(tag, 'X-ray');
    const [doubt] = clinic.doubts.listOf(clinic.beds.one.id);
    await clinic.desk.beds.settleDoubt({ doubtId: doubt?.id ?? expect.fail() });
    heard(tag, 'X-ray');
    expect(kinds()).toEqual([]);
    heard(tag, 'Store');
    expect(kinds()).toEqual(['tag-elsewhere']);
  });

  it('is remembered over a restart, and what it said of the patient before is not this one’s', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const tag = tie('rtls-tag', { encounterId: ann });
    clinic.time.now += SECOND_MS;
    heard(tag, 'X-ray');
    clinic.doubts.tick(clinic.time.now);
    const { store, alarms, changes, time } = clinic;
    const restarted = () => createBedDoubts({ ...store, alarms, changes, clock: () => time.now });
    expect(restarted().tagOf(ann)).toBe('X-ray');
    const bob = await clinic.admitted(clinic.beds.two);
    clinic.time.now += SECOND_MS;
    store.transact(() => {
      store.devices.endTie(store.devices.openTie(tag)?.id ?? expect.fail(), time.now);
      store.devices.startTie(makeTie({ deviceId: tag, encounterId: bob, startedAt: time.now }));
    });
    changes.device(tag);
    expect([clinic.doubts.tagOf(ann), clinic.doubts.tagOf(bob)]).toEqual([null, null]);
  });

  it('that sends nonsense is not listened to', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const tag = tie('rtls-tag', { encounterId: ann });
    for (const room of [null, 7, '', { toString: 'x' }, ['X-ray']]) heard(tag, room);
    heard(tag, 'X-ray', 'button');
    expect(clinic.doubts.tagOf(ann)).toBeNull();
  });
});

describe('a patient who calls', () => {
  it('is shown as calling from the first press until somebody answers', async () => {
    const ann = await clinic.admitted(clinic.beds.one);
    const told: string[] = [];
    clinic.doubts.on({ encounter: (encounterId) => told.push(encounterId) });
    const { book } = clinic.alarms;
    const rule = EVENT_RULES.button ?? expect.fail();
    const press = (at: number) => {
      const subject = { encounterId: ann, bedId: clinic.beds.one.id, deviceId: 'tag' as DeviceId };
      const alarm = book.happened(subject, { ...rule, rule: 'button', code: null, limit: null, value: null }, at);
      clinic.alarms.commit();
      return alarm;
    };
    expect(clinic.doubts.callOf(ann)).toBeNull();
    const { id } = press(NOON);
    press(NOON + MINUTE_MS);
    expect(clinic.doubts.callOf(ann)).toEqual({ since: NOON });
    const answered = book.acknowledge(id, clinic.nurse.id, NOON + 2 * MINUTE_MS);
    if (answered.ok) book.accept(answered.value);
    clinic.alarms.commit();
    expect(clinic.doubts.callOf(ann)).toBeNull();
    expect(told.length).toBeGreaterThanOrEqual(2);
  });
});
