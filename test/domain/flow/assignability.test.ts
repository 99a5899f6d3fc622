import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BedFacts, type Holder, overridable, type Taker, whyNot } from '#domain/flow/assignability.ts';
import { type BedAttributes, ISOLATION_KINDS, type RoomAttributes, type WhyNot } from '#domain/flow/bed-state.ts';
import type { BedId, EncounterId, ReservationId, TaskId, UserId } from '#domain/ids.ts';
import { SEXES } from '#domain/patient/patient.ts';
import { NOON } from '#test/helpers/makers.ts';

const ANN = 'ann' as EncounterId;
const BOB = 'bob' as EncounterId;
const EVE = 'eve' as EncounterId;
const BED = 'bed' as BedId;
const NURSE = 'nurse' as UserId;

const plainBed: BedAttributes = { equipment: [], ageFrom: null, ageTo: null, places: 1, code: null, fromFeed: false };
const plainRoom: RoomAttributes = { sexRule: 'any', isolationFor: [], code: null, fromFeed: false };

function facts(given: Partial<Omit<BedFacts, 'bed' | 'room'>> & { bed?: object; room?: object } = {}): BedFacts {
  return {
    bedsInRoom: 4,
    holders: [],
    roommates: [],
    reservation: null,
    block: null,
    cleaning: null,
    ...given,
    bed: { ...plainBed, ...given.bed },
    room: { ...plainRoom, ...given.room },
  };
}

const holder = (given: Partial<Holder> = {}): Holder => ({
  encounterId: BOB,
  sex: 'female',
  isolation: null,
  ...given,
});
const taker = (given: Partial<Taker> = {}): Taker => ({
  encounterIds: [ANN],
  sex: 'female',
  ageYears: 40,
  isolation: null,
  equipment: [],
  ...given,
});
const reservation = (encounterId: EncounterId, until: number) => ({
  id: 'kept' as ReservationId,
  bedId: BED,
  encounterId,
  by: NURSE,
  at: NOON - 1,
  until,
  state: 'reserved' as const,
  fulfilledBy: null,
});
const block = (to: number | null, endedAt: number | null = null) => ({
  id: 'block',
  bedId: BED,
  reason: 'repair' as const,
  note: null,
  from: NOON - 10,
  to,
  by: NURSE,
  endedAt,
});
const cleaning = (startedAt: number | null) => ({
  id: 'task' as TaskId,
  kind: 'cleaning' as const,
  state: startedAt === null ? ('requested' as const) : ('started' as const),
  bedId: BED,
  encounterId: null,
  destination: null,
  cause: 'discharge' as const,
  contaminated: false,
  eventId: 'event',
  requestedAt: NOON - 60_000,
  startedAt,
  doneAt: null,
  assigneeId: null,
  handedTo: null,
  supersededBy: null,
  note: null,
});

