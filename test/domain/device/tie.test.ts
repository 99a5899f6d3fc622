import { describe, expect, it } from 'vitest';
import { tieDevice } from '#domain/device/tie.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { makeDevice, makeEncounter, makeTie, NOON } from '#test/helpers/makers.ts';

const HOUR = 3_600_000;
const bedId = 'bed-7' as BedId;
const atBed = { bedId, encounterId: null };
const question = { device: makeDevice(), target: atBed, stay: null, at: null, now: NOON, later: [] };

describe('tying a device', () => {
  it('is refused while it waits, and once it is retired', () => {
    const waiting = makeDevice({ admittedAt: null });
    expect(tieDevice({ ...question, device: waiting })).toMatchObject({ refusal: 'not-admitted' });
    const retired = makeDevice({ retiredAt: NOON });
    expect(tieDevice({ ...question, device: retired })).toMatchObject({ refusal: 'retired' });
  });

  it('is refused to a patient who is not here, or was not yet', () => {
    const stay = makeEncounter({ admittedAt: NOON - HOUR });
    const target = { bedId: null, encounterId: stay.id };
    expect(tieDevice({ ...question, target })).toMatchObject({ refusal: 'no-open-encounter' });
    expect(tieDevice({ ...question, target, stay, at: NOON - 2 * HOUR })).toMatchObject({
      refusal: 'no-open-encounter',
    });
    expect(tieDevice({ ...question, target, stay, at: NOON - HOUR })).toEqual({
      ok: true,
      value: { kind: 'new', at: NOON - HOUR },
    });
  });

  it('changes nothing where it is already so', () => {
    const later = [makeTie({ bedId, startedAt: NOON - HOUR })];
    expect(tieDevice({ ...question, later })).toEqual({ ok: true, value: { kind: 'same' } });
    expect(tieDevice({ ...question, later, at: NOON - 60_000 })).toEqual({ ok: true, value: { kind: 'same' } });
  });

  it('ends the tie before it, always after that one began', () => {
    const target = { bedId: null, encounterId: 'stay-1' as EncounterId };
    const stay = makeEncounter({ id: 'stay-1' as EncounterId });
    const later = [makeTie({ startedAt: NOON })];
    expect(tieDevice({ ...question, target, stay, later })).toEqual({ ok: true, value: { kind: 'new', at: NOON + 1 } });
  });

  it('entered late, ends the tie going on then, but does not reach into a later one', () => {
    const open = makeTie({ startedAt: NOON - 2 * HOUR });
    expect(tieDevice({ ...question, at: NOON - HOUR, later: [open] })).toMatchObject({ ok: true });
    expect(tieDevice({ ...question, at: NOON - 3 * HOUR, later: [open] })).toMatchObject({ refusal: 'tied-since' });
    const over = makeTie({ startedAt: NOON - 2 * HOUR, endedAt: NOON - HOUR / 2 });
    expect(tieDevice({ ...question, at: NOON - HOUR, later: [over] })).toMatchObject({ refusal: 'tied-since' });
    expect(tieDevice({ ...question, at: NOON + 1 })).toMatchObject({ refusal: 'in-future' });
  });
});
