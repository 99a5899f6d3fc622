import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClinicDays } from '#domain/clinic/clinic-days.ts';
import { type CensusQuestion, censusOf, sumCensus } from '#domain/flow/census.ts';
import type { BedId, WardId } from '#domain/ids.ts';
import { DAY_MS, HOUR_MS, LAST_MOMENT } from '#domain/time.ts';

const london = createClinicDays('Europe/London');
const ward = 'north' as WardId;
const one = 'bed-1' as BedId;
const two = 'bed-2' as BedId;
const ALWAYS = Number.NEGATIVE_INFINITY;
const at = (iso: string) => Date.parse(iso);

function question(given: Partial<CensusQuestion> = {}): CensusQuestion {
  return {
    days: london,
    from: at('2026-01-01T00:00Z'),
    to: at('2026-01-11T00:00Z'),
    now: at('2026-06-01T00:00Z'),
    beds: [
      { id: one, wardId: ward, since: ALWAYS },
      { id: two, wardId: ward, since: ALWAYS },
    ],
    held: new Map(),
    blocked: new Map(),
    bedless: new Map(),
    ...given,
  };
}

describe('beds at midnight', () => {
  it('counts a bed held over a midnight, and not one held only by day', () => {
    const held = new Map([
      [one, [at('2026-01-02T10:00Z'), at('2026-01-05T09:00Z')]],
      [two, [at('2026-01-03T08:00Z'), at('2026-01-03T20:00Z')]],
    ]);
    expect(sumCensus(censusOf(question({ held })))).toEqual({
      occupiedBedDays: 3,
      unbeddedBedDays: 0,
      availableBedDays: 20,
      midnights: 10,
    });
  });

  it('holds a bed at the very midnight its patient comes, and no more at the one they leave', () => {
    const held = new Map([[one, [at('2026-01-02T00:00Z'), at('2026-01-04T00:00Z')]]]);
    const occupied = censusOf(question({ held })).filter((day) => day.occupied > 0);
    expect(occupied.map(({ day }) => london.nameOf(day))).toEqual(['2026-01-02', '2026-01-03']);
  });

  it('leaves out an empty blocked bed; one with a patient counts, blocked or not', () => {
    const night = [at('2026-01-03T12:00Z'), at('2026-01-04T12:00Z')];
    const blocked = new Map([
      [one, night],
      [two, night],
    ]);
    const census = censusOf(question({ blocked, held: new Map([[two, night]]) }));
    const fourth = census.find(({ day }) => london.nameOf(day) === '2026-01-04');
    expect(fourth).toMatchObject({ occupied: 1, available: 1 });
    expect(sumCensus(census)).toMatchObject({ occupiedBedDays: 1, availableBedDays: 19 });
  });

  it('does not count midnights still to come', () => {
    expect(censusOf(question({ now: at('2026-01-03T12:00Z') }))).toHaveLength(3);
    expect(censusOf(question({ now: at('2026-01-03T00:00Z') }))).toHaveLength(3);
    expect(censusOf(question({ now: at('2025-12-01T00:00Z') }))).toEqual([]);
  });

  it('counts a bed added later from then', () => {
    const beds = [
      { id: one, wardId: ward, since: ALWAYS },
      { id: two, wardId: ward, since: at('2026-01-06T10:00Z') },
    ];
    expect(sumCensus(censusOf(question({ beds })))).toMatchObject({ availableBedDays: 14 });
  });

  it('counts two who share a bed as one bed', () => {
    const night = [at('2026-01-03T12:00Z'), at('2026-01-04T12:00Z')];
    const held = new Map([[one, [...night, ...night]]]);
    expect(sumCensus(censusOf(question({ held })))).toMatchObject({ occupiedBedDays: 1 });
  });

  it('counts patients whose bed nobody named, and says how many were on wards without beds', () => {
    const nights = [at('2026-01-03T12:00Z'), at('2026-01-05T12:00Z')];
    const bedless = new Map([
      [ward, nights],
      ['without-beds' as WardId, nights],
    ]);
    expect(sumCensus(censusOf(question({ bedless })))).toMatchObject({ occupiedBedDays: 4, unbeddedBedDays: 2 });
  });

  it('counts as many occupied whether there are beds or not', () => {
    const bedless = new Map([[ward, [at('2026-01-03T12:00Z'), at('2026-01-05T12:00Z')]]]);
    const without = censusOf(question({ bedless, beds: [] }));
    const later = censusOf(question({ bedless, beds: [{ id: one, wardId: ward, since: at('2026-01-04T12:00Z') }] }));
    expect(sumCensus(without)).toMatchObject({ occupiedBedDays: 2, unbeddedBedDays: 2, availableBedDays: 0 });
    expect(sumCensus(later)).toMatchObject({ occupiedBedDays: 2, unbeddedBedDays: 1, availableBedDays: 6 });
  });

  it('F69 a week with a day of 23 or 25 hours has seven midnights', () => {
    for (const [from, to] of [
      ['2026-03-26T00:00Z', '2026-04-01T23:00Z'],
      ['2026-10-21T23:00Z', '2026-10-29T00:00Z'],
    ] as const) {
      const held = new Map([[one, [at(from), LAST_MOMENT]]]);
      const now = at('2026-12-01T00:00Z');
      expect(sumCensus(censusOf(question({ from: at(from), to: at(to), now, held })))).toEqual({
        occupiedBedDays: 7,
        unbeddedBedDays: 0,
        availableBedDays: 14,
        midnights: 7,
      });
    }
  });

  it('is what somebody would count who walked the wards at each midnight', () => {
    const start = at('2026-03-20T00:00Z');
    const span = fc
      .tuple(fc.integer({ min: -5 * 24, max: 20 * 24 }), fc.integer({ min: 0, max: 9 * 24 }))
      .map(([hour, length]) => [start + hour * HOUR_MS, start + (hour + length) * HOUR_MS] as const);
    const spans = fc.array(span, { maxLength: 4 });
    fc.assert(
      fc.property(spans, spans, spans, (held, blocked, bedless) => {
        const asked = question({
          from: start,
          to: start + 15 * DAY_MS,
          beds: [{ id: one, wardId: ward, since: ALWAYS }],
          held: new Map([[one, held.flat()]]),
          blocked: new Map([[one, blocked.flat()]]),
          bedless: new Map([[ward, bedless.flat()]]),
        });
        const there = (list: typeof held, moment: number) =>
          list.filter(([from, to]) => from <= moment && moment < to).length;
        for (const { day, occupied, unbedded, available } of censusOf(asked)) {
          const midnight = london.startOf(day);
          const taken = there(held, midnight) > 0;
          const usable = taken || there(blocked, midnight) === 0;
          expect(available).toBe(usable ? 1 : 0);
          expect(occupied).toBe((taken ? 1 : 0) + there(bedless, midnight));
          expect(unbedded).toBe(usable ? 0 : there(bedless, midnight));
        }
      }),
    );
  });
});
