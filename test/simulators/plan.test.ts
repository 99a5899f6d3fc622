import { describe, expect, it } from 'vitest';
import { profileOf } from '#domain/device/profiles/index.ts';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { ageInYears } from '#domain/patient/patient.ts';
import { HOUR_MS } from '#domain/time.ts';
import { bodyOf } from '#simulators/demo/bodies.ts';
import { chartingsOf } from '#simulators/demo/charting.ts';
import { historyOf } from '#simulators/demo/history.ts';
import { type PlannedPatient, planClinic } from '#simulators/demo/plan.ts';

const EPOCH = Date.UTC(2026, 4, 12, 13, 20);
const plan = planClinic(EPOCH, 7);

function newsAt(planned: PlannedPatient, at: number): number {
  const { rr, spo2, sys, hr, acvpu, temp, o2Flow } = bodyOf(planned, at).vitalsAt(at);
  const set = { rr, spo2, spo2Scale: planned.spo2Scale, oxygen: o2Flow > 0, sbp: sys, pulse: hr, acvpu, temp };
  return scoreNews2(set).total ?? -1;
}

function of(course: string): PlannedPatient {
  const found = plan.patients.find((planned) => planned.course === course);
  if (!found) throw new Error(`Nobody has ${course}.`);
  return found;
}

describe('the plan of the demo clinic', () => {
  it('has two wards, 32 beds and a monitored patient in each', () => {
    expect(plan.wards).toEqual(['Ward A – Medicine', 'Ward B – Surgery']);
    expect(new Set(plan.beds.map(({ bed }) => bed)).size).toBe(32);
    expect(plan.patients).toHaveLength(32);
    expect(new Set(plan.patients.map(({ bed }) => bed)).size).toBe(32);
    const monitored = plan.devices.filter(({ type }) => type === 'bedside-monitor').map(({ bed }) => bed);
    expect(new Set(monitored)).toEqual(new Set(plan.beds.map(({ bed }) => bed)));
  });

  it('has a septic, a bleeding, an opioid and a COPD patient, each at another stage and getting worse', () => {
    const septic = of('sepsis');
    expect(newsAt(septic, EPOCH)).toBeGreaterThanOrEqual(6);
    expect(newsAt(septic, EPOCH + HOUR_MS)).toBeGreaterThanOrEqual(7);
    expect(newsAt(septic, EPOCH - 9 * HOUR_MS)).toBeLessThanOrEqual(2);
    for (const course of ['bleeding', 'opioid']) {
      const planned = of(course);
      expect(newsAt(planned, EPOCH - 7 * HOUR_MS), course).toBeLessThanOrEqual(2);
      expect(newsAt(planned, EPOCH + 1.3 * HOUR_MS), course).toBeGreaterThanOrEqual(6);
    }
    const copd = of('copd-exacerbation');
    expect(copd.spo2Scale).toBe(2);
    expect(newsAt(copd, EPOCH)).toBeGreaterThanOrEqual(5);
  });

  it('keeps most patients well enough that the sick stand out', () => {
    const scores = plan.patients.map((planned) => newsAt(planned, EPOCH));
    expect(scores.filter((score) => score >= 5).length).toBeLessThanOrEqual(7);
    expect(scores.filter((score) => score <= 2).length).toBeGreaterThanOrEqual(16);
  });

  it('lives on: days later somebody is still getting worse', () => {
    for (const days of [1, 3, 7]) {
      const scores = plan.patients.flatMap((planned) =>
        [0, 6, 12, 18].map((hour) => newsAt(planned, EPOCH + days * 24 * HOUR_MS + hour * HOUR_MS)),
      );
      expect(Math.max(...scores)).toBeGreaterThanOrEqual(7);
    }
  });

  it('admits everyone before the history begins, to a bed of their own, of the age the body has', () => {
    const today = new Date(EPOCH).toISOString().slice(0, 10);
    for (const planned of plan.patients) {
      expect(planned.admittedAt).toBeLessThan(plan.historyFrom);
      expect(Math.abs((ageInYears(planned.birthDate, today) ?? 0) - planned.age)).toBeLessThanOrEqual(1);
      expect(planned.age).toBeGreaterThanOrEqual(16);
    }
    expect(new Set(plan.patients.map(({ mrn }) => mrn)).size).toBe(32);
  });

  it('writes NHS numbers of the test range with a right check digit', () => {
    const numbers = plan.patients.flatMap(({ identifiers }) => identifiers.filter(({ system }) => system === 'nhs'));
    expect(numbers.length).toBeGreaterThan(20);
    for (const { value } of numbers) {
      expect(value).toMatch(/^999\d{7}$/);
      const sum = [...value].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
      expect(sum % 11).toBe(0);
    }
  });

  it('has devices of every other kind, one of them waiting to be admitted', () => {
    const types = new Set(plan.devices.map(({ type }) => type));
    expect(types.size).toBe(18);
    expect(plan.devices.filter(({ admitted }) => !admitted)).toHaveLength(1);
    expect(new Set(plan.devices.map(({ id }) => id)).size).toBe(plan.devices.length);
    for (const { id, type } of plan.devices) {
      expect(id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(profileOf(type).type).toBe(type);
    }
    for (const device of ['cgm', 'insulin-pump']) {
      expect(plan.devices.find(({ type }) => type === device)?.mrn).toBe(of('diabetic').mrn);
    }
  });

  it('is the same for the same beginning and seed', () => {
    expect(planClinic(EPOCH, 7)).toEqual(plan);
    expect(planClinic(EPOCH, 8).patients[0]?.seed).not.toBe(plan.patients[0]?.seed);
  });

  it('charts at the rhythm of each score and leaves nobody uncharted at the end', () => {
    const septic = chartingsOf(of('sepsis'), plan.historyFrom, EPOCH);
    const well = chartingsOf(of('well'), plan.historyFrom, EPOCH);
    for (const sets of [septic, well]) {
      expect(sets.at(-1)?.observedAt).toBe(EPOCH);
      expect(sets[0]?.observedAt).toBe(plan.historyFrom);
    }
    expect(septic.length).toBeGreaterThan(well.length);
    const between = well.slice(1).map(({ observedAt }, index) => observedAt - (well[index]?.observedAt ?? 0));
    expect(Math.max(...between)).toBeLessThanOrEqual(11.1 * HOUR_MS);
  });

  it('remembers 72 hours of each monitor, one message a minute, all marked as replayed', () => {
    const monitor = plan.devices.find(({ id }) => id === 'monitor-a01');
    if (!monitor) throw new Error('No monitor.');
    const past = [...historyOf(plan, monitor, plan.historyFrom, EPOCH)];
    expect(past).toHaveLength(72 * 60);
    let last = 0;
    for (const reading of past) {
      expect(reading.kind === 'readings' && reading.replay).toBe(true);
      expect(reading.at).toBeGreaterThan(last);
      last = reading.at;
    }
    const pump = plan.devices.find(({ type }) => type === 'insulin-pump');
    if (!pump) throw new Error('No pump.');
    expect([...historyOf(plan, pump, plan.historyFrom, EPOCH)].length).toBe((72 * 60) / 5);
  });
});
