import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ageOf,
  formatDate,
  formatDateTime,
  formatDay,
  formatDuration,
  formatNumber,
  formatTime,
  formatWithUnit,
} from '#renderer/ui/format.ts';
import { isNight, lookOf } from '#renderer/ui/look.ts';

const anyInstant = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });
const anyZone = fc.constantFrom('UTC', 'Europe/London', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago');

describe('dates and times', () => {
  it('are dd-MMM-yyyy and 24 h HH:mm on the clinic’s clock, whatever the machine’s', () => {
    const at = Date.UTC(2026, 11, 31, 23, 5);
    expect(formatDateTime(at, 'UTC')).toBe('31-Dec-2026 23:05');
    expect(formatDateTime(at, 'Asia/Kathmandu')).toBe('01-Jan-2027 04:50');
    expect(formatTime(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00');
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        expect(formatDate(instant, zone)).toMatch(/^\d\d-[A-Z][a-z]{2}-\d{4}$/u);
        expect(formatTime(instant, zone)).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/u);
      }),
    );
  });

  it('say so where a date is not known', () => {
    expect(formatDay(null)).toBe('Not recorded');
    expect(formatDay('1961-05-07')).toBe('07-May-1961');
    expect(ageOf(null, 0, 'UTC')).toBeNull();
    expect(ageOf('1961-05-07', Date.UTC(2026, 4, 6), 'UTC')).toBe(64);
    expect(ageOf('1961-05-07', Date.UTC(2026, 4, 7), 'UTC')).toBe(65);
  });
});

describe('durations', () => {
  it('have the largest unit first, two at most, zeros left out', () => {
    expect(formatDuration(-5)).toBe('0 s');
    expect(formatDuration(59_999)).toBe('59 s');
    expect(formatDuration(60_000)).toBe('1 min');
    expect(formatDuration(119_000)).toBe('1 min');
    expect(formatDuration(7_200_000)).toBe('2 h');
    expect(formatDuration(7_500_000)).toBe('2 h 5 min');
    expect(formatDuration(90_000_000)).toBe('1 d 1 h');
  });
});

describe('numbers', () => {
  it('have no trailing zero, a leading zero, and a comma from 1,000', () => {
    expect(formatNumber(37, 1)).toBe('37');
    expect(formatNumber(37.24, 1)).toBe('37.2');
    expect(formatNumber(0.5, 1)).toBe('0.5');
    expect(formatNumber(12_000, 0)).toBe('12,000');
    expect(formatWithUnit('temp', 38.04)).toBe('38 °C');
    expect(formatWithUnit('acvpu', 'V')).toBe('V');
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100_000, noNaN: true }),
        fc.integer({ min: 0, max: 2 }),
        (value, decimals) => {
          expect(formatNumber(value, decimals)).not.toMatch(/\.\d*0$|^\.|\.$/u);
        },
      ),
    );
  });
});

describe('the night look', () => {
  it('lasts from its first hour to its last, also over midnight', () => {
    const hours = [...Array(24).keys()];
    expect(hours.filter((hour) => isNight(hour, 22, 6))).toEqual([0, 1, 2, 3, 4, 5, 22, 23]);
    expect(hours.filter((hour) => isNight(hour, 1, 3))).toEqual([1, 2]);
    expect(hours.filter((hour) => isNight(hour, 5, 5))).toEqual([]);
  });

  it('gives way to what somebody chose for the window', () => {
    expect(lookOf('auto', true, false)).toBe('night');
    expect(lookOf('auto', false, true)).toBe('dark');
    expect(lookOf('light', true, true)).toBe('light');
  });
});
