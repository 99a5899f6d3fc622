import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bedsScanned, bedsTyped, labelCode } from '#domain/flow/bed-label.ts';
import type { BedId } from '#domain/ids.ts';

const BED = '01a20503-c30f-7805-b245-e7a7e9800b54' as BedId;
const hostile: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['another code', '04012345678901'],
  ['a formula', '=cmd|" /C calc"!A0'],
  ['an address', 'https://example.org/WL:BED:1'],
  ['an address in the code', 'WL:BED:https://example.org'],
  ['a control character within', `WL:BED:${BED.slice(0, 8)}\u0003${BED.slice(9)}`],
  ['a line end within', `WL:BED:\n${BED}`],
  ['two labels in one', `${labelCode(BED)}${labelCode(BED)}`],
  ['two lines', `${labelCode(BED)}\n${labelCode(BED)}`],
  ['half a label', 'WL:BED:'],
  ['5,000 characters', 'A'.repeat(5_000)],
  ['a label with 5,000 more', `${labelCode(BED)}${'0'.repeat(5_000)}`],
  ['a path', 'WL:BED:../../etc/passwd'],
  ['quotes', "WL:BED:' OR 1=1 --"],
  ['a scanner word alone', ']d2'],
  ['marks nobody sees', `WL:BED:\u202e${BED}`],
];

describe('a scanned label', () => {
  it.each([
    ['as printed', labelCode(BED)],
    ['in capitals', labelCode(BED).toUpperCase()],
    ['in small letters', labelCode(BED).toLowerCase()],
    ['with spaces around', `  ${labelCode(BED)}\t `],
    ['with CR and LF after it', `${labelCode(BED)}\r\n`],
    ['from a DataMatrix', `]d2${labelCode(BED)}`],
    ['from a QR code', `]Q3${labelCode(BED)}\r`],
  ])('%s names its bed', (_, scanned) => {
    expect(bedsScanned(scanned)).toContain(BED);
  });

  it.each(hostile)('F63 %s names none', (_, scanned) => {
    expect(bedsScanned(scanned)).toEqual([]);
  });

  it('F63 names nothing but letters, digits and hyphens, whatever is scanned', () => {
    const near = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((tail) => `WL:BED:${tail}`),
    );
    fc.assert(
      fc.property(near, (scanned) => {
        for (const bedId of bedsScanned(scanned)) expect(bedId).toMatch(/^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/);
      }),
    );
  });
});

describe('a bed’s label typed by hand', () => {
  const called = (wardName: string, ...labels: string[]) =>
    labels.map((label) => ({ id: `${wardName} ${label}` as BedId, wardName, label }));
  const HOUSE = [
    ...called('Emergency', 'E4', 'E5'),
    ...called('Ward A – Medicine', '4', '14'),
    ...called('Ward A North', '4', '7'),
    ...called('Ward B', '4', 'Bed 03', 'B 2', 'Bed-103'),
    ...called('Ward B Annex', '4'),
  ];

  it.each([
    ['E4', 'Emergency E4'],
    ['e4', 'Emergency E4'],
    ['bed E4', 'Emergency E4'],
    ['  BED   e4 ', 'Emergency E4'],
    ['emergency e4', 'Emergency E4'],
    ['Emergency, bed E4', 'Emergency E4'],
    ['E4, Emergency', 'Emergency E4'],
    ['14', 'Ward A – Medicine 14'],
    ['7', 'Ward A North 7'],
    ['Ward A Medicine 4', 'Ward A – Medicine 4'],
    ['ward a – medicine 4', 'Ward A – Medicine 4'],
    ['Ward A North 4', 'Ward A North 4'],
    ['Ward A 7', 'Ward A North 7'],
    ['ward b 4', 'Ward B 4'],
    ['bed 4 ward b', 'Ward B 4'],
    ['03', 'Ward B Bed 03'],
    ['Bed 03', 'Ward B Bed 03'],
    ['Ward B 03', 'Ward B Bed 03'],
    ['b 2', 'Ward B B 2'],
    ['bed-103', 'Ward B Bed-103'],
    ['ｅ４', 'Emergency E4'],
  ])('%s means one bed', (typed, id) => {
    expect(bedsTyped(typed, HOUSE).map((bed) => bed.id)).toEqual([id]);
  });

  it.each([
    ['4', ['Ward A – Medicine 4', 'Ward A North 4', 'Ward B 4', 'Ward B Annex 4']],
    ['Ward A 4', ['Ward A – Medicine 4', 'Ward A North 4']],
  ])('%s means several, and is not settled by chance', (typed, ids) => {
    expect(bedsTyped(typed, HOUSE).map((bed) => bed.id)).toEqual(ids);
  });

  it.each<readonly [string, string]>([
    ['another label', 'E9'],
    ['a part of one', 'E'],
    ['a bed with more behind it', 'E44'],
    ['a bed of another ward', 'Ward B 14'],
    ['half a word of a ward', 'Emerg E4'],
    ['a ward alone', 'Emergency'],
    ['the word alone', 'bed'],
    ['a full stop too many', 'E4.'],
    ...hostile,
  ])('F63 %s means none', (_, typed) => {
    expect(bedsTyped(typed, HOUSE)).toEqual([]);
  });

  it('means only beds whose label stands in what was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const plain = typed.normalize('NFKC').toLowerCase();
        for (const { label } of bedsTyped(typed, HOUSE))
          expect(plain).toContain(label.toLowerCase().replace(/^bed /u, ''));
      }),
    );
  });
});
