import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { HOUR_MS } from '#domain/time.ts';
import { COURSES, type CourseName } from '#simulators/physiology/course.ts';
import { insulinOnBoard } from '#simulators/physiology/glucose.ts';
import { arterialOxygen, pressureAt, saturationAt } from '#simulators/physiology/oxygen.ts';
import { createPatient, type Vitals } from '#simulators/physiology/patient.ts';

const MORNING = Date.UTC(2026, 2, 4, 8);

/** One course's vitals, averaged over ten minutes before each hour asked for. */
function hourly(course: CourseName, hours: readonly number[], age = 64): Vitals[] {
  const patient = createPatient({
    seed: 31,
    age,
    course,
    startedAt: MORNING - 6 * HOUR_MS,
    courseStartedAt: MORNING,
    utcOffsetMs: 4 * HOUR_MS,
  });
  patient.advance(6 * 3_600);
  let reached = 0;
  return hours.map((hour) => {
    patient.advance((hour - reached) * 3_600 - 600);
    reached = hour;
    const seen: Vitals[] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      patient.advance(60);
      seen.push(patient.vitals());
    }
    const mean = (pick: (vitals: Vitals) => number) => seen.reduce((sum, one) => sum + pick(one), 0) / seen.length;
    const last = seen.at(-1);
    if (!last) throw new Error('No vitals.');
    return {
      ...last,
      hr: mean(({ hr }) => hr),
      rr: mean(({ rr }) => rr),
      spo2: mean(({ spo2 }) => spo2),
      temp: mean(({ temp }) => temp),
      sys: mean(({ sys }) => sys),
      mean: mean((vitals) => vitals.mean),
      etco2: mean(({ etco2 }) => etco2),
    };
  });
}

function news(vitals: Vitals, spo2Scale: 1 | 2 = 1): number {
  const { rr, spo2, sys, hr, acvpu, temp, o2Flow } = vitals;
  return scoreNews2({ rr, spo2, spo2Scale, oxygen: o2Flow > 0, sbp: sys, pulse: hr, acvpu, temp }).total ?? -1;
}

describe('blood and oxygen', () => {
  it.each([
    [27, 0.5],
    [40, 0.75],
    [60, 0.9],
    [100, 0.975],
  ])('is saturated along the dissociation curve: %i mmHg', (pressure, saturation) => {
    expect(saturationAt(pressure)).toBeCloseTo(saturation, 1.8);
  });

  it('reads the curve both ways', () => {
    fc.assert(
      fc.property(fc.double({ min: 8, max: 300, noNaN: true }), (pressure) => {
        expect(pressureAt(saturationAt(pressure))).toBeCloseTo(pressure, 3);
      }),
    );
  });

  it('is less saturated with more shunt, more so with thinner air, and more with oxygen', () => {
    const healthy = arterialOxygen(0.21, 40, 0.03).saturation;
    const shunted = arterialOxygen(0.21, 40, 0.25).saturation;
    expect(healthy).toBeGreaterThan(0.95);
    expect(shunted).toBeLessThan(0.92);
    expect(arterialOxygen(0.5, 40, 0.25).saturation).toBeGreaterThan(shunted);
    expect(arterialOxygen(0.21, 85, 0.03).saturation).toBeLessThan(healthy - 0.05);
  });
});

