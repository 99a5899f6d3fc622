import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NewsSet, scoreNews2 } from '#domain/observation/news2.ts';

const well: NewsSet = { rr: 16, spo2: 98, oxygen: false, sbp: 120, pulse: 75, acvpu: 'A', temp: 37 };
const part = (change: NewsSet, name: keyof ReturnType<typeof scoreNews2>['parts']) =>
  scoreNews2({ ...well, ...change }).parts[name];

describe('NEWS2 by the RCP chart', () => {
  it.each([
    [8, 3],
    [8.4, 3],
    [8.5, 1],
    [9, 1],
    [11, 1],
    [11.5, 0],
    [12, 0],
    [20, 0],
    [20.5, 2],
    [21, 2],
    [24, 2],
    [24.5, 3],
    [25, 3],
  ])('respirations %d score %d', (rr, points) => expect(part({ rr }, 'rr')).toBe(points));

  it.each([
    [91, 3],
    [91.5, 2],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [95.5, 0],
    [96, 0],
    [100, 0],
  ])('saturation %d on scale 1 scores %d', (spo2, points) => expect(part({ spo2 }, 'spo2')).toBe(points));

  it.each([
    [83, 3],
    [84, 2],
    [85, 2],
    [86, 1],
    [87, 1],
    [88, 0],
    [92, 0],
    [93, 1],
    [94, 1],
    [95, 2],
    [96, 2],
    [97, 3],
  ])('saturation %d on scale 2 with oxygen scores %d', (spo2, points) =>
    expect(part({ spo2, spo2Scale: 2, oxygen: true }, 'spo2')).toBe(points),
  );

  it.each([
    [83, 3],
    [87, 1],
    [88, 0],
    [93, 0],
    [100, 0],
  ])('saturation %d on scale 2 on air scores %d', (spo2, points) =>
    expect(part({ spo2, spo2Scale: 2 }, 'spo2')).toBe(points),
  );

  it.each([
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [219.5, 3],
    [220, 3],
  ])('systolic %d scores %d', (sbp, points) => expect(part({ sbp }, 'sbp')).toBe(points));

  it.each([
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
  ])('pulse %d scores %d', (pulse, points) => expect(part({ pulse }, 'pulse')).toBe(points));

  it.each([
    [35, 3],
    [35.04, 3],
    [35.05, 1],
    [35.1, 1],
    [36, 1],
    [36.1, 0],
    [38, 0],
    [38.04, 0],
    [38.05, 1],
    [38.1, 1],
    [39, 1],
    [39.05, 2],
    [39.1, 2],
  ])('temperature %d scores %d', (temp, points) => expect(part({ temp }, 'temp')).toBe(points));

  it('never chooses scale 2 because oxygen is given', () => {
    expect(part({ spo2: 90, oxygen: true }, 'spo2')).toBe(3);
  });

  it('cannot score a high saturation on scale 2 before it is known whether oxygen is given', () => {
    const score = scoreNews2({ ...well, spo2: 95, spo2Scale: 2, oxygen: null });
    expect(score.parts.spo2).toBeNull();
    expect(score).toMatchObject({ missing: ['oxygen'], complete: false });
  });

  it('has no total under 16 or in pregnancy, and says why', () => {
    expect(scoreNews2({ ...well, ageYears: 15 })).toMatchObject({
      total: null,
      risk: null,
      monitoring: null,
      reason: 'under-16',
    });
    expect(scoreNews2({ ...well, pregnant: true })).toMatchObject({ total: null, reason: 'pregnant' });
    expect(scoreNews2({ ...well, ageYears: 16 }).total).toBe(0);
  });

  it('calls 3 in one parameter low-medium, and 5 or 6 medium with or without it', () => {
    expect(scoreNews2({ ...well, rr: 25 })).toMatchObject({ total: 3, risk: 'low-medium', monitoring: '1h' });
    expect(scoreNews2({ ...well, rr: 25, oxygen: true })).toMatchObject({ total: 5, risk: 'medium' });
  });

  it('a missing part adds nothing, is named, and never lowers what is known', () => {
    const inputs = ['rr', 'spo2', 'oxygen', 'sbp', 'pulse', 'acvpu', 'temp'] as const;
    const set = fc.record({
      rr: fc.integer({ min: 2, max: 80 }),
      spo2: fc.integer({ min: 30, max: 100 }),
      spo2Scale: fc.constantFrom(1 as const, 2 as const),
      oxygen: fc.boolean(),
      sbp: fc.integer({ min: 30, max: 300 }),
      pulse: fc.integer({ min: 10, max: 300 }),
      acvpu: fc.constantFrom('A' as const, 'C' as const, 'V' as const, 'P' as const, 'U' as const),
      temp: fc.integer({ min: 250, max: 450 }).map((tenths) => tenths / 10),
    });
    fc.assert(
      fc.property(set, fc.subarray([...inputs]), (full, gone) => {
        const whole = scoreNews2(full);
        const less = scoreNews2({ ...full, ...Object.fromEntries(gone.map((name) => [name, null])) });
        expect(less.total).toBeLessThanOrEqual(whole.total as number);
        expect(less.complete).toBe(less.missing.length === 0);
        for (const name of gone) expect(less.missing).toContain(name);
        expect(whole.total).toBe(Object.values(whole.parts).reduce<number>((sum, points) => sum + (points ?? 0), 0));
      }),
    );
  });
});

const vectors = new URL('../../../../shared/data/news2/news2_vectors.csv', import.meta.url);

describe('NEWS2 against published sets', () => {
  if (!existsSync(vectors)) {
    it('the published sets are not beside this checkout, so only the chart was checked', () => undefined);
    return;
  }
  const [head, ...lines] = readFileSync(vectors, 'utf8').trim().split('\n');
  const columns = (head ?? '').split(',');
  const number = (cell: string | undefined) => (cell === '' || cell === undefined ? null : Number(cell));
  it.each(lines.map((line) => [line.split(',')[0], line] as const))('%s', (_id, line) => {
    const cells = line.split(',');
    const cell = (name: string) => cells[columns.indexOf(name)];
    const score = scoreNews2({
      rr: number(cell('rr')),
      spo2: number(cell('spo2')),
      spo2Scale: number(cell('spo2_scale')) as 1 | 2 | null,
      oxygen: cell('on_oxygen') === '' ? null : cell('on_oxygen') === '1',
      sbp: number(cell('sbp')),
      pulse: number(cell('pulse')),
      acvpu: (cell('acvpu') || null) as NewsSet['acvpu'],
      temp: number(cell('temp_c')),
    });
    expect(score).toMatchObject({
      parts: {
        rr: number(cell('exp_rr')),
        spo2: number(cell('exp_spo2')),
        oxygen: number(cell('exp_oxygen')),
        sbp: number(cell('exp_sbp')),
        pulse: number(cell('exp_pulse')),
        acvpu: number(cell('exp_acvpu')),
        temp: number(cell('exp_temp')),
      },
      total: number(cell('exp_total')),
      singleRed: cell('exp_single_red') === '1',
      risk: cell('exp_risk'),
      monitoring: cell('exp_min_monitoring'),
      complete: cell('exp_complete') === '1',
    });
  });
});
