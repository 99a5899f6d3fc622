import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '#domain/alarm/limits.ts';
import { DEFAULT_SETTINGS } from '#domain/clinic/settings.ts';
import type { BedId, EncounterId, RoomId, WardId } from '#domain/ids.ts';
import { createHubStatus } from '#services/hub-status.ts';
import { readSettings } from '#services/settings.ts';
import { makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

let clinic: TestClinic;
let nurse: Desk;
let admin: Desk;

beforeAll(() => {
  clinic = openClinic();
  nurse = clinic.as(clinic.staff('nurse'));
  admin = clinic.as(clinic.staff('admin'));
});
afterAll(() => clinic.close());

async function stay(): Promise<EncounterId> {
  const patient = makePatient();
  clinic.store.transact(() => clinic.store.patients.save(patient));
  return (await nurse.encounters.admit({ patientId: patient.id })).id;
}

const lastEntry = () => clinic.store.ledger.list({ limit: 1 })[0];
const NO_BOUNDS = { highLow: null, mediumLow: null, mediumHigh: null, highHigh: null };

describe('limits of a patient', () => {
  it('are the clinic’s until somebody sets their own, with a reason and a time to look again', async () => {
    const encounterId = await stay();
    const before = await nurse.limits.get({ encounterId });
    expect(before.map(({ code }) => code)).toEqual([
      'hr',
      'rr',
      'spo2',
      'nibp-sys',
      'art-sys',
      'temp',
      'etco2',
      'glucose',
    ]);
    clinic.heard();
    await nurse.limits.set({ encounterId, code: 'pr', ...NO_BOUNDS, mediumHigh: 130, reason: 'AF', reviewInHours: 12 });
    expect(clinic.heard()).toEqual([`limits ${encounterId}`]);
    const [hr] = await nurse.limits.get({ encounterId });
    expect(hr).toMatchObject({ code: 'hr', mediumLow: 50, mediumHigh: 130, highHigh: 140, delayHighMs: 10_000 });
    expect(hr?.personal).toEqual({ reason: 'AF', setBy: 'The nurse', setAt: NOON, reviewAt: NOON + 12 * 3_600_000 });
    expect(lastEntry()).toMatchObject({ act: 'limit.set', subject: encounterId, before: null });
    await nurse.limits.clear({ encounterId, code: 'hr' });
    expect(await nurse.limits.get({ encounterId })).toEqual(before);
    expect(lastEntry()).toMatchObject({ act: 'limit.cleared', before: { code: 'hr', mediumHigh: 130 }, after: null });
  });

  it('must fit the clinic’s own where none is given', async () => {
    const encounterId = await stay();
    const set = (code: string, bounds: Partial<typeof NO_BOUNDS> | Record<string, number>) =>
      failure(nurse.limits.set({ encounterId, code, ...NO_BOUNDS, ...bounds, reason: 'plan' }));
    expect(await set('hr', { mediumLow: 38 })).toMatch(/^refused\/limits-out-of-order: .*40 < 38 < 120 < 140/);
    expect(await set('hr', { highHigh: 400 })).toMatch(/^refused\/limit-implausible: .*10 to 300/);
    expect(await set('weight', { highHigh: 100 })).toMatch(/^refused\/no-limits-for-metric/);
    expect(await set('hr', {})).toMatch(/^refused\/no-bound-given/);
    await nurse.encounters.discharge({ encounterId });
    expect(await set('hr', { mediumHigh: 130 })).toMatch(/^refused\/not-in-progress/);
  });

  it('follow the SpO₂ scale a physician prescribed', async () => {
    const encounterId = await stay();
    const physician = clinic.as(clinic.staff('physician'));
    await physician.encounters.setScoring({ encounterId, spo2Scale: 2 });
    const spo2 = (await nurse.limits.get({ encounterId })).find(({ code }) => code === 'spo2');
    expect(spo2).toMatchObject({ highLow: 80, mediumLow: 84, mediumHigh: 96, highHigh: null });
  });
});

describe('notes', () => {
  it('come newest first, keep their words, and stay out of the ledger', async () => {
    const encounterId = await stay();
    await nurse.notes.add({ encounterId, text: 'First <b>look</b>' });
    const { id } = await nurse.notes.add({ encounterId, text: 'Second look', idempotencyKey: 'note-once' });
    expect(await nurse.notes.add({ encounterId, text: 'Second look', idempotencyKey: 'note-once' })).toEqual({ id });
    const list = await nurse.notes.list({ encounterId });
    expect(list.map(({ text, writtenBy }) => [text, writtenBy])).toEqual([
      ['Second look', 'The nurse'],
      ['First <b>look</b>', 'The nurse'],
    ]);
    expect(JSON.stringify(lastEntry())).not.toContain('Second look');
    expect(await failure(nurse.notes.add({ encounterId: 'none' as EncounterId, text: 'x' }))).toMatch(/^not-found/);
  });
});

describe('places', () => {
  it('are added under their parents and listed as people count', async () => {
    clinic.heard();
    const ward = await admin.locations.addWard({ name: 'South' });
    const room = await admin.locations.addRoom({ wardId: ward.id, label: 'Bay 1' });
    for (const label of ['10', '2', '1']) await admin.locations.addBed({ roomId: room.id, label });
    expect(clinic.heard().filter((change) => change === 'locations')).toHaveLength(5);
    expect((await nurse.locations.beds({ wardId: ward.id })).map(({ label }) => label)).toEqual(['1', '2', '10']);
    expect((await nurse.locations.rooms({ wardId: ward.id })).map(({ label }) => label)).toEqual(['Bay 1']);
    expect((await nurse.locations.wards()).map(({ name }) => name)).toEqual(['North', 'South']);
    expect(await failure(admin.locations.addWard({ name: 'south ' }))).toMatch(/^refused\/name-taken/);
    expect(await failure(admin.locations.addRoom({ wardId: ward.id, label: 'bay 1' }))).toMatch(
      /^refused\/label-taken/,
    );
    expect(await failure(admin.locations.addBed({ roomId: room.id, label: '2' }))).toMatch(/^refused\/label-taken/);
    expect(await failure(admin.locations.addRoom({ wardId: 'none' as WardId, label: 'x' }))).toMatch(/^not-found/);
    expect(await failure(admin.locations.addBed({ roomId: 'none' as RoomId, label: 'x' }))).toMatch(/^not-found/);
  });

  it('go only while they have no past', async () => {
    const [bed] = clinic.beds;
    const patient = makePatient();
    clinic.store.transact(() => clinic.store.patients.save(patient));
    const { id } = await nurse.encounters.admit({ patientId: patient.id, bedId: bed.id });
    expect(await failure(admin.locations.removeBed({ bedId: bed.id }))).toMatch(/^refused\/bed-occupied/);
    await nurse.encounters.discharge({ encounterId: id });
    expect(await failure(admin.locations.removeBed({ bedId: bed.id }))).toMatch(/^refused\/bed-has-history/);
    const unused = clinic.beds[3];
    expect(await admin.locations.removeBed({ bedId: unused.id })).toEqual({ ok: true });
    expect(await failure(admin.locations.removeBed({ bedId: unused.id as BedId }))).toMatch(/^not-found/);
    expect(lastEntry()).toMatchObject({ act: 'bed.removed', before: { label: '10' }, after: null });
  });
});

describe('settings', () => {
  it('start as Wardline’s own and say after saving what changed, line by line', async () => {
    const start = await nurse.settings.get();
    expect(start).toEqual(DEFAULT_SETTINGS);
    const limits = DEFAULT_LIMITS.map((row) => (row.code === 'hr' ? { ...row, mediumHigh: 125 } : row));
    clinic.heard();
    const saved = await admin.settings.save({ settings: { ...start, clinicName: 'St Brigid', limits } });
    expect(clinic.heard()).toEqual(['settings']);
    expect(saved).toEqual({ ...start, clinicName: 'St Brigid', limits });
    expect(readSettings(clinic.store.settings)).toEqual(saved);
    expect(lastEntry()).toMatchObject({
      act: 'settings.saved',
      before: { clinicName: 'Wardline', limits: [{ code: 'hr', mediumHigh: 120 }] },
      after: { clinicName: 'St Brigid', limits: [{ code: 'hr', mediumHigh: 125 }] },
    });
    const seq = lastEntry()?.seq;
    await admin.settings.save({ settings: saved });
    expect(lastEntry()?.seq).toBe(seq);
  });

  it('refuse an unknown time zone, limits out of order and a broker of another kind', async () => {
    const settings = await admin.settings.get();
    const save = (change: object) => failure(admin.settings.save({ settings: { ...settings, ...change } }));
    expect(await save({ timeZone: 'Moon/Base' })).toMatch(/^refused\/unknown-time-zone: .*Moon\/Base/);
    const limits = settings.limits.map((row) => (row.code === 'rr' ? { ...row, highLow: 26 } : row));
    expect(await save({ limits })).toMatch(/^refused\/limits-out-of-order: Limits of rr/);
    for (const brokerUrl of ['http://broker', 'mqtt://', 'javascript:alert(1)', 'broker:1883', 'mqtt://h/?x=1']) {
      expect(await save({ brokerUrl }), brokerUrl).toMatch(/^refused\/not-a-broker-url/);
    }
    expect(await admin.settings.get()).toEqual(settings);
  });

  it('keep the broker’s password from consoles, ledger and idempotency answers, and only for that broker', async () => {
    const settings = await admin.settings.get();
    const brokerUrl = 'mqtts://hub:s3cret@broker.clinic:8883';
    const ask = { settings: { ...settings, brokerUrl }, idempotencyKey: 'set-the-broker' };
    const shown = await admin.settings.save(ask);
    expect(shown.brokerUrl).toBe('mqtts://hub:***@broker.clinic:8883');
    expect(await admin.settings.save(ask)).toEqual(shown);
    expect((await nurse.settings.get()).brokerUrl).toBe(shown.brokerUrl);
    expect(JSON.stringify(clinic.store.ledger.list({ limit: 500 }))).not.toContain('s3cret');
    expect(readSettings(clinic.store.settings).brokerUrl).toBe(brokerUrl);
    await admin.settings.save({ settings: { ...shown, clinicName: 'St Ita' } });
    expect(readSettings(clinic.store.settings)).toMatchObject({ clinicName: 'St Ita', brokerUrl });
    const elsewhere = { ...shown, brokerUrl: 'mqtts://hub:***@evil.example:8883' };
    expect(await failure(admin.settings.save({ settings: elsewhere }))).toMatch(/^refused\/password-needed/);
    const renewed = { ...shown, brokerUrl: 'mqtts://hub:other@broker.clinic:8883' };
    await admin.settings.save({ settings: renewed });
    expect(readSettings(clinic.store.settings).brokerUrl).toBe(renewed.brokerUrl);
    expect(lastEntry()?.act).toBe('settings.saved');
    await admin.settings.save({ settings: { ...shown, brokerUrl: null } });
    expect(readSettings(clinic.store.settings).brokerUrl).toBeNull();
  });

  it('are not quietly replaced by defaults when they cannot be read', async () => {
    const broken = { get: () => ({ limits: [{ code: 'hr' }] }), set: () => undefined };
    expect(() => readSettings(broken)).toThrow(/cannot be read/);
    const sparse = { get: () => ({ clinicName: 'Old', limits: DEFAULT_LIMITS.slice(1) }), set: () => undefined };
    const read = readSettings(sparse);
    expect(read).toMatchObject({ clinicName: 'Old', rawDays: DEFAULT_SETTINGS.rawDays });
    expect(read.limits).toHaveLength(DEFAULT_LIMITS.length);
  });
});

describe('the ledger', () => {
  it('shows an administrator every change, but not who patients are or how they fare', async () => {
    const name = { family: 'Quill', given: ['Ida'] };
    const { id: patientId } = await nurse.patients.register({ name, birthDate: '1950-01-01' });
    const { id: encounterId } = await nurse.encounters.admit({ patientId, reason: 'sepsis' });
    await nurse.observations.record({ encounterId, values: { temp: 39.4 } });
    const seen = await admin.ledger.list({ limit: 3 });
    expect(seen.map(({ act }) => act)).toEqual(['observation.recorded', 'encounter.admitted', 'patient.registered']);
    expect(seen[0]?.actor).toMatch(/^nurse-/);
    expect(seen[1]?.after).toMatchObject({ patientId, admittedAt: NOON, reason: '(not for this role)' });
    expect(JSON.stringify(seen)).not.toMatch(/Quill|1950|sepsis|39\.4/);
    const both = clinic.as(clinic.staff('admin', 'physician'));
    const [recorded] = await both.ledger.list({ subject: encounterId, act: 'observation.recorded' });
    expect(recorded?.after).toMatchObject({ values: { temp: 39.4 } });
    const [ward] = await admin.ledger.list({ act: 'ward.added' });
    expect(ward?.after).toMatchObject({ name: 'South' });
  });

  it('is paged from the newest and found whole', async () => {
    const [newest, next] = await admin.ledger.list({ limit: 2 });
    const [after] = await admin.ledger.list({ limit: 1, before: newest?.seq });
    expect(after).toEqual(next);
    expect(await admin.ledger.verify()).toEqual({ ok: true, rows: newest?.seq });
  });
});

describe('the hub', () => {
  it('tells how it is without the broker’s password, and writes copies in the ledger', async () => {
    const link = { broker: 'connected', since: NOON, url: 'mqtt://hub:s3cret@broker:1883' } as const;
    const hub = createHubStatus({
      ledger: clinic.store.ledger,
      version: '0.1.0',
      startedAt: NOON,
      demo: false,
      clinic: 'st-ita',
      keyKeeping: 'a key file',
      link: () => link,
      loopDelay: () => ({ p50: 0, p99: 0, max: 0 }),
      storeBytes: () => 4_096,
      backup: async (to) => ({ path: `${to}/copy.db`, bytes: 4_096 }),
      clock: () => NOON,
    });
    const context = {
      actor: clinic.staff('admin'),
      station: null,
      carrier: 'http',
      tokenHash: 'token',
      signal: new AbortController().signal,
      commit: clinic.store.transact,
    } as const;
    expect(await hub.status(undefined, context)).toMatchObject({ mqtt: { url: 'mqtt://hub:***@broker:1883' } });
    expect(await hub.backup({ to: 'copies' }, context)).toEqual({ path: 'copies/copy.db', bytes: 4_096 });
    expect(lastEntry()).toMatchObject({ act: 'store.backedUp', after: { path: 'copies/copy.db' } });
  });
});