describe('courses of illness', () => {
  it('sepsis moves temperature, heart, breath and pressure together, and NEWS2 from low to high and back', () => {
    const [well, ill, better] = hourly('sepsis', [1, 14, 32]);
    if (!well || !ill || !better) throw new Error('No vitals.');
    expect(ill.temp - well.temp).toBeGreaterThan(1.5);
    expect(ill.hr - well.hr).toBeGreaterThan(35);
    expect(ill.rr - well.rr).toBeGreaterThan(6);
    expect(well.sys - ill.sys).toBeGreaterThan(20);
    expect(news(well)).toBeLessThanOrEqual(2);
    expect(news(ill)).toBeGreaterThanOrEqual(7);
    expect(news(better)).toBeLessThanOrEqual(3);
  });

  it('bleeding quickens the heart before the pressure falls, then breath', () => {
    const [well, early, late, treated] = hourly('bleeding', [3, 7.3, 10.3, 22]);
    if (!well || !early || !late || !treated) throw new Error('No vitals.');
    expect(early.hr - well.hr).toBeGreaterThan(12);
    expect(well.sys - early.sys).toBeLessThan(20);
    expect(late.sys).toBeLessThan(100);
    expect(late.rr - early.rr).toBeGreaterThan(5);
    expect(news(late)).toBeGreaterThanOrEqual(7);
    expect(news(treated)).toBeLessThanOrEqual(3);
  });

  it('an opioid slows breath, raises carbon dioxide and sedates; oxygen hides it from the saturation', () => {
    const [well, slow, deep, woken] = hourly('opioid', [1, 9, 10.5, 14]);
    if (!well || !slow || !deep || !woken) throw new Error('No vitals.');
    expect(slow.rr).toBeLessThan(well.rr - 2);
    expect(slow.etco2).toBeGreaterThan(well.etco2 + 12);
    expect(slow.spo2).toBeLessThan(well.spo2 - 1);
    expect(deep.rr).toBeLessThan(8);
    expect(deep.acvpu).not.toBe('A');
    expect(news(deep)).toBeGreaterThanOrEqual(7);
    expect(woken.rr).toBeGreaterThan(9);
    expect(woken.acvpu).toBe('A');
  });

  it('COPD lives at 88 to 92 % on two litres, and worsens and mends', () => {
    const [usual, worse, again] = hourly('copd-exacerbation', [1, 15, 31], 72);
    if (!usual || !worse || !again) throw new Error('No vitals.');
    expect(usual.spo2).toBeGreaterThan(87);
    expect(usual.spo2).toBeLessThan(92.5);
    expect(usual.o2Flow).toBe(2);
    expect(worse.rr - usual.rr).toBeGreaterThan(6);
    expect(worse.spo2).toBeLessThan(86);
    expect(news(usual, 2)).toBeLessThanOrEqual(4);
    expect(news(worse, 2)).toBeGreaterThanOrEqual(7);
    expect(news(again, 2)).toBeLessThanOrEqual(4);
  });

  it('the others stay where they are', () => {
    const watched: CourseName[] = [
      'well',
      'post-op',
      'appendicitis',
      'hypertensive',
      'rate-controlled',
      'hip-fracture',
    ];
    for (const course of watched) {
      for (const vitals of hourly(course, [4, 13, 30])) expect(news(vitals), course).toBeLessThanOrEqual(4);
    }
  });
});

describe('a simulated body', () => {
  it('is the same for the same seed and steps', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...(Object.keys(COURSES) as CourseName[])), (seed, course) => {
        const live = () => {
          const patient = createPatient({ seed, age: 70, course, startedAt: MORNING });
          return Array.from({ length: 40 }, (_none, step) => {
            patient.advance(1 + (step % 7));
            return patient.vitals();
          });
        };
        expect(live()).toEqual(live());
      }),
      { numRuns: 20 },
    );
  });

  it.each(['post-op', 'well', 'copd-exacerbation'] as const)(
    'has the same mean and spread at steps of 1 s and of 60 s: %s',
    (course) => {
      const sampled = (step: number) => {
        const series: Record<'hr' | 'rr' | 'spo2' | 'sys', number[]> = { hr: [], rr: [], spo2: [], sys: [] };
        for (const seed of [1, 2, 3, 4, 5, 6]) {
          const patient = createPatient({ seed, age: 40, course, startedAt: MORNING });
          patient.advance(3_600);
          for (let minute = 0; minute < 300; minute += 1) {
            for (let second = 0; second < 60; second += step) patient.advance(step);
            const vitals = patient.vitals();
            for (const code of ['hr', 'rr', 'spo2', 'sys'] as const) series[code].push(vitals[code]);
          }
        }
        return series;
      };
      const stats = (values: readonly number[]) => {
        const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
        return { mean, deviation: Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length) };
      };
      const fine = sampled(1);
      const coarse = sampled(60);
      for (const code of ['hr', 'rr', 'spo2', 'sys'] as const) {
        const one = stats(fine[code]);
        const sixty = stats(coarse[code]);
        expect(Math.abs(one.mean - sixty.mean), `mean of ${code}`).toBeLessThan(0.6 * one.deviation);
        expect(sixty.deviation / one.deviation, `spread of ${code}`).toBeGreaterThan(0.8);
        expect(sixty.deviation / one.deviation, `spread of ${code}`).toBeLessThan(1.25);
      }
    },
  );

  it('sleeps at night with a slower heart, and walking quickens it', () => {
    const patient = createPatient({ seed: 8, age: 34, course: 'well', startedAt: MORNING });
    const asleep: number[] = [];
    const walking: number[] = [];
    const resting: number[] = [];
    for (let minute = 0; minute < 2_880; minute += 1) {
      patient.advance(60);
      const { hr, asleep: sleeps, activity } = patient.vitals();
      (sleeps ? asleep : activity === 'walking' ? walking : resting).push(hr);
    }
    const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(asleep.length).toBeGreaterThan(600);
    expect(mean(asleep)).toBeLessThan(mean(resting) - 3);
    expect(mean(walking)).toBeGreaterThan(mean(resting) + 5);
  });

  it('insulin on board follows the published curve of rapid insulin', () => {
    expect(2 * insulinOnBoard(0)).toBe(2);
    expect(2 * insulinOnBoard(30)).toBeCloseTo(1.93195, 4);
    expect(2 * insulinOnBoard(60)).toBeCloseTo(1.6676, 4);
    expect(2 * insulinOnBoard(120)).toBeCloseTo(1.00115, 4);
  });
});
