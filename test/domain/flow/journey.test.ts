import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowEvent, FlowStep, Journey } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import { anyEvents, areaPlace, bedPlace, makeEvent, STEPS } from '#test/helpers/flow.ts';

const { expected, arrived, admitted, moved, left, takenBack } = STEPS;
const [ONE, TWO, THREE] = [bedPlace('bed-1'), bedPlace('bed-2'), bedPlace('bed-3')];
const WAITING = areaPlace('waiting');

/** Where somebody was, as `place from-to`. */
function way({ whereabouts }: Journey): string[] {
  return whereabouts.map(({ place, from, to }) => `${place.bedId ?? place.areaId ?? 'nowhere'} ${from}-${to ?? ''}`);
}

function whys({ unexplained }: Journey): string[] {
  return unexplained.map(({ why }) => why);
}

/** The same journey whatever the events are called. */
function nameless({ whereabouts, unexplained, ...facts }: Journey) {
  return {
    ...facts,
    whereabouts: whereabouts.map(({ place, from, to }) => ({ place, from, to })),
    unexplained: unexplained.map(({ why }) => why).sort(),
  };
}

describe('a journey', () => {
  it('goes from being expected through arrival and admission to having left', () => {
    const events = [
      makeEvent(expected(ONE), 1),
      makeEvent(arrived(WAITING), 10),
      makeEvent({ kind: 'triaged', category: 'orange' }, 12),
      makeEvent({ kind: 'seen' }, 20),
      makeEvent({ kind: 'admission-decided', wardId: null }, 25),
      makeEvent(admitted(ONE), 30),
      makeEvent(moved(TWO), 40),
      makeEvent({ kind: 'discharge-ordered', expectedAt: 60, waitingFor: 'transport' }, 50),
      makeEvent({ kind: 'medically-ready' }, 52),
      makeEvent(left(), 60),
    ];
    const statuses = events.map((_, index) => journeyOf(events.slice(0, index + 1)).status);
    expect(statuses).toEqual(['planned', ...Array(8).fill('in-progress'), 'discharged']);
    const journey = journeyOf(events);
    expect(way(journey)).toEqual(['waiting 10-30', 'bed-1 30-40', 'bed-2 40-60']);
    expect(journey).toMatchObject({
      arrivedAt: 10,
      triage: { category: 'orange', at: 12 },
      seenAt: 20,
      admissionDecidedAt: 25,
      admittedAt: 30,
      dischargeOrderedAt: 50,
      expectedDischargeAt: 60,
      waitingFor: 'transport',
      medicallyReadyAt: 52,
      dischargedAt: 60,
      outcome: 'home',
      unexplained: [],
    });
  });

  it('has no place when nothing was told, and is cancelled then', () => {
    expect(journeyOf([])).toMatchObject({ status: 'cancelled', whereabouts: [] });
    const events = [makeEvent(admitted(ONE), 1), makeEvent({ kind: 'cancelled', reason: 'wrong patient' }, 5)];
    expect(journeyOf(events)).toMatchObject({ status: 'cancelled', whereabouts: [], unexplained: [] });
  });

  it('keeps the bed through leave and ways elsewhere', () => {
    const gone = [makeEvent(admitted(ONE), 1), makeEvent({ kind: 'leave-started', returnExpectedAt: null }, 5)];
    expect(journeyOf(gone)).toMatchObject({ status: 'on-hold', away: { kind: 'leave', since: 5 } });
    expect(way(journeyOf(gone))).toEqual(['bed-1 1-']);
    const back = [...gone, makeEvent({ kind: 'leave-ended' }, 9), makeEvent({ kind: 'departed', place: WAITING }, 12)];
    expect(journeyOf(back)).toMatchObject({
      status: 'in-progress',
      away: { kind: 'elsewhere', since: 12, place: WAITING },
    });
    expect(way(journeyOf([...back, makeEvent({ kind: 'returned' }, 14)]))).toEqual(['bed-1 1-']);
    expect(whys(journeyOf([...gone, makeEvent({ kind: 'returned' }, 9)]))).toEqual(['not-on-leave']);
  });

  it('keeps the place of the arrival when the admission names none', () => {
    expect(way(journeyOf([makeEvent(arrived(WAITING), 1), makeEvent(admitted(), 5)]))).toEqual(['waiting 1-']);
  });
});

