import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WantedSpan } from '#domain/flow/event.ts';
import { grant, overlaps } from '#domain/flow/grant.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';

const span = (who: string, from: number, to: number | null, given: Partial<WantedSpan> = {}): WantedSpan => ({
  encounterId: who as EncounterId,
  bedId: 'bed-1' as BedId,
  from,
  to,
  eventId: `${who}-${from}`,
  source: 'feed',
  recordedAt: from,
  tieBreak: who,
  visitNumber: null,
  ...given,
});
const who = (spans: readonly WantedSpan[]) => spans.map(({ encounterId }) => encounterId).sort();

describe('a bed several want', () => {
  it('is the one’s who came first, and the next one’s from when the first is said to have left', () => {
    const [ann, ben] = [span('ann', 1, null), span('ben', 5, null)];
    expect(grant([ben, ann], 1)).toEqual({ granted: [ann], refused: [{ span: ben, heldBy: 'ann' }] });
    expect(who(grant([ben, span('ann', 1, 5)], 1).granted)).toEqual(['ann', 'ben']);
  });

  it('is the one’s a person at a console said, whoever came first; of two, by the latest word', () => {
    const told = span('ben', 5, null, { source: 'console' });
    expect(who(grant([span('ann', 1, null), told], 1).granted)).toEqual(['ben']);
    const later = span('eva', 2, null, { source: 'console', recordedAt: 9 });
    expect(who(grant([told, later], 1).granted)).toEqual(['eva']);
  });

  it('holds as many as it has places', () => {
    const spans = [span('ann', 1, null), span('ben', 2, 6), span('eva', 6, null)];
    expect(who(grant(spans, 2).granted)).toEqual(['ann', 'ben', 'eva']);
    expect(who(grant([...spans, span('ida', 5, 7)], 2).granted)).toEqual(['ann', 'ben', 'eva']);
  });
});

describe('whoever wants it', () => {
  const wanted = fc
    .array(
      fc.record({
        from: fc.integer({ min: 0, max: 20 }),
        length: fc.option(fc.integer({ min: 1, max: 10 })),
        source: fc.constantFrom('feed', 'console', 'import'),
        recordedAt: fc.integer({ min: 0, max: 5 }),
        visitNumber: fc.option(fc.constantFrom('v1', 'v2', 'v3')),
      }),
      { maxLength: 10 },
    )
    .map((drawn) =>
      drawn.map(({ from, length, ...given }, index) =>
        span(`patient-${index}`, from, length === null ? null : from + length, given as Partial<WantedSpan>),
      ),
    );

  it('gets the same for every order they are asked in, never more at once than there are places, none refused idly', () => {
    const asked = wanted.chain((spans) =>
      fc.tuple(
        fc.constant(spans),
        fc.shuffledSubarray(spans, { minLength: spans.length }),
        fc.integer({ min: 1, max: 3 }),
      ),
    );
    fc.assert(
      fc.property(asked, ([spans, otherOrder, places]) => {
        const { granted, refused } = grant(spans, places);
        expect(who(grant(otherOrder, places).granted)).toEqual(who(granted));
        for (let at = 0; at < 40; at += 1) {
          const inBed = granted.filter(({ from, to }) => from <= at && (to ?? 99) > at);
          expect(inBed.length).toBeLessThanOrEqual(places);
        }
        for (const { span: loser, heldBy } of refused) {
          const holder = granted.find(({ encounterId }) => encounterId === heldBy);
          expect(holder && overlaps(holder, loser)).toBe(true);
        }
        expect(granted.length + refused.length).toBe(spans.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
