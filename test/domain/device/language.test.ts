import { describe, expect, it } from 'vitest';
import { judgeValues, languageOf } from '#domain/device/language.ts';
import type { ReadingsMessage } from '#domain/device/message.ts';

function said(values: Record<string, number | [value: number, unit: string]>): ReadingsMessage {
  const entries = Object.entries(values);
  return {
    kind: 'readings',
    seq: 0,
    at: 0,
    replay: false,
    codes: entries.map(([code]) => code),
    values: entries.map(([, value]) => (Array.isArray(value) ? value[0] : value)),
    units: entries.map(([, value]) => (Array.isArray(value) ? value[1] : undefined)),
    absent: [],
  };
}

const monitor = languageOf({ type: 'bedside-monitor', metrics: [], units: {} });
const anything = languageOf({ type: null, metrics: [], units: {} });

function judged(language: typeof monitor, values: Parameters<typeof said>[0]) {
  const { codes, values: numbers, refused } = judgeValues(language, said(values));
  return {
    taken: Object.fromEntries(codes.map((code, index) => [code, numbers[index]])),
    refused: Object.fromEntries(refused.map(({ code, reason }) => [code, reason])),
  };
}

describe('what the numbers of a device mean', () => {
  it("F11 takes a bare value in the metric's own unit and converts only units it knows", () => {
    expect(judged(monitor, { 'nibp-sys': 120 }).taken).toEqual({ 'nibp-sys': 120 });
    const cases: [code: string, value: number, unit: string, expected: number][] = [
      ['nibp-sys', 16, 'kPa', 120.00992],
      ['etco2', 5, 'kPa', 37.5031],
      ['temp', 98.6, '[degF]', 37],
      ['glucose', 100, 'mg/dL', 5.549944],
      ['weight', 150, '[lb_av]', 68.0388555],
      ['hr', 72, '/min', 72],
    ];
    for (const [code, value, unit, expected] of cases) {
      expect(judged(anything, { [code]: [value, unit] }).taken[code]).toBeCloseTo(expected, 5);
    }
  });

  it('F11 never guesses a unit', () => {
    const cases: [code: string, value: number, unit: string][] = [
      ['temp', 310, 'K'],
      ['nibp-sys', 120, 'mmHg'],
      ['hr', 72, 'Cel'],
      ['ketone', 9, 'mg/dL'],
      ['weight', 70_000, 'g'],
      ['temp', 36, ''],
    ];
    for (const [code, value, unit] of cases) {
      expect(judged(anything, { [code]: [value, unit] })).toEqual({ taken: {}, refused: { [code]: 'wrong-unit' } });
    }
  });

  it('F11 refuses glucose whose unit nobody declared, and takes it in the declared one', () => {
    expect(judged(anything, { glucose: 5.5 }).refused).toEqual({ glucose: 'wrong-unit' });
    const declared = languageOf({ type: 'cgm', metrics: ['glucose'], units: { glucose: 'mg/dL' } });
    expect(judged(declared, { glucose: 100 }).taken.glucose).toBeCloseTo(5.55, 2);
    expect(judged(declared, { glucose: [5.5, 'mmol/L'] }).taken).toEqual({ glucose: 5.5 });
    const plain = languageOf({ type: 'cgm', metrics: ['glucose'], units: { glucose: 'mmol/L' } });
    expect(judged(plain, { glucose: 5.5 }).taken).toEqual({ glucose: 5.5 });
  });

  it('F12 refuses the implausible value alone and keeps the good ones', () => {
    expect(judged(monitor, { hr: 999, spo2: 130, rr: -5, temp: 36.6 })).toEqual({
      taken: { temp: 36.6 },
      refused: { hr: 'implausible', spo2: 'implausible', rr: 'implausible' },
    });
  });

  it('F12 judges after converting: 98.6 is a temperature in Fahrenheit only', () => {
    expect(judged(monitor, { temp: 98.6 }).refused).toEqual({ temp: 'implausible' });
  });

  it('F10 refuses infinity and minus zero, alone', () => {
    expect(judged(monitor, { hr: Infinity, etco2: -0, spo2: 97 })).toEqual({
      taken: { spo2: 97 },
      refused: { hr: 'not-finite', etco2: 'not-finite' },
    });
  });

  it('takes from a device what its kind or its hello names, and nothing else', () => {
    expect(judged(monitor, { hr: 72, glucose: [5, 'mmol/L'], nonsense: 1 })).toEqual({
      taken: { hr: 72 },
      refused: { glucose: 'unknown-metric', nonsense: 'unknown-metric' },
    });
    const wider = languageOf({ type: 'bedside-monitor', metrics: ['weight', 'nonsense'], units: {} });
    expect(judged(wider, { hr: 72, weight: 70 }).taken).toEqual({ hr: 72, weight: 70 });
  });

  it('takes any metric from a device of unknown kind, but not what only people chart', () => {
    expect(judged(anything, { 'fridge-temp': 4, hr: 60, oxygen: 1 })).toEqual({
      taken: { 'fridge-temp': 4, hr: 60 },
      refused: { oxygen: 'unknown-metric' },
    });
    const boaster = languageOf({ type: 'bedside-monitor', metrics: ['oxygen'], units: {} });
    expect(judged(boaster, { oxygen: 1 }).refused).toEqual({ oxygen: 'unknown-metric' });
  });

  it('knows nothing between free and occupied', () => {
    const bed = languageOf({ type: 'bed-sensor', metrics: [], units: {} });
    expect(judged(bed, { 'bed-occupied': 1 }).taken).toEqual({ 'bed-occupied': 1 });
    expect(judged(bed, { 'bed-occupied': 0.5 }).refused).toEqual({ 'bed-occupied': 'implausible' });
  });
});
