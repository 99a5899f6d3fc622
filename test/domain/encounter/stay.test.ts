import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, discharge, momentAfter, moveTo, overlap, tiedDuring } from '#domain/encounter/stay.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { makeAssignment, makeEncounter, makeTie, NOON } from '#test/helpers/makers.ts';

const HOUR = 3_600_000;
const admission = { at: null, now: NOON, stays: [], holders: [] };

describe('admission', () => {
  it('is refused to a patient who is already here, on hold as well', () => {
    for (const status of ['in-progress', 'on-hold'] as const) {
      expect(admit({ ...admission, stays: [makeEncounter({ status })] })).toMatchObject({
        refusal: 'already-admitted',
      });
    }
  });

  it('is refused to a bed somebody lies in', () => {
    expect(admit({ ...admission, holders: [makeAssignment()] })).toMatchObject({ refusal: 'bed-occupied' });
  });

  it('may be entered late, but never ahead of time', () => {
    expect(admit({ ...admission, at: NOON - HOUR })).toEqual({ ok: true, value: NOON - HOUR });
    expect(admit({ ...admission, at: NOON })).toEqual({ ok: true, value: NOON });
    expect(admit({ ...admission, at: NOON + 1 })).toMatchObject({ refusal: 'in-future' });
  });

  it('entered late, may not reach into the time the bed was somebody else’s', () => {
    const holders = [makeAssignment({ startedAt: NOON - 5 * HOUR, endedAt: NOON - 2 * HOUR })];
    expect(admit({ ...admission, at: NOON - 3 * HOUR, holders })).toMatchObject({ refusal: 'bed-occupied' });
    expect(admit({ ...admission, at: NOON - 2 * HOUR, holders })).toEqual({ ok: true, value: NOON - 2 * HOUR });
  });

  it('entered late, may not reach into an earlier stay of the patient', () => {
    const stays = [makeEncounter({ status: 'discharged', admittedAt: NOON - 9 * HOUR, dischargedAt: NOON - 4 * HOUR })];
    expect(admit({ ...admission, at: NOON - 5 * HOUR, stays })).toMatchObject({
      refusal: 'overlaps-earlier-encounter',
    });
    expect(admit({ ...admission, at: NOON - 4 * HOUR, stays })).toEqual({ ok: true, value: NOON - 4 * HOUR });
  });

  it('of now follows on what ended a moment later, as when the hub’s clock was set back', () => {
    const stays = [makeEncounter({ status: 'discharged', dischargedAt: NOON + 1 })];
    const holders = [makeAssignment({ endedAt: NOON + 5 })];
    expect(admit({ ...admission, stays, holders })).toEqual({ ok: true, value: NOON + 5 });
  });
});

describe('a stay', () => {
  const bedId = 'bed-7' as BedId;

  it('goes on in the bed it is in when moved there again', () => {
    const current = makeAssignment({ bedId });
    expect(moveTo(makeEncounter(), bedId, current, current)).toEqual({ ok: true, value: 'stay' });
  });

  it('moves to a free bed, not to one that is held, and not once it is over', () => {
    const encounter = makeEncounter();
    expect(moveTo(encounter, bedId, undefined, undefined)).toEqual({ ok: true, value: 'go' });
    expect(moveTo(encounter, bedId, makeAssignment(), makeAssignment({ bedId }))).toMatchObject({
      refusal: 'bed-occupied',
    });
    const over = makeEncounter({ status: 'discharged', dischargedAt: NOON });
    expect(moveTo(over, bedId, undefined, undefined)).toMatchObject({ refusal: 'not-in-progress' });
  });

  it('ends once', () => {
    const over = discharge(makeEncounter(), NOON);
    expect(over).toMatchObject({ ok: true, value: { status: 'discharged', dischargedAt: NOON } });
    if (over.ok) expect(discharge(over.value, NOON + 1)).toMatchObject({ refusal: 'not-in-progress' });
  });
});

describe('spans', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 }))
    .map(([from, length]) => ({ from, to: from + length }));

  it('overlap in exactly the moments that lie in both', () => {
    fc.assert(
      fc.property(span, span, (one, other) => {
        const shared = overlap(one, other);
        for (let at = 0; at < 110; at += 1) {
          const inBoth = at >= one.from && at < one.to && at >= other.from && at < other.to;
          expect(shared !== undefined && at >= shared.from && at < shared.to).toBe(inBoth);
        }
      }),
    );
  });

  it('of a tie end with the bed being held', () => {
    const tie = makeTie({ startedAt: 100, endedAt: null, encounterId: null });
    expect(tiedDuring(tie, { from: 50, to: 200 }, { from: 0, to: 1_000 })).toEqual({ from: 100, to: 200 });
    expect(tiedDuring(tie, { from: 50, to: 100 }, { from: 0, to: 1_000 })).toBeUndefined();
    const own = makeTie({ encounterId: 'stay-1' as EncounterId, startedAt: 10, endedAt: 20 });
    expect(tiedDuring(own, { from: 0, to: 15 }, { from: 12, to: 99 })).toEqual({ from: 12, to: 15 });
  });

  it('never end before they begin, whatever the clock says', () => {
    expect(momentAfter(NOON, [NOON])).toBe(NOON + 1);
    expect(momentAfter(NOON - HOUR, [NOON], [NOON + 9])).toBe(NOON + 9);
    expect(momentAfter(NOON, [])).toBe(NOON);
  });
});
