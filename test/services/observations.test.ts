import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { makeDevice, makePatient, NOON } from '#test/helpers/makers.ts';
import { type Desk, failure, openClinic, type TestClinic } from './clinic.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let clinic: TestClinic;
let nurse: Desk;
const opened: TestClinic[] = [];

beforeEach(() => {
  clinic = openClinic();
  opened.push(clinic);
  nurse = clinic.as(clinic.staff('nurse'));
});
afterAll(() => {
  for (const { close } of opened) close();
});

async function stayOf(bed: 0 | 1 | 2 | 3, at = NOON - HOUR): Promise<Encounter & { patientId: PatientId }> {
  const patient = makePatient();
  clinic.store.transact(() => clinic.store.patients.save(patient));
  return nurse.encounters.admit({ patientId: patient.id, bedId: clinic.beds[bed].id, at });
}

describe('recording what a person observed', () => {
  it('charts the whole set at its time, tells who watches, and writes it in the ledger', async () => {
    const stay = await stayOf(0);
    clinic.heard();
    const values = { acvpu: 'V', oxygen: true, 'o2-flow': 2, temp: 38.4, 'nibp-sys': 96 } as const;
    const answer = await nurse.observations.record({ patientId: stay.patientId, observedAt: NOON - MINUTE, values });
    expect(answer).toEqual({ recorded: 5, observedAt: NOON - MINUTE });
    expect(clinic.heard()).toEqual([`observation ${stay.id} acvpu oxygen o2-flow temp nibp-sys`]);
    const charted = clinic.store.observations.list(stay.id, 0, NOON);
    expect(charted.map(({ code, value }) => [code, value])).toEqual([
      ['acvpu', 2],
      ['oxygen', 1],
      ['o2-flow', 2],
      ['temp', 38.4],
      ['nibp-sys', 96],
    ]);
    expect(clinic.store.ledger.list({ limit: 1 })[0]).toMatchObject({
      act: 'observation.recorded',
      subject: stay.id,
      after: { observedAt: NOON - MINUTE, values: { acvpu: 'V', oxygen: 'oxygen', temp: 38.4 } },
    });
  });

  it('F12 keeps nothing of a set with one implausible value, and names it', async () => {
    const stay = await stayOf(0);
    const set = nurse.observations.record({ encounterId: stay.id, values: { temp: 36.8, rr: 14, pr: 999 } });
    expect(await failure(set)).toBe(
      'refused/implausible: Pulse rate (pr) 999 is not plausible: 10 to 300 /min. Nothing was saved.',
    );
    expect(clinic.store.observations.list(stay.id, 0, NOON * 2)).toEqual([]);
    expect(clinic.store.ledger.list({ limit: 1 })[0]?.act).toBe('encounter.admitted');
  });

  it('F10 refuses what is no number, what no person charts, and an empty set', async () => {
    const encounterId = (await stayOf(0)).id;
    const record = (values: Record<string, unknown>) => failure(nurse.observations.record({ encounterId, values }));
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '72', null]) {
      expect(await record({ temp: value })).toMatch(/^invalid-input/);
    }
    expect(await record({ 'fridge-temp': 4 })).toMatch(/^invalid-input/);
    expect(await record({ acvpu: 'X' })).toMatch(/^invalid-input/);
    expect(await record({})).toMatch(/^invalid-input/);
    expect(await record(JSON.parse('{"__proto__": {"temp": 37}}') as Record<string, unknown>)).toMatch(
      /^invalid-input/,
    );
  });

  it('may be late, but not before the stay, not ahead of time, and after a discharge only for the time before', async () => {
    const stay = await stayOf(0);
    const record = (observedAt?: number) =>
      failure(nurse.observations.record({ encounterId: stay.id, observedAt, values: { temp: 37 } }));
    expect(await record(NOON - HOUR)).toBe('nothing failed');
    expect(await record(NOON - HOUR - 1)).toMatch(/^refused\/before-encounter/);
    expect(await record(NOON + MINUTE)).toBe('nothing failed');
    expect(await record(NOON + MINUTE + 1)).toMatch(/^refused\/in-future/);
    await nurse.encounters.discharge({ encounterId: stay.id });
    clinic.setClock(NOON + HOUR);
    expect(await record(NOON - 5 * MINUTE)).toBe('nothing failed');
    expect(await record()).toMatch(/^refused\/after-encounter/);
    const byPatient = nurse.observations.record({ patientId: stay.patientId, values: { temp: 37 } });
    expect(await failure(byPatient)).toMatch(/^refused\/no-open-encounter/);
  });

  it('counts a doubled set once', async () => {
    const stay = await stayOf(0);
    const ask = { encounterId: stay.id, values: { temp: 37 }, idempotencyKey: 'same-set-again' };
    expect(await nurse.observations.record(ask)).toEqual(await nurse.observations.record(ask));
    expect(clinic.store.observations.list(stay.id, 0, NOON * 2)).toHaveLength(1);
  });

  it('does not let a stay and another patient be named together', async () => {
    const [one, other] = [await stayOf(0), await stayOf(1)];
    const mixed = { encounterId: one.id, patientId: other.patientId, values: { temp: 37 } };
    expect(await failure(nurse.observations.record(mixed))).toMatch(/^invalid-input/);
    expect(await failure(nurse.observations.record({ values: { temp: 37 } }))).toMatch(/^invalid-input/);
  });
});

