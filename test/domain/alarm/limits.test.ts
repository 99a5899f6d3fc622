import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonalLimit } from '#domain/alarm/alarm.ts';
import { BOUNDS, checkBounds, DEFAULT_LIMITS, limitsFor } from '#domain/alarm/limits.ts';
import { checkLimitRow } from '#domain/clinic/settings.ts';
import { METRICS } from '#domain/observation/metric.ts';
import { makePersonalLimit } from '#test/helpers/makers.ts';

type Asked = { code: string; spo2Scale?: 1 | 2; onOxygen?: boolean; personal?: PersonalLimit[] };
const inForce = ({ code, spo2Scale = 1, onOxygen = false, personal = [] }: Asked) =>
  limitsFor({ code, spo2Scale, onOxygen, rows: DEFAULT_LIMITS, personal });
const bounds = (asked: Asked) => {
  const limits = inForce(asked);
  return limits && BOUNDS.map((name) => limits[name]);
};

describe('limits of an alarm', () => {
  it.each([
    ['hr', [40, 50, 120, 140], 10_000, 10_000, 5],
    ['pr', [40, 50, 120, 140], 10_000, 10_000, 5],
    ['rr', [8, null, 25, 30], 15_000, 15_000, 2],
    ['spo2', [85, 90, null, null], 10_000, 15_000, 2],
    ['nibp-sys', [80, 90, 180, 200], 0, 0, 5],
    ['art-sys', [80, 90, 180, 200], 15_000, 15_000, 5],
    ['temp', [null, 35, 39, null], 60_000, 60_000, 0.2],
    ['etco2', [15, 25, 60, null], 15_000, 15_000, 3],
    ['glucose', [3, 3.9, 13.9, null], 0, 0, 0.3],
  ])('starts %s as the table of defaults says', (code, wanted, delayHighMs, delayMediumMs, hysteresis) => {
    expect(bounds({ code })).toEqual(wanted);
    expect(inForce({ code })).toMatchObject({ code, delayHighMs, delayMediumMs, hysteresis, personal: null });
  });

  it('lets scale 2 go lower, and asks for less oxygen only while oxygen is given', () => {
    expect(bounds({ code: 'spo2', spo2Scale: 2, onOxygen: true })).toEqual([80, 84, 96, null]);
    expect(bounds({ code: 'spo2', spo2Scale: 2, onOxygen: false })).toEqual([80, 84, null, null]);
    expect(bounds({ code: 'spo2', spo2Scale: 1, onOxygen: true })).toEqual([85, 90, null, null]);
  });

  it('has no limits for what nobody set any', () => {
    for (const code of ['weight', 'acvpu', 'fridge-temp', '__proto__']) expect(inForce({ code })).toBeUndefined();
  });

  it('puts a patient’s own bounds in place of the clinic’s and keeps the rest', () => {
    const personal = [makePersonalLimit({ code: 'hr', mediumHigh: 130 })];
    expect(bounds({ code: 'hr', personal })).toEqual([40, 50, 130, 140]);
    expect(bounds({ code: 'pr', personal })).toEqual([40, 50, 130, 140]);
    expect(bounds({ code: 'rr', personal })).toEqual([8, null, 25, 30]);
    expect(inForce({ code: 'hr', personal })?.personal?.reason).toBe('agreed at the round');
  });

  it('starts from limits that pass its own rules', () => {
    for (const row of DEFAULT_LIMITS) expect(checkLimitRow(row), row.code).toEqual({ ok: true, value: row });
  });

  it('refuses limits that do not rise, or that the metric cannot reach', () => {
    const given = (highLow: number | null, mediumLow: number | null, mediumHigh: number | null = null) =>
      checkBounds('hr', { highLow, mediumLow, mediumHigh, highHigh: null });
    expect(given(50, 40)).toMatchObject({ refusal: 'limits-out-of-order' });
    expect(given(50, 50)).toMatchObject({ refusal: 'limits-out-of-order' });
    expect(given(50, null, 45)).toMatchObject({ refusal: 'limits-out-of-order' });
    expect(given(9, null)).toMatchObject({ refusal: 'limit-implausible' });
    expect(given(Number.NaN, null)).toMatchObject({ refusal: 'limit-implausible' });
    expect(given(null, null, Number.POSITIVE_INFINITY)).toMatchObject({ refusal: 'limit-implausible' });
    expect(given(null, null)).toMatchObject({ ok: true });
  });

  it('allows exactly what rises within the metric’s range, whatever is left out', () => {
    const metric = fc.constantFrom(...METRICS.filter(({ plausible: [low, high] }) => high - low > 5));
    const bound = fc.option(fc.double({ min: -50, max: 400, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(metric, fc.tuple(bound, bound, bound, bound), ({ code, plausible: [low, high] }, values) => {
        const [highLow, mediumLow, mediumHigh, highHigh] = values;
        const present = values.filter((value) => value !== null);
        const rising = present.every((value, index) => index === 0 || value > (present[index - 1] as number));
        const reachable = present.every((value) => value >= low && value <= high);
        expect(checkBounds(code, { highLow, mediumLow, mediumHigh, highHigh }).ok).toBe(rising && reachable);
      }),
    );
  });
});
