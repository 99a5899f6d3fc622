import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BedId } from '#domain/ids.ts';
import { CODE_KINDS, codePicture } from '#renderer/features/labels/code-picture.ts';
import { labelsShown } from '#renderer/features/labels/labels-shown.ts';
import { LABELS_A_SHEET, sheetsOf } from '#renderer/features/labels/sheet.ts';

describe('labels on sheets', () => {
  it('fill a sheet of three by eight, beginning where the first is free', () => {
    const [first, second] = sheetsOf([...Array(30).keys()], 'a4', 5);
    expect(first?.[0]).toEqual({ label: 0, row: 2, column: 2 });
    expect([first?.length, second?.length]).toEqual([20, 10]);
    expect(second?.[0]).toEqual({ label: 20, row: 1, column: 1 });
  });

  it('come one a sheet from a label printer', () => {
    expect(sheetsOf(['a', 'b'], 'single', 7).map((placed) => placed.length)).toEqual([1, 1]);
  });

  it('are each printed once, no two in one place, wherever the first sheet begins', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: -3, max: 40 }), (count, first) => {
        const sheets = sheetsOf([...Array(count).keys()], 'a4', first);
        expect(sheets.flat().map(({ label }) => label)).toEqual([...Array(count).keys()]);
        for (const placed of sheets) {
          const places = new Set(placed.map(({ row, column }) => `${row} ${column}`));
          expect(places.size).toBe(placed.length);
          expect(placed.length).toBeLessThanOrEqual(LABELS_A_SHEET);
          expect(placed.every(({ row, column }) => row >= 1 && row <= 8 && column >= 1 && column <= 3)).toBe(true);
        }
      }),
    );
  });
});

describe('labels to choose from', () => {
  const label = (bedLabel: string, wardName: string) => ({
    bedId: `${wardName}-${bedLabel}` as BedId,
    code: 'c',
    bedLabel,
    roomLabel: '1',
    wardName,
  });

  it('are of one ward or one bed, in natural order', () => {
    const labels = [label('10', 'B'), label('2', 'B'), label('1', 'A')];
    expect(labelsShown(labels, {}).map(({ bedId }) => bedId)).toEqual(['A-1', 'B-2', 'B-10']);
    expect(labelsShown(labels, { ward: 'B' }).map(({ bedLabel }) => bedLabel)).toEqual(['2', '10']);
    expect(labelsShown(labels, { bed: 'A-1' })).toHaveLength(1);
  });
});

describe('the picture of a code', () => {
  it('is a small vector picture, another for another bed and another kind', () => {
    const pictures = CODE_KINDS.flatMap((kind) => ['WL:BED:1', 'WL:BED:2'].map((code) => codePicture(kind, code)));
    expect(new Set(pictures).size).toBe(4);
    for (const picture of pictures) expect(picture).toMatch(/^data:image\/svg\+xml,%3Csvg/u);
  });
});