describe('what another system tells', () => {
  it('counts once however often it is told', () => {
    const events = [makeEvent(admitted(ONE), 1), makeEvent(moved(TWO), 5), makeEvent(left(), 9)];
    const again = events.map((event) => ({ ...event, id: `${event.id}-again`, recordedAt: event.recordedAt + 3 }));
    expect(nameless(journeyOf([...events, ...again]))).toEqual(nameless(journeyOf(events)));
  });

  it('moves somebody admitted again with another bed: at its own time, else when it was written down', () => {
    expect(way(journeyOf([makeEvent(admitted(ONE), 1), makeEvent(admitted(TWO), 5)]))).toEqual([
      'bed-1 1-5',
      'bed-2 5-',
    ]);
    const corrected = makeEvent(admitted(TWO), 1, { recordedAt: 8 });
    expect(way(journeyOf([makeEvent(admitted(ONE), 1), corrected]))).toEqual(['bed-1 1-8', 'bed-2 8-']);
  });

  it('is not guessed at: what does not fit waits unexplained and has no effect', () => {
    expect(whys(journeyOf([makeEvent(moved(ONE), 1)]))).toEqual(['not-here-then']);
    expect(journeyOf([makeEvent(left(), 5)])).toMatchObject({ status: 'cancelled' });
    const over = [makeEvent(admitted(ONE), 1), makeEvent(left(), 5)];
    expect(whys(journeyOf([...over, makeEvent(moved(TWO), 7)]))).toEqual(['left-before']);
    const twice = journeyOf([...over, makeEvent(left(), 8)]);
    expect([whys(twice), twice.dischargedAt]).toEqual([['already-left'], 5]);
    const earlierToldLater = journeyOf([...over, makeEvent(left(), 3, { recordedAt: 9 })]);
    expect([whys(earlierToldLater), earlierToldLater.dischargedAt]).toEqual([['already-left'], 5]);
    const late = journeyOf([makeEvent(left(), 9), makeEvent(moved(TWO), 4), makeEvent(admitted(ONE), 1)]);
    expect([whys(late), way(late)]).toEqual([[], ['bed-1 1-4', 'bed-2 4-9']]);
  });
});

describe('taking back', () => {
  const stay = () => [makeEvent(admitted(ONE), 1), makeEvent(moved(TWO), 5)];

  it('of a transfer returns to the bed before, of a discharge to the bed left', () => {
    expect(way(journeyOf([...stay(), makeEvent(takenBack('transferred'), 6)]))).toEqual(['bed-1 1-']);
    const over = [...stay(), makeEvent(left(), 9), makeEvent(takenBack('discharged'), 10)];
    expect(journeyOf(over)).toMatchObject({ status: 'in-progress', dischargedAt: null, outcome: null });
    expect(way(journeyOf(over))).toEqual(['bed-1 1-5', 'bed-2 5-']);
  });

  it('takes the step of exactly its time where there is one, else the one written down last', () => {
    const third = makeEvent(moved(THREE), 8);
    const exact = makeEvent(takenBack('transferred'), 5, { recordedAt: 12 });
    expect(way(journeyOf([...stay(), third, exact]))).toEqual(['bed-1 1-8', 'bed-3 8-']);
    const latest = makeEvent(takenBack('transferred'), 12);
    expect(way(journeyOf([...stay(), third, latest]))).toEqual(['bed-1 1-5', 'bed-2 5-']);
  });

  it('of an admission takes what followed with it, and an earlier arrival stands again', () => {
    const cancel = makeEvent(takenBack('admitted'), 7);
    expect(journeyOf([...stay(), cancel])).toMatchObject({ status: 'cancelled', unexplained: [] });
    const came = [makeEvent(arrived(WAITING), 0), ...stay(), cancel];
    expect(journeyOf(came)).toMatchObject({ status: 'in-progress', admittedAt: null, arrivedAt: 0 });
    expect(way(journeyOf(came))).toEqual(['waiting 0-']);
    const anew = [...came, makeEvent(admitted(THREE), 9)];
    expect(way(journeyOf(anew))).toEqual(['waiting 0-9', 'bed-3 9-']);
  });

  it('of nothing waits, until what it takes back is told', () => {
    const cancel = makeEvent(takenBack('discharged'), 10);
    expect(whys(journeyOf([...stay(), cancel]))).toEqual(['nothing-to-take-back']);
    expect(whys(journeyOf([...stay(), cancel, makeEvent(left(), 9)]))).toEqual([]);
  });
});

