import { describe, expect, it } from 'vitest';
import type { BedFacts } from '#domain/flow/assignability.ts';
import { whyNot } from '#domain/flow/assignability.ts';
import { type BedWish, compareStanding, meritsOf, standing } from '#domain/flow/bed-ranking.ts';
import type { Equipment } from '#domain/flow/bed-state.ts';
import { bedStatus } from '#domain/flow/bed-status.ts';
import { goesBy, heardRoom } from '#domain/flow/heard-place.ts';
import { offerMonitoredBed } from '#domain/flow/monitored-bed.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';
import { NOON } from '#test/helpers/makers.ts';

const [HERE, THERE] = ['here', 'there'] as WardId[] as [WardId, WardId];

function bed(equipment: readonly Equipment[] = [], given: Partial<BedFacts> = {}): BedFacts {
  return {
    bed: { equipment, ageFrom: null, ageTo: null, places: 1, code: null, fromFeed: false },
    room: { sexRule: 'any', isolationFor: [], code: null, fromFeed: false },
    bedsInRoom: 4,
    holders: [],
    roommates: [],
    reservation: null,
    block: null,
    cleaning: null,
    ...given,
  };
}

const wish = (given: Partial<BedWish> = {}): BedWish => ({
  taker: { encounterIds: ['ann' as EncounterId], sex: 'female', ageYears: 40, isolation: null, equipment: [] },
  wardId: HERE,
  asked: true,
  monitor: false,
  ...given,
});

/** Names of beds, best first. */
function ranked(beds: Record<string, readonly [BedFacts, WardId]>, wanted: BedWish): string[] {
  return Object.entries(beds)
    .map(([name, [facts, wardId]]) => ({
      name,
      order: standing(facts, wardId, whyNot(facts, wanted.taker, NOON), wanted),
    }))
    .sort((left, right) => compareStanding(left.order, right.order))
    .map(({ name }) => name);
}

describe('beds for a patient', () => {
  it('the ward asked for comes first, and beds others need more come last', () => {
    const beds = {
      elsewhere: [bed(), THERE],
      ventilator: [bed(['ventilator']), HERE],
      monitored: [bed(['monitor']), HERE],
      single: [bed([], { bedsInRoom: 1 }), HERE],
      plain: [bed(['oxygen']), HERE],
    } as const;
    expect(ranked(beds, wish())).toEqual(['plain', 'monitored', 'single', 'ventilator', 'elsewhere']);
  });

  it('one the feed named and nobody confirmed comes after all that are, unless it is kept for them, and says so', () => {
    const named = { equipment: [], ageFrom: null, ageTo: null, places: 1, code: null, fromFeed: true };
    const reservation = { encounterId: 'ann', until: NOON + 1, state: 'reserved' } as BedFacts['reservation'];
    const beds = {
      named: [bed([], { bed: named }), HERE],
      kept: [bed([], { bed: named, reservation }), HERE],
      far: [bed(['ventilator']), THERE],
    } as const;
    expect(ranked(beds, wish())).toEqual(['kept', 'far', 'named']);
    expect(meritsOf(beds.named[0], HERE, wish())[0]).toBe('Named by the feed, not confirmed');
  });

  it('a monitor comes before the ward when NEWS2 says so', () => {
    const beds = { plain: [bed(), HERE], far: [bed(['monitor']), THERE], near: [bed(['monitor']), HERE] } as const;
    expect(ranked(beds, wish({ monitor: true }))).toEqual(['near', 'far', 'plain']);
  });

  it('an isolated patient gets the isolation room others are kept out of', () => {
    const single = bed([], { bedsInRoom: 1 });
    const isolated = wish({ taker: { ...wish().taker, isolation: 'contact' } });
    expect(ranked({ bay: [bed(), HERE], single: [single, HERE] }, isolated)).toEqual(['single', 'bay']);
    expect(meritsOf(single, HERE, isolated)).toEqual([
      'In the ward asked for',
      'Fit for contact isolation',
      'Keeps special beds free',
    ]);
  });

  it('what only a reason gets over comes before what nothing does', () => {
    const women = bed([], { room: { sexRule: 'male', isolationFor: [], code: null, fromFeed: false } });
    const blocked = bed([], {
      block: {
        id: 'b',
        bedId: 'b' as never,
        reason: 'repair',
        note: null,
        from: 0,
        to: null,
        by: 'n' as never,
        endedAt: null,
      },
    });
    expect(ranked({ blocked: [blocked, HERE], women: [women, HERE], free: [bed(), THERE] }, wish())).toEqual([
      'free',
      'women',
      'blocked',
    ]);
  });
});

describe('the word for a bed', () => {
  it.each([
    ['occupied', { occupied: true, cleaning: { contaminated: true }, blocked: true }],
    ['contaminated', { occupied: false, cleaning: { contaminated: true }, blocked: true }],
    ['housekeeping', { occupied: false, cleaning: { contaminated: false }, blocked: true }],
    ['closed', { occupied: false, cleaning: null, blocked: true }],
    ['unoccupied', { occupied: false, cleaning: null, blocked: false }],
  ] as const)('is %s', (word, situation) => {
    expect(bedStatus(situation)).toBe(word);
  });
});

describe('a monitored bed', () => {
  it.each([
    [5, 'unchanged', [], true],
    [4, 'unchanged', [], false],
    [3, 'rising', [], true],
    [2, 'rising', [], false],
    [9, 'rising', ['monitor'], false],
    [null, 'rising', [], false],
  ] as const)('NEWS2 %s, %s, in a bed with %j: offered %s', (total, trend, equipment, offered) => {
    expect(offerMonitoredBed({ total, trend }, equipment)).toBe(offered);
  });

  it('is offered to somebody in no bed, never to one of whom nothing is known', () => {
    expect(offerMonitoredBed({ total: 9, trend: 'rising' }, null)).toBe(true);
    expect(offerMonitoredBed(null, [])).toBe(false);
  });
});

describe('what a tag says', () => {
  it('is a room, in words fit to be shown', () => {
    expect(heardRoom({ room: ' X-ray\u0000\n2 ' })).toBe('X-ray 2');
    expect(heardRoom({ room: '' })).toBeNull();
    expect(heardRoom({ room: 7 })).toBeNull();
    expect(heardRoom(null)).toBeNull();
    expect(heardRoom({ room: 'x'.repeat(5_000) })).toHaveLength(200);
  });

  it('is compared as people read it', () => {
    expect(goesBy('bay  1', ['Bay 1'])).toBe(true);
    expect(goesBy('Bay 2', ['Bay 1', null])).toBe(false);
  });
});
