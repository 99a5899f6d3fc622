import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alarm } from '#domain/alarm/alarm.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { QuarantineRow } from '#domain/device/device.ts';
import type { AlarmId, BedId, DeviceId, EncounterId, RoomId, WardId } from '#domain/ids.ts';
import type { ChartedObservation } from '#domain/observation/observation.ts';
import { openTestStore, type TestStore } from '../helpers/store.ts';
import { furnish, makePatient, makeTie, NOW, NURSE, ROOM, WARD } from './clinic.ts';

let test: TestStore;
let store: Store;
beforeEach(() => {
  test = openTestStore();
  store = test.store;
  furnish(store);
});
afterEach(() => test.remove());

const stay = (name: string): EncounterId => `stay-${name}` as EncounterId;
const bed = (label: string): BedId => `bed-${label}` as BedId;

describe('what was saved is there after the store is opened again', () => {
  it('patients with names, identifiers and allergies, also hostile ones', () => {
    const patient = makePatient('x', {
      name: { family: `O'Brien"; DROP TABLE patient;--\0\u202e`, given: ['<img src=x>', ''] },
      identifiers: [
        { system: 'mrn', value: '7' },
        { system: 'nhs', value: '9434765919' },
      ],
      allergies: [],
      allergiesRecordedAt: NOW,
    });
    store.patients.save(patient);
    const changed = { ...patient, identifiers: patient.identifiers.slice(1), birthDate: null };
    store.patients.save(changed);
    store = test.reopen();
    expect(store.patients.find(patient.id)).toEqual(changed);
    expect(store.patients.findByIdentifier({ system: 'nhs', value: '9434765919' })).toEqual(changed);
    expect(store.patients.findByIdentifier({ system: 'mrn', value: '7' })).toBeUndefined();
  });

  it('devices, their link and the numbers they used', () => {
    const id = 'monitor-1' as DeviceId;
    const presence = { online: true, lastMessageAt: NOW, battery: 0.5, skewMs: -12.5, skewed: false };
    store.presence.save(id, presence);
    const mark = {
      deviceId: id,
      topic: 'readings',
      epoch: NOW,
      highest: 2 ** 40,
      window: Uint8Array.of(1, 0, 255),
    } as const;
    store.sequences.saveAll([{ ...mark, highest: 1 }, mark]);
    store = test.reopen();
    expect(store.presence.list()).toEqual([{ deviceId: id, presence }]);
    expect(store.sequences.list()).toEqual([mark]);
    expect(store.devices.find(id)).toMatchObject({ metrics: ['hr'], units: { glucose: 'mmol/L' }, admittedAt: null });
  });

  it('users, roles, failed sign-ins and sessions', () => {
    const user = {
      id: NURSE,
      username: 'nina',
      displayName: 'Nina',
      roles: ['nurse', 'admin'],
      disabled: false,
    } as const;
    store.users.save(user);
    store.users.setPasswordHash(NURSE, '$argon2id$x');
    store.users.setFailures(NURSE, 4, NOW);
    const session = { tokenHash: 'ab', userId: NURSE, station: null, startedAt: 1, lastSeenAt: 2, expiresAt: 3 };
    store.sessions.save(session);
    store.users.save({ ...user, disabled: true, roles: ['nurse'] });
    store = test.reopen();
    expect(store.users.findByUsername('nina')).toEqual({ ...user, disabled: true, roles: ['nurse'] });
    expect([store.users.passwordHash(NURSE), store.users.failures(NURSE)]).toEqual([
      '$argon2id$x',
      { count: 4, lastAt: NOW },
    ]);
    expect(store.sessions.listByUser(NURSE)).toEqual([session]);
    store.sessions.removeExpired(3);
    expect(store.sessions.find('ab')).toBeUndefined();
  });

  it('ended alarms a page at a time, of one ward too, none of those that began at one moment passed over', () => {
    const ended = (id: string, bedId: string, beganAt: number) =>
      makeAlarm(id, { signal: 'off', endedAt: NOW + 5, bedId: bedId as BedId, beganAt });
    store.locations.saveWard({ id: 'ward-2' as WardId, name: 'South' });
    store.locations.saveRoom({ id: 'room-2' as RoomId, wardId: 'ward-2' as WardId, label: 'Bay 2' });
    store.locations.saveBed({
      id: bed('south'),
      wardId: 'ward-2' as WardId,
      roomId: 'room-2' as RoomId,
      label: '1',
    });
    const here = ['a', 'b', 'c', 'd'].map((id) => ended(id, bed('1'), NOW));
    const there = ['x', 'y', 'z'].map((id) => ended(id, bed('south'), NOW + 1));
    store.alarms.save([...here, ...there]);
    const pages = (filter: { wardId?: WardId; encounterId?: EncounterId }) => {
      const read: string[] = [];
      let last: Alarm | undefined;
      do {
        const before = last && { before: last.beganAt, beforeId: last.id };
        const page = store.alarms.listEnded({ ...filter, ...before, limit: 2 });
        last = page.at(-1);
        read.push(page.map(({ id }) => id).join(''));
      } while (last);
      return read;
    };
    expect(pages({})).toEqual(['zy', 'xd', 'cb', 'a', '']);
    expect(pages({ wardId: WARD })).toEqual(['dc', 'ba', '']);
    expect(pages({ wardId: WARD, encounterId: here[0]?.encounterId ?? undefined })).toEqual(['dc', 'ba', '']);
    expect(store.alarms.listEnded({ before: NOW + 1, limit: 9 })).toHaveLength(4);
  });

  it('alarms, personal limits, notes and settings', () => {
    const alarm = makeAlarm('1', { signal: 'on' });
    store.alarms.save([alarm, makeAlarm('2', { signal: 'off', endedAt: NOW + 5 })]);
    store.alarms.save([
      { ...alarm, signal: 'latched', endedAt: NOW + 9, acknowledgedBy: NURSE, acknowledgedAt: NOW + 9 },
    ]);
    const bounds = { highLow: null, mediumLow: 88, mediumHigh: null, highHigh: 96.5 };
    const limit = {
      encounterId: stay('ann'),
      code: 'spo2',
      ...bounds,
      reason: 'COPD',
      setBy: NURSE,
      setAt: NOW,
      reviewAt: NOW,
    };
    store.limits.save(limit);
    store.notes.append({ id: 'n', encounterId: stay('ann'), text: 'Slept.', writtenAt: NOW, writtenBy: NURSE });
    store.settings.set('clinic', { name: 'A', beds: [1] });
    store = test.reopen();
    expect(store.alarms.listOpen()).toMatchObject([{ id: '1', signal: 'latched', acknowledgedBy: NURSE }]);
    expect(store.alarms.listEnded({ limit: 9 })).toMatchObject([{ id: '2' }]);
    expect(store.limits.list(stay('ann'))).toEqual([limit]);
    expect(store.notes.list(stay('ann'))).toMatchObject([{ text: 'Slept.' }]);
    expect([store.settings.get('clinic'), store.settings.get('other')]).toEqual([{ name: 'A', beds: [1] }, undefined]);
  });
});