const table: readonly (readonly [string, BedFacts, Taker, readonly WhyNot[]])[] = [
  ['a free clean bed', facts(), taker(), []],
  ['a bed somebody lies in', facts({ holders: [holder()] }), taker(), [{ kind: 'occupied', encounterId: BOB }]],
  [
    'the bed one lies in oneself',
    facts({ holders: [holder({ encounterId: ANN })], cleaning: cleaning(null) }),
    taker(),
    [],
  ],
  ['a shared bed with a place left', facts({ bed: { places: 2 }, holders: [holder()] }), taker(), []],
  [
    'a shared bed that is full',
    facts({ bed: { places: 2 }, holders: [holder(), holder({ encounterId: EVE })] }),
    taker(),
    [{ kind: 'occupied', encounterId: BOB }],
  ],
  [
    'a bed kept for another',
    facts({ reservation: reservation(BOB, NOON + 1) }),
    taker(),
    [{ kind: 'reserved', encounterId: BOB, until: NOON + 1 }],
  ],
  ['a bed kept for oneself', facts({ reservation: reservation(ANN, NOON + 1) }), taker(), []],
  ['a bed kept until just now', facts({ reservation: reservation(BOB, NOON) }), taker(), []],
  ['a blocked bed', facts({ block: block(null) }), taker(), [{ kind: 'blocked', reason: 'repair', until: null }]],
  [
    'a bed blocked until later',
    facts({ block: block(NOON + 5) }),
    taker(),
    [{ kind: 'blocked', reason: 'repair', until: NOON + 5 }],
  ],
  ['a bed blocked until just now', facts({ block: block(NOON) }), taker(), []],
  ['a bed whose block was ended', facts({ block: block(null, NOON - 1) }), taker(), []],
  ['a dirty bed', facts({ cleaning: cleaning(null) }), taker(), [{ kind: 'dirty', since: NOON - 60_000 }]],
  ['a bed being cleaned', facts({ cleaning: cleaning(NOON - 5) }), taker(), [{ kind: 'cleaning', since: NOON - 5 }]],
  ['a room for women, a woman', facts({ room: { sexRule: 'female' } }), taker(), []],
  [
    'a room for women, a man',
    facts({ room: { sexRule: 'female' } }),
    taker({ sex: 'male' }),
    [{ kind: 'sex', rule: 'female', present: null }],
  ],
  [
    'a room for men, somebody whose sex is not known',
    facts({ room: { sexRule: 'male' }, roommates: [holder({ sex: 'male' })] }),
    taker({ sex: 'unknown' }),
    [{ kind: 'sex', rule: 'male', present: 'male' }],
  ],
  ['an empty room of one sex', facts({ room: { sexRule: 'same' } }), taker({ sex: 'male' }), []],
  ['a room of women, a woman', facts({ room: { sexRule: 'same' }, roommates: [holder()] }), taker(), []],
  [
    'a room of women, a man',
    facts({ room: { sexRule: 'same' }, roommates: [holder()] }),
    taker({ sex: 'male' }),
    [{ kind: 'sex', rule: 'same', present: 'female' }],
  ],
  [
    'two whose sex is not known',
    facts({ room: { sexRule: 'same' }, roommates: [holder({ sex: 'unknown' })] }),
    taker({ sex: 'unknown' }),
    [{ kind: 'sex', rule: 'same', present: 'unknown' }],
  ],
  [
    'a baby joining its mother in a room for women',
    facts({ bed: { places: 2 }, room: { sexRule: 'female' }, holders: [holder()] }),
    taker({ sex: 'male', ageYears: 0 }),
    [],
  ],
  [
    'an isolated patient in a shared room that is not fit',
    facts(),
    taker({ isolation: 'contact' }),
    [{ kind: 'isolation', needed: 'contact', inRoom: null }],
  ],
  ['contact isolation in a single room', facts({ bedsInRoom: 1 }), taker({ isolation: 'contact' }), []],
  ['droplet isolation in a single room', facts({ bedsInRoom: 1 }), taker({ isolation: 'droplet' }), []],
  [
    'airborne isolation in a single room without more',
    facts({ bedsInRoom: 1 }),
    taker({ isolation: 'airborne' }),
    [{ kind: 'isolation', needed: 'airborne', inRoom: null }],
  ],
  [
    'airborne isolation in a room fit for it',
    facts({ room: { isolationFor: ['airborne'] } }),
    taker({ isolation: 'airborne' }),
    [],
  ],
  [
    'an isolated patient beside one who is not, in a room fit for it',
    facts({ room: { isolationFor: ['contact'] }, roommates: [holder()] }),
    taker({ isolation: 'contact' }),
    [{ kind: 'isolation', needed: 'contact', inRoom: null }],
  ],
  [
    'two of the same isolation in a room fit for it',
    facts({ room: { isolationFor: ['contact'] }, roommates: [holder({ isolation: 'contact' })] }),
    taker({ isolation: 'contact' }),
    [],
  ],
  [
    'two of different isolation',
    facts({ room: { isolationFor: ['contact', 'droplet'] }, roommates: [holder({ isolation: 'droplet' })] }),
    taker({ isolation: 'contact' }),
    [{ kind: 'isolation', needed: 'contact', inRoom: 'droplet' }],
  ],
  [
    'somebody not isolated beside somebody who is',
    facts({ roommates: [holder({ isolation: 'airborne' })] }),
    taker(),
    [{ kind: 'isolation', needed: null, inRoom: 'airborne' }],
  ],
  [
    'moving within one’s own room',
    facts({ roommates: [holder({ encounterId: ANN, isolation: 'contact' })], bedsInRoom: 1 }),
    taker({ isolation: 'contact' }),
    [],
  ],
  [
    'a bed without what is needed',
    facts({ bed: { equipment: ['oxygen'] } }),
    taker({ equipment: ['oxygen', 'monitor', 'ventilator'] }),
    [{ kind: 'equipment', missing: ['monitor', 'ventilator'] }],
  ],
  [
    'a bed with more than is needed',
    facts({ bed: { equipment: ['oxygen', 'monitor'] } }),
    taker({ equipment: ['oxygen'] }),
    [],
  ],
  ['a child’s bed, a child of the last year', facts({ bed: { ageFrom: 0, ageTo: 15 } }), taker({ ageYears: 15 }), []],
  [
    'a child’s bed, an adult',
    facts({ bed: { ageTo: 15 } }),
    taker({ ageYears: 16 }),
    [{ kind: 'age', from: null, to: 15 }],
  ],
  [
    'a bed from 16 on, a child',
    facts({ bed: { ageFrom: 16 } }),
    taker({ ageYears: 15 }),
    [{ kind: 'age', from: 16, to: null }],
  ],
  [
    'a bed for ages, somebody whose age is not known',
    facts({ bed: { ageFrom: 16 } }),
    taker({ ageYears: null }),
    [{ kind: 'age', from: 16, to: null }],
  ],
  [
    'everything at once, in the order it is shown',
    facts({
      bed: { ageTo: 15 },
      room: { sexRule: 'male' },
      holders: [holder({ isolation: 'contact' })],
      reservation: reservation(EVE, NOON + 1),
      block: block(null),
      cleaning: cleaning(null),
    }),
    taker({ equipment: ['lift'] }),
    [
      { kind: 'occupied', encounterId: BOB },
      { kind: 'reserved', encounterId: EVE, until: NOON + 1 },
      { kind: 'blocked', reason: 'repair', until: null },
      { kind: 'dirty', since: NOON - 60_000 },
      { kind: 'isolation', needed: null, inRoom: 'contact' },
      { kind: 'equipment', missing: ['lift'] },
      { kind: 'age', from: null, to: 15 },
    ],
  ],
];