/** A monitor that sent one heart rate a second over a span. */
function monitor(from: number, to: number, value: (at: number) => number, everyMs = 1_000) {
  const device = makeDevice();
  clinic.store.transact(() => {
    clinic.store.devices.save(device);
    for (let at = from; at < to; at += everyMs) {
      const row = { deviceId: device.id, at, receivedAt: at, history: false, codes: ['hr'], values: [value(at)] };
      clinic.store.numerics.append(row);
    }
    clinic.store.numerics.flush();
  });
  return device.id;
}

const trend = async (encounterId: EncounterId, from: number, to: number, points = 720) => {
  const [series] = await nurse.observations.trend({ encounterId, codes: ['hr'], from, to, points });
  if (!series) throw new Error('no series');
  return series;
};

describe('whose values they are', () => {
  it('follows the bed while the patient holds it, and the patient while the device is theirs', async () => {
    const [ann, ben] = [await stayOf(0), await stayOf(1)];
    const standing = monitor(NOON - 2 * HOUR, NOON, () => 70);
    clinic.setClock(NOON - 30 * MINUTE);
    await nurse.devices.tie({ device: standing, bedId: clinic.beds[0].id, at: NOON - 50 * MINUTE });
    const worn = monitor(NOON - 2 * HOUR, NOON, () => 90);
    await nurse.devices.tie({ device: worn, patientId: ann.patientId, at: NOON - 40 * MINUTE });
    clinic.setClock(NOON - 20 * MINUTE);
    await nurse.encounters.move({ encounterId: ann.id, bedId: clinic.beds[2].id });
    clinic.setClock(NOON - 10 * MINUTE);
    clinic.clean();
    await nurse.encounters.move({ encounterId: ben.id, bedId: clinic.beds[0].id });
    clinic.setClock(NOON);
    expect(clinic.seriesOf(ann.id, 0, NOON)).toEqual([
      { deviceId: worn, from: NOON - 40 * MINUTE, to: NOON, tiedTo: 'encounter' },
      { deviceId: standing, from: NOON - 50 * MINUTE, to: NOON - 20 * MINUTE, tiedTo: 'bed' },
    ]);
    expect(clinic.seriesOf(ben.id, 0, NOON)).toEqual([
      { deviceId: standing, from: NOON - 10 * MINUTE, to: NOON, tiedTo: 'bed' },
    ]);
    const { points } = await trend(ann.id, NOON - HOUR, NOON);
    const valueAt = (minutesAgo: number) => points.find(([at]) => at >= NOON - minutesAgo * MINUTE)?.[1];
    expect(points[0]?.[0]).toBeGreaterThanOrEqual(NOON - 50 * MINUTE);
    expect(points[0]?.[0]).toBeLessThan(NOON - 49 * MINUTE);
    expect(valueAt(50)).toBe(70);
    expect(valueAt(39)).toBe(90);
    expect(valueAt(15)).toBe(90);
    const own = await trend(ben.id, NOON - HOUR, NOON);
    expect(own.points.every(([at, mean]) => at >= NOON - 10 * MINUTE && mean === 70)).toBe(true);
  });

  it('belongs to nobody before admission, after discharge, and once the tie ended', async () => {
    const stay = await stayOf(0, NOON - 30 * MINUTE);
    const device = monitor(NOON - 2 * HOUR, NOON + HOUR, () => 70);
    await nurse.devices.tie({ device, bedId: clinic.beds[0].id, at: NOON - HOUR });
    await nurse.encounters.discharge({ encounterId: stay.id });
    expect(clinic.seriesOf(stay.id, 0, NOON + HOUR)).toEqual([
      { deviceId: device, from: NOON - 30 * MINUTE, to: NOON, tiedTo: 'bed' },
    ]);
    expect(clinic.seriesOf(stay.id, NOON, NOON + HOUR)).toEqual([]);
    expect(await failure(trend('no-such' as EncounterId, 0, 10))).toMatch(/^not-found/);
  });
});