/** Moves of one moment, no way twice, each from where the one before ended: beds by number, from bed 0. */
const anyWay: fc.Arbitrary<number[]> = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 })
  .map((beds) => {
    const gone = new Set<string>();
    const way = [0];
    for (const bed of beds) {
      const from = way.at(-1) ?? 0;
      if (bed === from || gone.has(`${from}-${bed}`)) continue;
      gone.add(`${from}-${bed}`);
      way.push(bed);
    }
    return way;
  });

describe('moves of one moment', () => {
  const step = (from: number, to: number, told = true): FlowStep => ({
    kind: 'transferred',
    place: bedPlace(`bed-${to}`),
    ...(told ? { told: { from: `${from}`, to: `${to}` } } : {}),
  });
  it('end where the last of them leads, whatever they are called and whichever came first', () => {
    const ways = anyWay.chain((way) =>
      fc.tuple(fc.constant(way), fc.array(fc.nat({ max: 99 }), { minLength: 9, maxLength: 9 }), fc.nat()),
    );
    fc.assert(
      fc.property(ways, ([way, names, turn]) => {
        const moves = way.slice(1).map((to, index) => {
          const tieBreak = String(names[index] ?? 0).padStart(2, '0');
          return makeEvent(step(way[index] ?? 0, to), 5, { tieBreak, recordedAt: 5 + ((names[index] ?? 0) % 2) });
        });
        const events = [makeEvent(admitted(bedPlace('bed-0')), 1), ...moves];
        const shifted = [...events.slice(turn % events.length), ...events.slice(0, turn % events.length)];
        const journey = journeyOf(shifted);
        expect(journey.whereabouts.at(-1)?.place.bedId).toBe(`bed-${way.at(-1)}`);
        expect(journey).toEqual(journeyOf(events));
      }),
      { numRuns: 2_000 },
    );
  });
  it('keep the order of their names where they do not say whence', () => {
    const moves = [
      makeEvent(step(1, 2, false), 5, { tieBreak: 'b' }),
      makeEvent(step(0, 1, false), 5, { tieBreak: 'a' }),
    ];
    expect(way(journeyOf([makeEvent(admitted(bedPlace('bed-0')), 1), ...moves]))).toEqual(['bed-0 1-5', 'bed-2 5-']);
  });
  it('go together when one of two tellings says whence and both are taken back', () => {
    const twice = [makeEvent(step(0, 1), 5), makeEvent(step(0, 1, false), 5)];
    const events = [makeEvent(admitted(bedPlace('bed-0')), 1), ...twice, makeEvent(takenBack('transferred'), 6)];
    expect(way(journeyOf(events))).toEqual(['bed-0 1-']);
  });
});

describe('whatever is told', () => {
  it('gives one journey for every order it came in', () => {
    const shuffled = anyEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(shuffled, ([events, otherOrder]) => {
        expect(journeyOf(otherOrder)).toEqual(journeyOf(events));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is somewhere at every moment from coming to leaving, and nowhere twice', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { whereabouts, status, dischargedAt } = journeyOf(events);
        for (const [index, { from, to }] of whereabouts.entries()) {
          const next = whereabouts[index + 1];
          if (next) expect(to).toBe(next.from);
          if (to !== null) expect(to).toBeGreaterThan(from);
        }
        const last = whereabouts.at(-1);
        const here = status === 'in-progress' || status === 'on-hold';
        expect(last?.to === null).toBe(here);
        if (last && !here) expect(last.to).toBe(dischargedAt);
        if (status === 'planned' || status === 'cancelled') expect(whereabouts).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the same when an event is taken back and told again', () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(), (events, pick) => {
        const again = events.flatMap((event, index): FlowEvent[] => {
          if (index !== pick % events.length || event.voided) return [event];
          return [
            { ...event, voided: { at: 99, by: 'nurse', reason: 'mistake' } },
            { ...event, id: `${event.id}-again` },
          ];
        });
        expect(nameless(journeyOf(again))).toEqual(nameless(journeyOf(events)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses nothing: each event stands, was taken back, or is named as unexplained', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const known = new Set(events.filter(({ voided }) => !voided).map(({ id }) => id));
        for (const { eventId } of journeyOf(events).unexplained) expect(known).toContain(eventId);
      }),
    );
  });
});
