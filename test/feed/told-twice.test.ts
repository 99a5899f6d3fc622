import { afterEach, describe, expect, it } from 'vitest';
import { adt, type FeedClinic, openFeedClinic, type TestMessage } from '#test/helpers/feed-clinic.ts';

let clinic: FeedClinic;
afterEach(() => clinic.close());

type Step = Pick<TestMessage, 'event' | 'at' | 'recorded'> & {
  /** Bed of the ward: `A`, `B`, `C`; where a move came from, or a cancel was. */
  readonly bed?: string;
  readonly prior?: string;
  readonly pv1?: Readonly<Record<number, string>>;
};

function* orders<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [at, item] of items.entries())
    for (const rest of orders([...items.slice(0, at), ...items.slice(at + 1)])) yield [item, ...rest];
}

/** Stays and what waits, by every order the messages can come in: a set of one when order makes no difference. */
function outcomes(steps: readonly Step[]): Set<string> {
  clinic = openFeedClinic();
  const found = new Set<string>();
  let number = 0;
  for (const order of orders(steps.map((_, index) => index))) {
    number += 1;
    const ward = `W${number}`;
    const placeOf = (bed: string | undefined) => (bed ? `${ward}^1^${bed}` : '');
    const texts = steps.map(({ bed, prior, pv1, ...step }) =>
      adt({
        ...step,
        patient: `P${number}`,
        visit: `V${number}`,
        place: placeOf(bed),
        pv1: { 6: placeOf(prior), ...pv1 },
      }),
    );
    const waitedBefore = clinic.waiting().length;
    clinic.send(...order.map((index) => texts[index] as string));
    const stays = clinic.stays(`V${number}`).map((stay) => stay.replace(`${ward}^1^`, ''));
    found.add([...stays, ...clinic.waiting().slice(waitedBefore)].join(' | '));
  }
  return found;
}

const NEVER = 'It takes back something that was never told.';

describe('what is told twice, with another control id and another time,', () => {
  it.each<[string, readonly Step[], string]>([
    [
      'a leaving, and then cancelled: the patient is here',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A03', at: '0800', bed: 'A' },
        { event: 'A03', at: '0900', bed: 'A' },
        { event: 'A13', at: '1000', bed: 'A' },
      ],
      'A 06:00-',
    ],
    [
      'an admission, and then cancelled: nobody was admitted',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A01', at: '0700', bed: 'A' },
        { event: 'A11', at: '1000', bed: 'A' },
      ],
      '',
    ],
    [
      'an arrival, and then cancelled: nobody came',
      [
        { event: 'A04', at: '0600', bed: 'A' },
        { event: 'A04', at: '0700', bed: 'A' },
        { event: 'A11', at: '1000', bed: 'A' },
      ],
      '',
    ],
    [
      'a move, and then cancelled: the patient is back',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A02', at: '0800', bed: 'B', prior: 'A' },
        { event: 'A12', at: '1000', bed: 'A', prior: 'B' },
      ],
      'A 06:00-',
    ],
    [
      'the cancel of a move: the move before it stays, and a person is shown the second cancel',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A02', at: '0800', bed: 'C', prior: 'B' },
        { event: 'A12', at: '0900', bed: 'B', prior: 'C' },
        { event: 'A12', at: '1000', bed: 'B', prior: 'C' },
      ],
      `A 06:00-07:00 | B 07:00- | ADT^A12: ${NEVER}`,
    ],
  ])('%s', (_what, steps, expected) => {
    expect([...outcomes(steps)]).toEqual([expected]);
  });
});