describe('the schema itself refuses', () => {
  const twice: readonly [string, (store: Store) => void, (store: Store) => void][] = [
    ['two patients in a bed', (s) => start(s, 'a', '1', 'ann'), (s) => start(s, 'b', '1', 'bo')],
    ['one patient in two beds', (s) => start(s, 'a', '1', 'ann'), (s) => start(s, 'b', '2', 'ann')],
    [
      'a device tied twice',
      (s) => s.devices.startTie(makeTie('t', 'monitor-1')),
      (s) => s.devices.startTie(makeTie('u', 'monitor-1')),
    ],
    ['an identifier of two patients', (s) => s.patients.save(identified('x')), (s) => s.patients.save(identified('y'))],
    [
      'two beds of one label in a ward',
      () => undefined,
      (s) => s.locations.saveBed({ id: bed('other'), wardId: WARD, roomId: ROOM, label: '2' }),
    ],
  ];
  it.each(twice)('%s', (_, first, second) => {
    first(store);
    expect(() => second(store)).toThrow(/UNIQUE constraint failed|bed-occupied/);
  });

  it('a tie to neither or both, a bed that is not there, and an end before the beginning', () => {
    const tie = makeTie('t', 'monitor-1');
    expect(() => store.devices.startTie({ ...tie, bedId: null })).toThrow(/CHECK/);
    expect(() => store.devices.startTie({ ...tie, encounterId: stay('ann') })).toThrow(/CHECK/);
    expect(() => start(store, 'a', 'nowhere', 'ann')).toThrow(/FOREIGN KEY/);
    start(store, 'a', '1', 'ann');
    expect(() => store.assignments.end('a', NOW - 1)).toThrow(/CHECK/);
    expect(() => store.locations.removeBed(bed('1'))).toThrow(/FOREIGN KEY/);
  });

  it('F10 numbers that are not finite, in every kind of record that holds numbers', () => {
    for (const bad of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]) {
      expect(() => store.observations.append([makeCharted('o', bad)])).toThrow(/CHECK|NOT NULL/);
      expect(() => store.alarms.save([makeAlarm('a', { beganAt: bad })])).toThrow();
      const numerics = { deviceId: 'monitor-1' as DeviceId, at: NOW, receivedAt: NOW, history: false };
      expect(() => store.numerics.append({ ...numerics, codes: ['hr', 'rr'], values: [70, bad] })).toThrow(/finite/);
      expect(() => store.numerics.append({ ...numerics, at: bad, codes: ['hr'], values: [70] })).toThrow(/finite/);
    }
    expect(() => store.alarms.save([makeAlarm('a', { extreme: Number.POSITIVE_INFINITY })])).toThrow(/CHECK/);
    expect(store.observations.list(stay('ann'), 0, NOW * 2)).toEqual([]);
    expect(store.numerics.raw('monitor-1' as DeviceId, 'hr', 0, NOW * 2)).toEqual([]);
    expect(store.numerics.pending()).toBe(0);
  });
});