describe('a trend', () => {
  it('leaves a gap where there was none to hear', async () => {
    const stay = await stayOf(0);
    const device = monitor(NOON - 30 * MINUTE, NOON - 20 * MINUTE, () => 70);
    await nurse.devices.tie({ device, bedId: clinic.beds[0].id, at: NOON - HOUR });
    clinic.store.transact(() => {
      const row = { deviceId: device, receivedAt: NOON, history: false, codes: ['hr'] };
      clinic.store.numerics.append({ ...row, at: NOON - 1_000, values: [71] });
      clinic.store.numerics.flush();
    });
    const { points, spanMs } = await trend(stay.id, NOON - HOUR, NOON, 60);
    const silent = points.filter(([at]) => at >= NOON - 20 * MINUTE + spanMs && at < NOON - spanMs);
    expect(silent).toEqual([]);
    expect(points.at(-1)).toEqual([NOON - 1_000, 71, 71, 71]);
  });

  it('keeps charted values apart, in words where they are words', async () => {
    const stay = await stayOf(0);
    await nurse.observations.record({ encounterId: stay.id, values: { acvpu: 'C', temp: 39.1 } });
    const series = await nurse.observations.trend({
      encounterId: stay.id,
      codes: ['acvpu', 'temp', 'hr'],
      from: NOON - HOUR,
      to: NOON + 1,
    });
    expect(series).toMatchObject([
      { code: 'acvpu', points: [], charted: [{ at: NOON, value: 'C' }] },
      { code: 'temp', unit: 'Cel', points: [], charted: [{ at: NOON, value: 39.1 }] },
      { code: 'hr', unit: '/min', points: [], charted: [] },
    ]);
  });

  it('over a day tells the same least and greatest as the values, minute by minute, and no one else’s', async () => {
    const admitted = NOON - 24 * HOUR + 30_500;
    const stay = await stayOf(0, admitted);
    // Before the stay the same monitor had somebody at 200.
    const value = (at: number) => (at < admitted ? 200 : 60 + Math.round(20 * Math.sin(at / HOUR)));
    const device = monitor(NOON - 25 * HOUR, NOON, value, 10_000);
    await nurse.devices.tie({ device, bedId: clinic.beds[0].id, at: NOON - 25 * HOUR });
    const { points, spanMs } = await trend(stay.id, NOON - 25 * HOUR, NOON, 300);
    expect(points.length).toBeLessThanOrEqual(300);
    expect(points.at(-1)?.slice(0, 2)).toEqual([NOON - 10_000, value(NOON - 10_000)]);
    for (const [index, [at, mean, min, max]] of points.entries()) {
      const begin = Math.floor(at / spanMs) * spanMs;
      const inSpan: number[] = [];
      for (let time = NOON - 25 * HOUR; time < NOON; time += 10_000) {
        if (time >= begin && time < begin + spanMs && time >= admitted) inSpan.push(value(time));
      }
      expect([min, max]).toEqual([Math.min(...inSpan), Math.max(...inSpan)]);
      if (index === points.length - 1) continue;
      expect(mean).toBeCloseTo(inSpan.reduce((sum, one) => sum + one, 0) / inSpan.length, 6);
    }
    expect(points[0]?.[0]).toBeGreaterThanOrEqual(admitted);
  });

  it('over three days shows only blood pressures somebody had: both ends of one reading, never a mean', async () => {
    const stay = await stayOf(0, NOON - 70 * HOUR);
    const device = makeDevice();
    const taken = new Map<number, [number, number]>();
    clinic.store.transact(() => {
      clinic.store.devices.save(device);
      for (let at = NOON - 60 * HOUR; at < NOON; at += 110_000) {
        const pressures: [number, number] = [100 + ((at / 1_000) % 37), 50 + ((at / 1_000) % 23)];
        taken.set(at, pressures);
        const row = { deviceId: device.id, at, receivedAt: at, history: false };
        clinic.store.numerics.append({ ...row, codes: ['nibp-sys', 'nibp-dia'], values: pressures });
      }
      clinic.store.numerics.flush();
    });
    await nurse.devices.tie({ device: device.id, bedId: clinic.beds[0].id, at: NOON - 69 * HOUR });
    const ask = { encounterId: stay.id, from: NOON - 72 * HOUR, to: NOON, codes: ['nibp-sys', 'nibp-dia'] };
    const [sys, dia] = await nurse.observations.trend(ask);
    expect(sys?.points.length).toBeGreaterThan(300);
    expect(dia?.points.map(([at]) => at)).toEqual(sys?.points.map(([at]) => at));
    for (const [index, [at, high]] of (sys?.points ?? []).entries())
      expect([high, dia?.points[index]?.[1]]).toEqual(taken.get(at));
    expect(sys?.points.at(-1)?.[0]).toBe([...taken.keys()].at(-1));
  });

  it('needs a beginning before its end', async () => {
    const stay = await stayOf(0);
    expect(await failure(trend(stay.id, NOON, NOON))).toMatch(/^invalid-input/);
  });
});