describe('a cancel of a move', () => {
  it.each<[string, readonly Step[], string]>([
    [
      'that names another move than the last moves nobody and is shown to a person',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A02', at: '0800', bed: 'C', prior: 'B' },
        { event: 'A12', at: '0900', bed: 'A', prior: 'B' },
      ],
      `A 06:00-07:00 | B 07:00-08:00 | C 08:00- | ADT^A12: ${NEVER}`,
    ],
    [
      'that repeats the places of the move itself takes it back',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A12', at: '0900', bed: 'B', prior: 'A' },
      ],
      'A 06:00-',
    ],
    [
      'whose PV1-3 is of no use takes back the move its PV1-6 names',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A12', at: '0900', bed: 'Z', prior: 'B' },
      ],
      'A 06:00-',
    ],
  ])('%s', (_what, steps, expected) => {
    expect([...outcomes(steps)]).toEqual([expected]);
  });
});

describe('of one minute', () => {
  it.each<[string, readonly Step[], string]>([
    [
      'two cancels of two moves both count',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A02', at: '0800', bed: 'C', prior: 'B' },
        { event: 'A12', at: '0900', bed: 'B', prior: 'C' },
        { event: 'A12', at: '0900', bed: 'A', prior: 'B' },
      ],
      'A 06:00-',
    ],
    [
      'a move, its cancel and another move end where the other leads',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A12', at: '0700', bed: 'A', prior: 'B' },
        { event: 'A02', at: '0700', bed: 'C', prior: 'A' },
      ],
      'A 06:00-07:00 | C 07:00-',
    ],
    [
      'a move, its cancel and the move again count by their control ids',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A12', at: '0700', bed: 'A', prior: 'B' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
      ],
      'A 06:00-07:00 | B 07:00-',
    ],
    [
      'two moves and the cancel of the second end where the first leads',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0700', bed: 'B', prior: 'A' },
        { event: 'A02', at: '0700', bed: 'C', prior: 'B' },
        { event: 'A12', at: '0700', bed: 'B', prior: 'C' },
      ],
      'A 06:00-07:00 | B 07:00-',
    ],
    [
      'the cancel of an admission and the admission to the right bed leave the right one',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A11', at: '0700', bed: 'A' },
        { event: 'A01', at: '0700', bed: 'B' },
      ],
      'B 07:00-',
    ],
    [
      'coming and leaving is a stay, the shortest there is',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A03', at: '0600', bed: 'A' },
      ],
      'A 06:00-06:00',
    ],
    [
      'a coming, a move and a leaving is a stay in the last place',
      [
        { event: 'A01', at: '0600', bed: 'A' },
        { event: 'A02', at: '0600', bed: 'B', prior: 'A' },
        { event: 'A03', at: '0600', bed: 'B' },
      ],
      'B 06:00-06:00',
    ],
  ])('%s', (_what, steps, expected) => {
    expect([...outcomes(steps)]).toEqual([expected]);
  });
});

