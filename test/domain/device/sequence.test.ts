import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countOf,
  fromMark,
  hearHello,
  type Sequence,
  skippedBefore,
  startSequence,
  take,
  toMark,
  WINDOW,
} from '#domain/device/sequence.ts';
import type { DeviceId } from '#domain/ids.ts';

const device = 'monitor-1' as DeviceId;
const makeCount = (epoch = 1_000): Sequence => startSequence(device, 'readings', epoch, true);
const takeAll = (count: Sequence, seqs: readonly number[]) => seqs.map((seq) => take(count, seq));

/** 0 to `length` - 1 with each number moved at most `distance` places. */
function shuffled(length: number, distance: number): fc.Arbitrary<number[]> {
  return fc
    .array(fc.double({ min: 0, max: distance, noNaN: true }), { minLength: length, maxLength: length })
    .map((moves) =>
      moves
        .map((move, seq) => ({ seq, place: seq + move }))
        .sort((left, right) => left.place - right.place)
        .map(({ seq }) => seq),
    );
}

describe('which messages of a device were taken', () => {
  it('F03 takes the same number once', () => {
    expect(takeAll(makeCount(), [0, 1, 1, 2, 0])).toEqual(['new', 'new', 'duplicate', 'new', 'duplicate']);
  });

  it('F05 takes every number once however the network shuffles them by up to 50 places', () => {
    fc.assert(
      fc.property(shuffled(300, 50), (seqs) => {
        const count = makeCount();
        expect(takeAll(count, seqs)).not.toContain('duplicate');
        expect(new Set(takeAll(count, seqs))).toEqual(new Set(['duplicate']));
      }),
      { numRuns: 50 },
    );
  });

  it('F05 agrees with a plain set of numbers, whatever comes', () => {
    const seqs = fc.array(fc.oneof(fc.nat(40), fc.nat(3_000)), { maxLength: 200 });
    fc.assert(
      fc.property(seqs, (given) => {
        const count = makeCount();
        const seen = new Set<number>();
        let highest = -1;
        for (const seq of given) {
          const expected = seq > highest ? 'new' : seen.has(seq) || highest - seq >= WINDOW ? 'duplicate' : 'late';
          expect(take(count, seq)).toBe(expected);
          if (expected !== 'duplicate') seen.add(seq);
          highest = Math.max(highest, seq);
        }
      }),
    );
  });

  it('F08 knows after a restart of the hub what it took before', () => {
    fc.assert(
      fc.property(shuffled(200, 50), fc.nat(199), (seqs, cut) => {
        const before = makeCount();
        takeAll(before, seqs.slice(0, cut));
        const after = fromMark(toMark(before));
        expect(takeAll(after, seqs.slice(0, cut))).not.toContain('new');
        expect(takeAll(after, seqs.slice(cut))).not.toContain('duplicate');
      }),
      { numRuns: 50 },
    );
  });

  it('F09 starts again at 0 only after a later hello', () => {
    const count = makeCount();
    for (let seq = 0; seq < 2_000; seq += 1) take(count, seq);
    expect(take(count, 0)).toBe('duplicate');
    expect(hearHello(count, 1_000, false)).toBe(false);
    expect(hearHello(count, 999, false)).toBe(false);
    expect(take(count, 0)).toBe('duplicate');
    expect(hearHello(count, 1_001, false)).toBe(true);
    expect(take(count, 0)).toBe('new');
  });

  it('takes a retained hello as the beginning of the count already running when it knew of none', () => {
    const count = startSequence(device, 'readings', 0, false);
    take(count, 300);
    hearHello(count, 1_000, true);
    expect(take(count, 300)).toBe('duplicate');
    expect(count.epoch).toBe(1_000);
  });

  it('keeps a straggler of the count before from shutting out the new one', () => {
    const count = makeCount();
    for (let seq = 0; seq < 50_000; seq += 1) take(count, seq);
    hearHello(count, 2_000, false);
    const straggler = countOf(count, 50_000, 1_999, false);
    expect(take(straggler, 50_000)).toBe('new');
    expect(take(countOf(count, 49_999, 1_998, false), 49_999)).toBe('duplicate');
    expect(take(countOf(count, 0, 2_001, false), 0)).toBe('new');
  });

  it('counts the numbers that are missing', () => {
    const count = makeCount();
    expect(skippedBefore(count, 2)).toBe(2);
    take(count, 2);
    expect(skippedBefore(count, 3)).toBe(0);
    expect(skippedBefore(count, 10)).toBe(7);
    expect(skippedBefore(count, 1)).toBe(0);
  });

  it('does not call the middle of a count it joined a gap', () => {
    expect(skippedBefore(startSequence(device, 'readings', 0, false), 5_000)).toBe(0);
  });

  it('F16 is not shut out by one impossible number', () => {
    const count = makeCount();
    take(count, 0);
    expect(take(count, Number.MAX_SAFE_INTEGER)).toBe('wild');
    expect(take(count, 1)).toBe('new');
  });

  it('F16 is not shut out by an impossible number that comes first', () => {
    const count = makeCount();
    expect(takeAll(count, [Number.MAX_SAFE_INTEGER, 2 ** 31, 0, 1])).toEqual(['wild', 'wild', 'new', 'new']);
  });
});
