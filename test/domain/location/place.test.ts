import { describe, expect, it } from 'vitest';
import { addBed, addRoom, addWard, removeBed, sameLabel } from '#domain/location/place.ts';
import { makeBed, makeRoom, makeWard } from '#test/helpers/makers.ts';

describe('places', () => {
  it('are told apart as people read them', () => {
    expect(sameLabel('Ward  A', ' ward a')).toBe(true);
    expect(sameLabel('７', '7')).toBe(true);
    expect(sameLabel('7', '07')).toBe(false);
  });

  it('may not share a name where people would mix them up', () => {
    expect(addWard(makeWard({ name: 'north' }), [makeWard({ name: 'North' })])).toMatchObject({
      refusal: 'name-taken',
    });
    expect(addRoom(makeRoom({ label: 'a' }), [makeRoom({ label: 'A' })])).toMatchObject({ refusal: 'label-taken' });
    expect(addBed(makeBed({ label: '1' }), [makeBed({ label: '1' })])).toMatchObject({ refusal: 'label-taken' });
    expect(addBed(makeBed({ label: '2' }), [makeBed({ label: '1' })]).ok).toBe(true);
  });

  it('go only when nobody and nothing was ever there', () => {
    const bed = makeBed();
    expect(removeBed(bed, true, true)).toMatchObject({ refusal: 'bed-occupied' });
    expect(removeBed(bed, false, true)).toMatchObject({ refusal: 'bed-has-history' });
    expect(removeBed(bed, false, false).ok).toBe(true);
  });
});
