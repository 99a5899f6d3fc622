import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type LimitRow } from '#domain/alarm/limits.ts';
import { type ClinicSettings, checkSettings, DEFAULT_SETTINGS, dayAt, knownTimeZone } from '#domain/clinic/settings.ts';

const saved = (change: Partial<ClinicSettings>) => checkSettings({ ...DEFAULT_SETTINGS, ...change });
const withHr = (change: Partial<LimitRow>) =>
  saved({ limits: DEFAULT_LIMITS.map((row) => (row.code === 'hr' ? { ...row, ...change } : row)) });

describe('settings of a clinic', () => {
  it('are allowed as Wardline starts with them', () => {
    expect(saved({})).toEqual({ ok: true, value: DEFAULT_SETTINGS });
  });

  it('name a time zone that exists', () => {
    expect(knownTimeZone('Europe/London')).toBe(true);
    for (const timeZone of ['Mars/Olympus', '', 'Europe/London; DROP', '../etc']) {
      expect(saved({ timeZone })).toMatchObject({ refusal: 'unknown-time-zone' });
    }
  });

  it('keep minutes at least as long as raw values', () => {
    expect(saved({ rawDays: 30, minuteDays: 29 })).toMatchObject({ refusal: 'retention-out-of-order' });
  });

  it('keep every line of the limits table once', () => {
    expect(saved({ limits: DEFAULT_LIMITS.slice(1) })).toMatchObject({ refusal: 'limit-rows-differ' });
    const doubled = [...DEFAULT_LIMITS.slice(1), DEFAULT_LIMITS[1] as LimitRow];
    expect(saved({ limits: doubled })).toMatchObject({ refusal: 'limit-rows-differ' });
    expect(saved({ limits: [...DEFAULT_LIMITS].reverse() }).ok).toBe(true);
  });

  it('have limits that rise, delays of at most two minutes, and a hysteresis with room', () => {
    expect(withHr({ mediumLow: 39 })).toMatchObject({ refusal: 'limits-out-of-order' });
    expect(withHr({ highHigh: 301 })).toMatchObject({ refusal: 'limit-implausible' });
    expect(withHr({ delayHighMs: 120_001 })).toMatchObject({ refusal: 'delay-out-of-range' });
    expect(withHr({ delayMediumMs: -1 })).toMatchObject({ refusal: 'delay-out-of-range' });
    expect(withHr({ hysteresis: 71 })).toMatchObject({ refusal: 'hysteresis-too-wide' });
    expect(withHr({ mediumLow: null, delayHighMs: 120_000, hysteresis: 0 }).ok).toBe(true);
  });
});

describe('the clinic’s day', () => {
  it('is that of its own zone', () => {
    const justBeforeMidnight = Date.UTC(2026, 2, 3, 23, 30);
    expect(dayAt(justBeforeMidnight, 'UTC')).toBe('2026-03-03');
    expect(dayAt(justBeforeMidnight, 'Europe/Berlin')).toBe('2026-03-04');
    expect(dayAt(justBeforeMidnight, 'America/Los_Angeles')).toBe('2026-03-03');
    expect(dayAt(Date.UTC(2026, 2, 3, 9), 'Pacific/Kiritimati')).toBe('2026-03-03');
  });
});
