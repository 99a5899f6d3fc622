import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import type { FigureFacts, FigurePolicy } from '#domain/flow/figures.ts';
import {
  attendanceOf,
  kpisOf,
  leftBeforeNoon,
  leftEmergency,
  losOf,
  median,
  nightsBetween,
  waitOf,
} from '#domain/flow/kpi-rules.ts';
import { KPI_WORDS } from '#domain/flow/kpi-words.ts';
import type { EncounterId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';

const london = createClinicDays('Europe/London');
const ann = 'ann' as EncounterId;
const at = (iso: string) => Date.parse(iso);
const policy: FigurePolicy = {
  timeZone: 'Europe/London',
  sameDayLos: 0,
  triageTargets: { red: 0, orange: 10, yellow: 60, green: 120, blue: 240 },
};
const NOTHING: FigureFacts = {
  discharges: [],
  admissions: 0,
  cleanings: [],
  boardings: [],
  waits: [],
  attendances: [],
  present: [],
  census: { occupiedBedDays: 0, unbeddedBedDays: 0, availableBedDays: 0, midnights: 0 },
};

describe('length of stay', () => {
  it.each([
    ['2026-01-01T23:59Z', '2026-01-02T00:01Z', 1, 'two minutes over midnight'],
    ['2026-01-01T00:00Z', '2026-01-01T23:59Z', 0, 'a day from its first minute'],
    ['2026-01-01T10:00Z', '2026-01-02T00:00Z', 1, 'left at the stroke of midnight'],
    ['2026-01-01T00:00Z', '2026-01-02T00:00Z', 1, 'midnight to midnight'],
    ['2026-01-01T10:00Z', '2026-01-01T10:00Z', 0, 'no time at all'],
    ['2026-01-01T08:00Z', '2026-01-08T20:00Z', 7, 'a week'],
  ])('counts midnights: %s to %s is %i (%s)', (from, to, nights) => {
    expect(nightsBetween(london, at(from), at(to))).toBe(nights);
  });

  it('F69 a night of 23 or 25 hours is one night, and summer’s midnight is the wall’s', () => {
    expect(nightsBetween(london, at('2026-03-28T12:00Z'), at('2026-03-30T11:00Z'))).toBe(2);
    expect(nightsBetween(london, at('2026-10-24T11:00Z'), at('2026-10-26T12:00Z'))).toBe(2);
    expect(nightsBetween(london, at('2026-07-01T22:30Z'), at('2026-07-01T23:30Z'))).toBe(1);
  });

  it('F70 is the clinic’s nights, whatever zone a station is in', () => {
    const [from, to] = [at('2026-01-01T13:00Z'), at('2026-01-01T16:00Z')];
    expect(nightsBetween(london, from, to)).toBe(0);
    expect(nightsBetween(createClinicDays('Asia/Tokyo'), from, to)).toBe(1);
  });

  it('a stay without a night counts what the clinic decided', () => {
    expect([losOf(0, 0), losOf(0, 1), losOf(3, 1)]).toEqual([0, 1, 3]);
  });
});

describe('median', () => {
  it('is the middle value, or the mean of the two middle ones', () => {
    expect([median([]), median([5]), median([9, 1, 5]), median([4, 1, 2, 10])]).toEqual([null, 5, 5, 3]);
  });

  it('has as many values above as below', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        const half = values.length / 2;
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(half);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(half);
      }),
    );
  });
});

describe('waiting', () => {
  const wait = (minutes: number, given: { seen?: boolean; left?: boolean; category?: 'red' | 'yellow' }) => {
    const end = minutes * MINUTE_MS;
    const facts = { category: given.category ?? 'yellow', arrivedAt: 0, seenAt: given.seen ? end : null } as const;
    return waitOf({ encounterId: ann, ...facts, leftAt: given.left ? end : null }, policy, end);
  };

  it('is in target up to the category’s last minute', () => {
    expect(wait(60, { seen: true })).toMatchObject({ minutes: 60, inTarget: true });
    expect(wait(60.9, { seen: true })?.inTarget).toBe(true);
    expect(wait(61, { seen: true })?.inTarget).toBe(false);
    expect(wait(0.5, { seen: true, category: 'red' })?.inTarget).toBe(true);
    expect(wait(1, { seen: true, category: 'red' })?.inTarget).toBe(false);
  });

  it('counts who is not seen only once the target is past', () => {
    expect(wait(30, {})).toBeUndefined();
    expect(wait(30, { left: true })).toBeUndefined();
    expect(wait(90, {})).toMatchObject({ to: null, inTarget: false });
    expect(wait(90, { left: true })).toMatchObject({ minutes: 90, inTarget: false });
  });

  it('four hours are up after the 240th minute, for who is still there too', () => {
    const attendance = (minutes: number, over: boolean) =>
      attendanceOf(ann, 0, over ? minutes * MINUTE_MS : null, minutes * MINUTE_MS)?.inTime;
    expect([attendance(240, true), attendance(241, true), attendance(240, false), attendance(241, false)]).toEqual([
      true,
      false,
      undefined,
      false,
    ]);
  });
});

