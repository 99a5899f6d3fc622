import type { Cell, SheetData } from 'write-excel-file/universal';
import type { CellKind } from './column.ts';
import { wallClock } from './list-time.ts';
import type { ListTable } from './table.ts';

/** A cell as it goes to the writer's thread: a Date is a moment or a day. */
type Value = string | number | Date;

/** What the sheet beside the list says of it: name and words. */
export type SheetNotes = readonly (readonly [name: string, words: string])[];

export interface Workbook {
  /** At most 31 letters, none of `[]/\:*?`. */
  readonly sheet: string;
  readonly headings: readonly string[];
  readonly kinds: readonly CellKind[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly Value[])[];
  readonly notes: SheetNotes;
}

const FORMATS: Readonly<Partial<Record<CellKind, string>>> = { moment: 'dd-mmm-yyyy hh:mm', day: 'dd-mmm-yyyy' };

/** A list as a workbook: numbers as numbers, moments and days as dates of the clinic, all else as the words shown. */
export function workbookOf(table: ListTable, name: string, zone: string, notes: SheetNotes): Workbook {
  return {
    sheet: sheetName(name),
    headings: table.headings,
    kinds: table.kinds,
    widths: table.widths,
    rows: table.values.map((values, row) =>
      values.map((value, column) =>
        exportValue(table.kinds[column] ?? 'text', value, table.words[row]?.[column] ?? '', zone),
      ),
    ),
    notes,
  };
}

function exportValue(kind: CellKind, value: unknown, words: string, zone: string): Value {
  if (kind === 'moment' && typeof value === 'number') return new Date(wallClock(value, zone));
  if (kind === 'day' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value)) return new Date(value);
  if (kind === 'number' && typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'number' && words === String(value) ? value : words;
}

function sheetName(name: string): string {
  return (
    name
      .replaceAll(/[[\]/\\:*?]/gu, ' ')
      .trim()
      .slice(0, 31) || 'List'
  );
}

/** The writer takes these for words it has already written. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

function text(words: string): Cell {
  // The format `@`: a spreadsheet keeps what looks like a number or a formula as the words they are.
  return { type: String, value: INHERITED.has(words) ? `${words} ` : words, format: '@' };
}

function cellOf(kind: CellKind, value: Value): Cell {
  if (value instanceof Date) return { type: Date, value, format: FORMATS[kind] ?? 'dd-mmm-yyyy hh:mm' };
  if (typeof value === 'number') return { type: Number, value };
  return value === '' ? null : text(value);
}

const heading = (words: string): Cell => ({ type: String, value: words || ' ', fontWeight: 'bold' });

/** The file itself. Long work: see xlsx-thread. */
export async function writeWorkbook({ sheet, headings, kinds, widths, rows, notes }: Workbook): Promise<Blob> {
  const { default: writeExcelFile } = await import('write-excel-file/universal');
  const data: SheetData = [
    headings.map(heading),
    ...rows.map((cells) => cells.map((value, column) => cellOf(kinds[column] ?? 'text', value))),
  ];
  const about: SheetData = notes.map(([name, words]) => [heading(name), text(words)]);
  return await writeExcelFile([
    { data, sheet, stickyRowsCount: 1, columns: widths.map((px) => ({ width: Math.max(8, Math.round(px / 7)) })) },
    { data: about, sheet: 'About this list', columns: [{ width: 18 }, { width: 60 }] },
  ]).toBlob();
}
