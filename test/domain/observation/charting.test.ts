import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartAt, chartedNumber, chartValues } from '#domain/observation/charting.ts';
import { METRICS, worded } from '#domain/observation/metric.ts';
import { makeEncounter, NOON } from '#test/helpers/makers.ts';

describe('charting', () => {
  it('keeps words as the place of the word, and reads them back', () => {
    expect(chartedNumber('acvpu', 'A')).toBe(0);
    expect(chartedNumber('acvpu', 'U')).toBe(4);
    expect(chartedNumber('oxygen', false)).toBe(0);
    expect(chartedNumber('oxygen', true)).toBe(1);
    expect(worded('oxygen', 1)).toBe('oxygen');
    expect(chartedNumber('acvpu', 'X')).toBeUndefined();
  });

  it('F12 takes exactly what lies in a metric’s plausible range, ends included', () => {
    const metric = fc.constantFrom(...METRICS.filter((entry) => !('codes' in entry)));
    fc.assert(
      fc.property(metric, fc.double(), ({ code, plausible: [low, high] }, value) => {
        const plausible = value >= low && value <= high;
        expect(chartedNumber(code, value)).toBe(plausible ? value + 0 : undefined);
        expect(chartedNumber(code, low)).toBe(low);
        expect(chartedNumber(code, high)).toBe(high);
      }),
    );
  });

  it('F10 takes no infinity, no NaN, and keeps minus nought as nought', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(chartedNumber('hr', value)).toBeUndefined();
    }
    expect(Object.is(chartedNumber('o2-flow', -0), 0)).toBe(true);
  });

  it('names the one value that cannot be and takes none of the rest', () => {
    expect(chartValues({ temp: 36.6, 'nibp-sys': 12 })).toEqual({
      implausible: { code: 'nibp-sys', value: 12, plausible: [30, 300], unit: 'mmHg' },
    });
    expect(chartValues({ temp: undefined, rr: 14 })).toEqual({ values: [{ code: 'rr', value: 14 }] });
  });

  it('may be late, but lies within the stay and not ahead of the clock by more than a minute', () => {
    const stay = makeEncounter({ admittedAt: NOON - 3_600_000 });
    expect(chartAt(stay, NOON - 3_600_000, NOON).ok).toBe(true);
    expect(chartAt(stay, NOON - 3_600_001, NOON)).toMatchObject({ refusal: 'before-encounter' });
    expect(chartAt(stay, NOON + 60_000, NOON).ok).toBe(true);
    expect(chartAt(stay, NOON + 60_001, NOON)).toMatchObject({ refusal: 'in-future' });
    const over = { ...stay, status: 'discharged' as const, dischargedAt: NOON - 1_000 };
    expect(chartAt(over, NOON - 1_000, NOON).ok).toBe(true);
    expect(chartAt(over, NOON - 999, NOON)).toMatchObject({ refusal: 'after-encounter' });
  });
});
