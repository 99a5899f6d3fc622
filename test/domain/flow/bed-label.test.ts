import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bedsScanned, labelCode } from '#domain/flow/bed-label.ts';
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
