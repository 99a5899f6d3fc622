import type { CodeKind } from './code-picture.ts';

/** Sheets of 24 labels, or one label after the other on a roll. */
export const SHEETS = ['a4', 'single'] as const;
export type SheetKind = (typeof SHEETS)[number];

export const SHEET_WORDS: Readonly<Record<SheetKind, string>> = {
  a4: 'A4, 24 labels of 70 × 37 mm',
  single: 'Label printer, 62 × 29 mm',
};
export const CODE_WORDS: Readonly<Record<CodeKind, string>> = { datamatrix: 'Data Matrix', qr: 'QR code' };

export const LABELS_A_SHEET = 24;

/** Where on its sheet a label stands, both from 1. */
export interface Placed<Label> {
  readonly label: Label;
  readonly row: number;
  readonly column: number;
}

const COLUMNS = 3;

/**
 * Labels laid out on sheets. `first` (1 to 24) is where the first sheet begins, so that one already begun can be used
 * up. A roll has one label a sheet.
 */
export function sheetsOf<Label>(labels: readonly Label[], sheet: SheetKind, first: number): Placed<Label>[][] {
  if (sheet === 'single') return labels.map((label) => [{ label, row: 1, column: 1 }]);
  const skipped = Math.min(Math.max(Math.trunc(first), 1), LABELS_A_SHEET) - 1;
  const sheets: Placed<Label>[][] = [];
  for (const [index, label] of labels.entries()) {
    const place = index + skipped;
    const onSheet = place % LABELS_A_SHEET;
    const placed = { label, row: Math.floor(onSheet / COLUMNS) + 1, column: (onSheet % COLUMNS) + 1 };
    const at = Math.floor(place / LABELS_A_SHEET);
    sheets[at] = [...(sheets[at] ?? []), placed];
  }
  return sheets;
}
