import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import { HOUR_MS } from '#domain/time.ts';

const london = createClinicDays('Europe/London');
const noon = { hour: 12, minute: 0, second: 0 };
const ZONES = [
  'UTC',
  'Europe/London',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'America/Havana',
  'Pacific/Chatham',
] as const;

/** Hour and date on a wall there, as the runtime itself tells them. */
function wall(at: number, timeZone: string): { hour: number; date: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
  }).formatToParts(at);
  const part = (type: string) => parts.find((entry) => entry.type === type)?.value ?? '';
  return { hour: Number(part('hour')), date: `${part('year')}-${part('month')}-${part('day')}` };
}

describe('the clinic’s calendar', () => {
  it('F69 the day the clocks go forward has 23 hours, the day they go back 25, and each is one day', () => {
    const spring = london.dayOf(Date.UTC(2026, 2, 29, 12));
    const autumn = london.dayOf(Date.UTC(2026, 9, 25, 12));
    expect((london.startOf(spring + 1) - london.startOf(spring)) / HOUR_MS).toBe(23);
    expect((london.startOf(autumn + 1) - london.startOf(autumn)) / HOUR_MS).toBe(25);
    expect(london.nameOf(spring)).toBe('2026-03-29');
    expect(london.nameOf(autumn + 1)).toBe('2026-10-26');
  });

  it('F69 a time the clocks skip is moved on by the gap; of a time that comes twice the first is meant', () => {
    const at = (month: number, day: number, hour: number, minute = 0) =>
      new Date(london.momentOf({ year: 2026, month, day, hour, minute, second: 0 })).toISOString();
    expect(at(3, 29, 1, 30)).toBe('2026-03-29T01:30:00.000Z');
    expect(at(3, 29, 2, 0)).toBe('2026-03-29T01:00:00.000Z');
    expect(at(10, 25, 1, 30)).toBe('2026-10-25T00:30:00.000Z');
    expect(at(10, 25, 2, 0)).toBe('2026-10-25T02:00:00.000Z');
  });

  it('begins the day where the clocks jump over midnight', () => {
    const brazil = createClinicDays('America/Sao_Paulo');
    const day = brazil.dayOf(brazil.momentOf({ year: 2018, month: 11, day: 4, ...noon }));
    expect(new Date(brazil.startOf(day)).toISOString()).toBe('2018-11-04T03:00:00.000Z');
    expect(brazil.hourOf(brazil.startOf(day))).toBe(1);
    expect(brazil.dayOf(brazil.startOf(day) - 1)).toBe(day - 1);
  });

  it('counts the week from Monday', () => {
    expect(london.weekdayOf(london.dayOf(Date.UTC(2026, 2, 2, 12)))).toBe(0);
    expect(london.weekdayOf(london.dayOf(Date.UTC(2026, 2, 8, 12)))).toBe(6);
  });

  it('agrees with the runtime’s own clock in every zone, at any moment', () => {
    const moment = fc.integer({ min: Date.UTC(1995, 0), max: Date.UTC(2035, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moment, (zone, at) => {
        const days = createClinicDays(zone);
        const { hour, date } = wall(at, zone);
        const day = days.dayOf(at);
        expect(days.nameOf(day)).toBe(date);
        expect(days.hourOf(at)).toBe(hour);
        expect(days.startOf(day)).toBeLessThanOrEqual(at);
        expect(days.startOf(day + 1)).toBeGreaterThan(at);
        expect(wall(days.startOf(day), zone).date).toBe(date);
        expect(wall(days.startOf(day) - 1, zone).date).not.toBe(date);
      }),
      { numRuns: 300 },
    );
  });
});
