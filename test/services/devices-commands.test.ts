import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BedId, DeviceId, PatientId } from '#domain/ids.ts';
import { makeDevice, makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

const HOUR = 3_600_000;
let clinic: TestClinic;
let nurse: Desk;
let admin: Desk;

beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
  admin = clinic.as(clinic.staff('admin'));
});
afterAll(() => clinic.close());

function device(given: Parameters<typeof makeDevice>[0] = {}): DeviceId {
  const made = makeDevice(given);
  clinic.store.transact(() => clinic.store.devices.save(made));
  return made.id;
}

function patient(): PatientId {
  const made = makePatient();
  clinic.store.transact(() => clinic.store.patients.save(made));
  return made.id;
}

const lastEntry = () => clinic.store.ledger.list({ limit: 1 })[0];

describe('a device', () => {
  it('is admitted once, also ahead of its first word', async () => {
    const ahead = 'monitor-ahead' as DeviceId;
    clinic.heard();
    await admin.devices.admit({ device: ahead });
    expect(clinic.heard()).toEqual([`device ${ahead}`]);
    expect(clinic.store.devices.find(ahead)).toMatchObject({ type: null, helloAt: null, admittedAt: NOON });
    const seq = lastEntry()?.seq;
    await admin.devices.admit({ device: ahead });
    expect(lastEntry()?.seq).toBe(seq);
    expect(clinic.heard()).toEqual([]);
  });

  it('keeps what it said of itself when admitted, and may come back from retirement', async () => {
    const waiting = device({ admittedAt: null, serial: 'S-1' });
    await admin.devices.admit({ device: waiting });
    await admin.devices.retire({ device: waiting });
    expect(clinic.store.devices.find(waiting)).toMatchObject({ serial: 'S-1', retiredAt: NOON });
    await admin.devices.admit({ device: waiting });
    expect(clinic.store.devices.find(waiting)).toMatchObject({ admittedAt: NOON, retiredAt: null });
    expect(await failure(admin.devices.retire({ device: 'never-heard-of' as DeviceId }))).toMatch(/^not-found/);
  });

  it('leaves its bed when retired', async () => {
    const id = device();
    await nurse.devices.tie({ device: id, bedId: clinic.beds[0].id });
    await admin.devices.retire({ device: id });
    expect(clinic.store.devices.openTie(id)).toBeUndefined();
    expect(lastEntry()).toMatchObject({ act: 'device.retired', before: { tie: { bedId: clinic.beds[0].id } } });
    const again = nurse.devices.tie({ device: id, bedId: clinic.beds[0].id });
    expect(await failure(again)).toMatch(/^refused\/retired/);
  });

  it('is tied to one place at a time, and untied once', async () => {
    const id = device();
    await nurse.devices.tie({ device: id, bedId: clinic.beds[0].id });
    await nurse.devices.tie({ device: id, bedId: clinic.beds[1].id });
    const ties = clinic.store.devices.tiesOf({ deviceId: id }, 0, NOON * 2);
    expect(ties.map((tie) => [tie.bedId, tie.endedAt])).toEqual([
      [clinic.beds[0].id, NOON + 1],
      [clinic.beds[1].id, null],
    ]);
    const seq = lastEntry()?.seq ?? 0;
    await nurse.devices.tie({ device: id, bedId: clinic.beds[1].id });
    expect(lastEntry()?.seq).toBe(seq);
    await nurse.devices.untie({ device: id });
    await nurse.devices.untie({ device: id });
    expect(lastEntry()).toMatchObject({ seq: seq + 1, act: 'device.untied', subject: id });
  });

  it('is not tied while it waits, nor to what is not there', async () => {
    const waiting = device({ admittedAt: null });
    const bedId = clinic.beds[0].id;
    expect(await failure(nurse.devices.tie({ device: waiting, bedId }))).toMatch(/^refused\/not-admitted/);
    expect(await failure(nurse.devices.tie({ device: 'ghost' as DeviceId, bedId }))).toMatch(/^not-found/);
    const id = device();
    expect(await failure(nurse.devices.tie({ device: id, bedId: 'none' as BedId }))).toMatch(/^not-found/);
    expect(await failure(nurse.devices.tie({ device: id, patientId: patient() }))).toMatch(
      /^refused\/no-open-encounter/,
    );
    expect(await failure(nurse.devices.tie({ device: id, bedId, patientId: patient() }))).toMatch(/^invalid-input/);
    expect(await failure(nurse.devices.tie({ device: id }))).toMatch(/^invalid-input/);
  });

  it('may be tied late, though not into a tie that is already on record', async () => {
    const id = device();
    const patientId = patient();
    await nurse.encounters.admit({ patientId, at: NOON - 2 * HOUR });
    await nurse.devices.tie({ device: id, patientId, at: NOON - HOUR });
    expect(clinic.store.devices.openTie(id)?.startedAt).toBe(NOON - HOUR);
    const bedId = clinic.beds[2].id;
    expect(await failure(nurse.devices.tie({ device: id, bedId, at: NOON - 2 * HOUR }))).toMatch(
      /^refused\/tied-since/,
    );
    await nurse.devices.tie({ device: id, bedId, at: NOON - HOUR / 2 });
    const ties = clinic.store.devices.tiesOf({ deviceId: id }, 0, NOON * 2);
    expect(ties.map(({ endedAt }) => endedAt)).toEqual([NOON - HOUR / 2, null]);
    expect(await failure(nurse.devices.tie({ device: id, bedId, at: NOON + 1 }))).toMatch(/^refused\/in-future/);
  });
});