describe('leaving the emergency place', () => {
  const span = (emergency: boolean, from: number, to: number | null) => ({ emergency, from, to });

  it('is when the last of its places in a row was left', () => {
    expect(leftEmergency([span(true, 0, 10), span(true, 10, 20), span(false, 20, null)], 5)).toBe(20);
  });

  it('is not yet while there, and never for who was not', () => {
    expect(leftEmergency([span(true, 0, null)], 5)).toBeNull();
    expect(leftEmergency([span(false, 0, 10), span(true, 10, 20)], 5)).toBeUndefined();
    expect(leftEmergency([], 5)).toBeUndefined();
    expect(leftEmergency([span(true, 0, 3)], 5)).toBeUndefined();
  });

  it('does not count coming back later', () => {
    expect(leftEmergency([span(true, 0, 10), span(false, 10, 20), span(true, 20, null)], 5)).toBe(10);
  });
});

describe('figures of a period', () => {
  it('are nothing, not zero, where there is nothing to divide by', () => {
    expect(kpisOf(NOTHING, london, 7)).toMatchObject({
      discharges: 0,
      alos: null,
      medianLos: null,
      occupancy: null,
      turnoverInterval: null,
      turnoverRate: null,
      boarding: null,
      beforeNoon: null,
      at: 7,
    });
  });

  it('follow their definitions', () => {
    const left = (iso: string, los: number, died = false) => ({ at: at(iso), los, died });
    const present = (days: number, readyDays: number | null) => ({
      encounterId: ann,
      from: 0,
      days,
      readyAt: readyDays === null ? null : 1,
      readyDays,
    });
    const kpis = kpisOf(
      {
        ...NOTHING,
        discharges: [left('2026-07-01T10:59Z', 1), left('2026-07-01T11:00Z', 2), left('2026-07-02T08:00Z', 9, true)],
        admissions: 4,
        present: [present(7, 2), present(8, 3), present(22, null)],
        census: { occupiedBedDays: 80, unbeddedBedDays: 0, availableBedDays: 100, midnights: 10 },
        cleanings: [
          { bedId: null, cause: 'discharge', requestedAt: 0, startedAt: 20 * MINUTE_MS, doneAt: 50 * MINUTE_MS },
          { bedId: null, cause: 'transfer', requestedAt: 0, startedAt: null, doneAt: 70 * MINUTE_MS },
        ],
      },
      london,
      0,
    );
    expect(kpis).toMatchObject({
      discharges: 3,
      alos: 4,
      medianLos: 2,
      deaths: 1,
      admissions: 4,
      occupancy: 80,
      turnoverRate: 0.3,
      turnaround: { response: 20, clean: 30, turn: 60, cleanings: 2 },
      stranded: { over7: 2, over14: 1, over21: 1 },
      readyDays: 5,
    });
    expect(kpis.turnoverInterval).toBeCloseTo(20 / 3);
    expect(kpis.beforeNoon).toBeCloseTo(200 / 3);
  });

  it('F69 noon is the wall’s noon, on both sides of the change of clocks', () => {
    const noon = (iso: string) => leftBeforeNoon(london, { at: at(iso) });
    expect(noon('2026-03-29T10:59Z')).toBe(true);
    expect(noon('2026-03-29T11:00Z')).toBe(false);
    expect(noon('2026-10-25T11:59Z')).toBe(true);
    expect(noon('2026-10-25T12:00Z')).toBe(false);
  });

  it('have a definition each, in words', () => {
    const figures = Object.keys(kpisOf(NOTHING, london, 0)).filter((name) => name !== 'at');
    expect(figures.filter((name) => !(name in KPI_WORDS))).toEqual([]);
    for (const { definition, source } of Object.values(KPI_WORDS)) {
      expect(definition.length).toBeGreaterThan(60);
      expect(source).not.toBe('');
    }
  });
});