describe('beds and who lies in them', () => {
  it('are listed as people count, 2 before 10', () => {
    expect(store.locations.listBeds(WARD).map(({ label }) => label)).toEqual(['1', '2', '10']);
    expect(store.locations.listBeds().map(({ label }) => label)).toEqual(['1', '2', '10']);
  });

  it('are found by the time they touch', () => {
    start(store, 'a', '1', 'ann');
    store.assignments.end('a', NOW + 100);
    start(store, 'b', '2', 'ann', NOW + 100);
    const ids = (from: number, to: number) =>
      store.assignments.listOf({ encounterId: stay('ann') }, from, to).map(({ id }) => id);
    expect(ids(NOW, NOW + 100)).toEqual(['a']);
    expect(ids(NOW + 100, NOW + 101)).toEqual(['b']);
    expect(ids(NOW + 99, NOW + 101)).toEqual(['a', 'b']);
    expect(store.assignments.current({ bedId: bed('1') })).toBeUndefined();
    expect(store.assignments.current({ encounterId: stay('ann') })).toMatchObject({ bedId: bed('2') });
  });

  it('the newest charted value of each kind counts at its time', () => {
    store.observations.append([
      makeCharted('1', 37, { code: 'temp', observedAt: NOW }),
      makeCharted('2', 38, { code: 'temp', observedAt: NOW + 10 }),
      makeCharted('3', 38.5, { code: 'temp', observedAt: NOW + 10, recordedAt: NOW + 60 }),
      makeCharted('4', 1, { code: 'acvpu', observedAt: NOW + 20 }),
    ]);
    expect(store.observations.latest(stay('ann'), NOW + 15).map(({ value }) => value)).toEqual([38.5]);
    expect(store.observations.latest(stay('ann'), NOW + 20).map(({ value }) => value)).toEqual([1, 38.5]);
    expect(store.observations.list(stay('ann'), NOW, NOW + 10, 'temp').map(({ value }) => value)).toEqual([37]);
  });
});