describe('what stands against a bed', () => {
  it.each(table)('%s', (_, bed, who, against) => {
    expect(whyNot(bed, who, NOON)).toEqual(against);
  });

  it('lets a stated reason get over sex, isolation, equipment and age, and over nothing else', () => {
    const kinds = table.flatMap(([, , , against]) => against);
    for (const one of kinds)
      expect([one.kind, overridable([one])]).toEqual([
        one.kind,
        ['sex', 'isolation', 'equipment', 'age'].includes(one.kind),
      ]);
    expect(overridable([])).toBe(false);
    expect(
      overridable([
        { kind: 'sex', rule: 'female', present: null },
        { kind: 'dirty', since: NOON },
      ]),
    ).toBe(false);
  });

  it('never keeps two who are isolated differently in one room without saying so', () => {
    const isolation = fc.option(fc.constantFrom(...ISOLATION_KINDS), { nil: null });
    const mate = fc.record({ sex: fc.constantFrom(...SEXES), isolation });
    fc.assert(
      fc.property(fc.array(mate, { maxLength: 3 }), isolation, fc.subarray([...ISOLATION_KINDS]), (mates, own, fit) => {
        const roommates = mates.map((one, index) => holder({ ...one, encounterId: `mate-${index}` as EncounterId }));
        const against = whyNot(facts({ roommates, room: { isolationFor: fit } }), taker({ isolation: own }), NOON);
        const mixed = mates.some((one) => one.isolation !== own);
        const unfit = own !== null && !fit.includes(own);
        expect(against.some(({ kind }) => kind === 'isolation')).toBe(mixed || unfit);
      }),
    );
  });
});