describe('a leaving taken back when somebody else is in the bed', () => {
  const ann = { patient: 'PA', visit: 'VA' };
  const bob = { patient: 'PB', visit: 'VB' };
  it.each<[string, (ward: string) => string[], readonly string[]]>([
    [
      'a discharge: who took the bed stays in it',
      (ward) => [
        adt({ ...ann, event: 'A01', at: '0600', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A03', at: '0800', place: `${ward}^1^A` }),
        adt({ ...bob, event: 'A01', at: '0900', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A13', at: '1000', place: `${ward}^1^A` }),
      ],
      ['W^1^A 06:00-08:00', 'W^^ 08:00-', 'W^1^A 09:00-', 'ADT^A13: Somebody else holds the bed.'],
    ],
    [
      'a move: who took the bed stays in it',
      (ward) => [
        adt({ ...ann, event: 'A01', at: '0600', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A02', at: '0800', place: `${ward}^1^B`, pv1: { 6: `${ward}^1^A` } }),
        adt({ ...bob, event: 'A01', at: '0900', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A12', at: '1000', place: `${ward}^1^A`, pv1: { 6: `${ward}^1^B` } }),
      ],
      ['W^1^A 06:00-08:00', 'W^^ 08:00-', 'W^1^A 09:00-', 'ADT^A12: Somebody else holds the bed.'],
    ],
    [
      'a discharge, before anybody came: who is back keeps the bed',
      (ward) => [
        adt({ ...ann, event: 'A01', at: '0600', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A03', at: '0800', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A13', at: '0830', place: `${ward}^1^A` }),
        adt({ ...bob, event: 'A01', at: '0900', place: `${ward}^1^A` }),
      ],
      ['W^1^A 06:00-', 'W^^ 09:00-', 'ADT^A01: Somebody else holds the bed.'],
    ],
    [
      'a discharge, and the other has left again: nobody was in it twice',
      (ward) => [
        adt({ ...ann, event: 'A01', at: '0600', place: `${ward}^1^A` }),
        adt({ ...ann, event: 'A03', at: '0800', place: `${ward}^1^A` }),
        adt({ ...bob, event: 'A01', at: '0810', place: `${ward}^1^A` }),
        adt({ ...bob, event: 'A11', at: '0820' }),
        adt({ ...ann, event: 'A13', at: '1000', place: `${ward}^1^A` }),
      ],
      ['W^1^A 06:00-'],
    ],
  ])('%s', (_what, messages, expected) => {
    const found = new Set<string>();
    for (const order of orders(messages('W').map((_, index) => index))) {
      clinic = openFeedClinic();
      const texts = messages('W');
      clinic.send(...order.map((index) => texts[index] as string));
      found.add([...clinic.stays('VA'), ...clinic.stays('VB'), ...clinic.waiting()].join(' | '));
      clinic.close();
    }
    clinic = openFeedClinic();
    expect([...found]).toEqual([expected.join(' | ')]);
  });
});

describe('what is said to have happened', () => {
  it('days ahead of when it was told changes nothing and is shown to a person', () => {
    clinic = openFeedClinic();
    clinic.send(adt({ event: 'A01', at: '0600', place: 'ICU^101^A' }));
    clinic.send(adt({ event: 'A03', at: '20260330120000', recorded: '0700' }));
    clinic.send(adt({ event: 'A01', at: '20260330120000', recorded: '0700', visit: 'V2', place: 'ICU^101^B' }));
    expect(clinic.stays('V1')).toEqual(['ICU^101^A 06:00-']);
    expect(clinic.stays('V2')).toEqual([]);
    const why = 'It is said to have happened on 2026-03-30, which is still to come.';
    expect(clinic.waiting()).toEqual([`ADT^A03: ${why}`, `ADT^A01: ${why}`]);
  });

  it('an hour ahead, by a clock that is fast, is taken as told', () => {
    clinic = openFeedClinic();
    clinic.send(adt({ event: 'A01', at: '1300', place: 'ICU^101^A' }));
    expect(clinic.stays('V1')).toEqual(['ICU^101^A 13:00-']);
  });
});

describe('a time that is a day alone', () => {
  it('is when the message was recorded, where that was on the same day', () => {
    clinic = openFeedClinic();
    const day = '20260302';
    clinic.send(
      adt({ event: 'A04', at: '0500', place: 'ER' }),
      adt({ event: 'A01', at: '', recorded: '0800', place: 'ICU^101^A', pv1: { 44: day } }),
      adt({ event: 'A02', at: '0900', place: 'ICU^102^A' }),
      adt({ event: 'A03', at: '', recorded: '1200', pv1: { 45: day } }),
    );
    expect(clinic.stays('V1')).toEqual(['ER^^ 05:00-08:00', 'ICU^101^A 08:00-09:00', 'ICU^102^A 09:00-12:00']);
    expect(clinic.waiting()).toEqual([]);
  });

  it('is its midnight, where the message was recorded on another', () => {
    clinic = openFeedClinic();
    clinic.send(adt({ event: 'A01', at: '', recorded: '0800', place: 'ICU^101^A', pv1: { 44: '20260301' } }));
    const [stay] = clinic.acts.stays({ visitNumber: 'V1' }, clinic.context) as readonly { readonly from: number }[];
    expect(stay?.from).toBe(Date.UTC(2026, 2, 1));
  });
});