describe('answers already given', () => {
  it('are found by who asked and the key, once, until they are forgotten', () => {
    const entry = {
      actor: 'nina',
      key: 'key-0001',
      procedure: 'beds.assign',
      inputHash: 'h',
      result: { id: 1 },
      at: NOW,
    };
    store.idempotency.save(entry);
    store = test.reopen();
    expect(store.idempotency.find('nina', 'key-0001')).toEqual({
      procedure: 'beds.assign',
      inputHash: 'h',
      result: { id: 1 },
    });
    expect(store.idempotency.find('bo', 'key-0001')).toBeUndefined();
    expect(() => store.idempotency.save({ ...entry, result: { id: 2 } })).toThrow(/UNIQUE/);
    store.idempotency.save({ ...entry, key: 'key-0002', result: undefined, at: NOW + 1 });
    store.idempotency.removeBefore(NOW + 1);
    expect(store.idempotency.find('nina', 'key-0001')).toBeUndefined();
    expect(store.idempotency.find('nina', 'key-0002')).toBeDefined();
  });
});

describe('quarantine', () => {
  const row = (rest: Partial<QuarantineRow>): QuarantineRow => ({
    device: 'd',
    topic: 't',
    reason: 'schema',
    at: NOW,
    count: 1,
    detail: null,
    sample: Uint8Array.of(1),
    ...rest,
  });

  it('counts the same fault in one row and keeps the newest sample', () => {
    store.quarantine.add([
      row({ count: 2 }),
      row({ at: NOW + 5, sample: Uint8Array.of(2) }),
      row({ at: NOW - 5, sample: null }),
    ]);
    const [held] = store.quarantine.list('d');
    expect(held).toMatchObject({ at: NOW + 5, count: 4 });
    expect([...(held?.sample ?? [])]).toEqual([2]);
  });

  it('keeps the 10,000 newest rows', () => {
    store.quarantine.add(Array.from({ length: 10_010 }, (_, index) => row({ topic: `t${index}`, at: NOW + index })));
    const rows = store.quarantine.list();
    expect(rows).toHaveLength(10_000);
    expect([rows[0]?.topic, rows.at(-1)?.topic]).toEqual(['t10009', 't10']);
  });
});

function start(target: Store, id: string, label: string, name: string, startedAt = NOW): void {
  target.assignments.start({ id, bedId: bed(label), encounterId: stay(name), startedAt, endedAt: null });
}

function identified(id: string) {
  return makePatient(id, { identifiers: [{ system: 'mrn', value: '1' }] });
}

function makeCharted(id: string, value: number, rest: Partial<ChartedObservation> = {}): ChartedObservation {
  const who = { encounterId: stay('ann'), recordedAt: NOW, recordedBy: NURSE };
  return { id, code: 'hr', value, observedAt: NOW, ...who, ...rest };
}

function makeAlarm(id: string, rest: Partial<Alarm> = {}): Alarm {
  return {
    id: id as AlarmId,
    kind: 'physiological',
    rule: 'spo2-low',
    priority: 'high',
    encounterId: stay('ann'),
    bedId: null,
    deviceId: null,
    code: 'spo2',
    message: 'SpO₂ 71 < 85',
    limit: 85,
    extreme: 71,
    value: 71,
    beganAt: NOW,
    endedAt: null,
    signal: 'on',
    acknowledgedBy: null,
    acknowledgedAt: null,
    recurrences: 0,
    ...rest,
  };
}
