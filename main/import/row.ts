import type { ScratchStay } from '#db/scratch.ts';
import type { ClinicDays } from '#domain/clinic/clinic-days.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { CsvRecord } from './csv.ts';
import { readMoment } from './moment.ts';
import { type ColumnMap, FIELDS, type Field, type ImportOptions } from './options.ts';

/** Something a line says that cannot be: `what` goes on from the column's name. */
export interface Problem {
  readonly line: number;
  readonly column: string;
  readonly what: string;
  readonly value: string;
}

/** Something a line says that may be so, and that whoever imports it should look at. */
export type Doubt = Problem;

export interface RowReading {
  /** What the line says; with problems only its visit is of use, and there is none without one. */
  readonly stay: ScratchStay | undefined;
  readonly problems: readonly Problem[];
  readonly doubts: readonly Doubt[];
  /** Neither of its moments has a time of day. */
  readonly dateOnly: boolean;
}

const LONGEST = 100;

/** Where each field stands in a line. Throws invalid-input when a column is missing, naming those there are. */
export function columnIndexes(header: readonly string[], columns: ColumnMap): ReadonlyMap<Field, number> {
  const plain = (name: string) => name.trim().toLowerCase();
  const indexes = new Map<Field, number>();
  const missing: string[] = [];
  for (const field of FIELDS) {
    const column = columns[field];
    if (column === undefined) continue;
    const exact = header.findIndex((name) => name.trim() === column);
    const index = exact === -1 ? header.findIndex((name) => plain(name) === plain(column)) : exact;
    if (index === -1) missing.push(column);
    else indexes.set(field, index);
  }
  if (missing.length === 0) return indexes;
  const there = header.map((name) => shown(name.trim())).join(', ');
  throw new ClinicError(
    'invalid-input',
    `The file has no column ${missing.join(', ')}. It has: ${shown(there, 2_000)}.`,
  );
}

export interface RowQuestion {
  readonly indexes: ReadonlyMap<Field, number>;
  /** Cells of the header. */
  readonly width: number;
  readonly options: Pick<ImportOptions, 'columns' | 'dates'>;
  readonly days: ClinicDays;
  readonly now: number;
}

/** What one line says, or what is wrong with it: everything, not the first thing only. */
export function readRow(
  { line, cells, broken }: CsvRecord,
  { indexes, width, options, days, now }: RowQuestion,
): RowReading {
  const { columns, dates } = options;
  const problems: Problem[] = lineProblems({ line, cells, broken }, width);
  const doubts: Doubt[] = [];
  const cell = (field: Field) => cells[indexes.get(field) ?? -1]?.trim() ?? '';
  const wrong = (field: Field, what: string) => {
    problems.push({ line, column: columns[field] ?? field, what, value: shown(cell(field)) });
  };
  const word = (field: Field) => {
    const value = cell(field).normalize('NFC');
    if (value.length > LONGEST) wrong(field, `is longer than ${LONGEST} characters`);
    else if (/\p{C}/u.test(value)) wrong(field, 'has characters that cannot be shown');
    return value;
  };
  const moment = (field: 'from' | 'to') => {
    const read = readMoment(cell(field), days, dates);
    if (!read.ok) wrong(field, read.what);
    else if (read.skipped) {
      const what = 'is a time the clocks skipped; it counts as the same while after';
      doubts.push({ line, column: columns[field] ?? field, what, value: shown(cell(field)) });
    }
    return read.ok ? read : undefined;
  };
  const [visit, patient, ward] = [word('visit'), word('patient'), word('ward')];
  if (visit === '') wrong('visit', 'is empty');
  if (patient === '' && columns.patient !== undefined) wrong('patient', 'is empty');
  if (ward === '' && columns.ward !== undefined) wrong('ward', 'is empty');
  const [from, to] = [moment('from'), moment('to')];
  if (from && to && to.at < from.at) wrong('to', 'is before the start');
  else if (to && to.at > now) wrong('to', 'is in the future');
  const stay = { visit, line, patient, ward, from: from?.at ?? 0, to: to?.at ?? 0, outcome: cell('outcome') };
  const named = visit !== '' && visit.length <= LONGEST;
  return {
    stay: named ? { ...stay, bad: problems.length > 0 } : undefined,
    problems,
    doubts,
    dateOnly: (from?.dateOnly ?? false) && (to?.dateOnly ?? false),
  };
}

/** What is wrong with a line as such. Cells beyond the header's that are empty are a table program's, and nothing wrong. */
function lineProblems({ line, cells, broken }: CsvRecord, width: number): Problem[] {
  const value = shown(cells.join(', '));
  if (broken) return [{ line, column: 'the line', what: 'has a quote left open', value }];
  const count = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (cells.length >= width && count <= width) return [];
  const what = `has ${Math.max(cells.length < width ? cells.length : count, 1)} cells, the header ${width}`;
  return [{ line, column: 'the line', what, value }];
}

/** A value as it may be printed: short, on one line, nothing hidden. */
export function shown(value: string, longest = 60): string {
  const plain = value.slice(0, longest).replace(/\p{C}/gu, '�');
  return value.length > longest ? `${plain}…` : plain;
}
