import type { ColDef, ValueFormatterParams, ValueGetterParams } from 'ag-grid-community';
import { momentWords } from './list-time.ts';

/** What the cells of a column are: how they sort, filter and leave for a spreadsheet. Moments are epoch ms, days `YYYY-MM-DD`. */
export type CellKind = 'text' | 'number' | 'moment' | 'day';

/** A column with a name of its own: the address and saved views speak of it by that. */
export type NamedColumn<Row> = ColDef<Row> & { readonly colId: string };

/** What a column says of itself besides what the grid knows. */
interface ColumnNotes {
  readonly kind: CellKind;
}

/** Columns with names: their own, their field's, or one made of their heading. */
export function named<Row>(columns: readonly ColDef<Row>[]): NamedColumn<Row>[] {
  return columns.map((column) => ({
    ...column,
    colId: column.colId ?? (column.field as string | undefined)?.replace(/[^\w-]/gu, '-') ?? slug(column.headerName),
  }));
}

function slug(heading = ''): string {
  const words = heading.toLowerCase().replace(/[^a-z0-9]+/gu, '-');
  return words.replace(/^-|-$/gu, '') || 'mark';
}

/** The kind a column says it has; without a word of it, numbers are numbers and all else is text. */
export function kindOf(column: ColDef): CellKind | undefined {
  return (column.context as ColumnNotes | undefined)?.kind;
}

interface MomentColumn<Row> extends Omit<ColDef<Row>, 'valueGetter' | 'valueFormatter' | 'context'> {
  readonly at: (row: Row) => number | null;
  readonly zone: string;
}

/** A column of instants: sorted by time, shown as `dd-MMM-yyyy HH:mm`, exported as dates. */
export function momentColumn<Row>({ at, zone, ...rest }: MomentColumn<Row>): ColDef<Row> {
  const notes: ColumnNotes = { kind: 'moment' };
  return {
    width: 170,
    ...rest,
    valueGetter: ({ data }: ValueGetterParams<Row>) => (data ? at(data) : null),
    valueFormatter: ({ value }: ValueFormatterParams<Row, number | null>) =>
      value === null || value === undefined ? '' : momentWords(value, zone),
    context: notes,
  };
}

interface NumberColumn<Row> extends Omit<ColDef<Row>, 'valueGetter' | 'valueFormatter' | 'context'> {
  readonly number: (row: Row) => number | null;
  /** As shown; left out, the digits. */
  readonly words?: (number: number, row: Row) => string;
}

/** A column of numbers: aligned right, exported as numbers whatever words go with them on the screen. */
export function numberColumn<Row>({ number, words, ...rest }: NumberColumn<Row>): ColDef<Row> {
  const notes: ColumnNotes = { kind: 'number' };
  return {
    type: 'rightAligned',
    width: 100,
    ...rest,
    valueGetter: ({ data }: ValueGetterParams<Row>) => (data ? number(data) : null),
    valueFormatter: ({ value, data }: ValueFormatterParams<Row, number | null>) =>
      value === null || value === undefined ? '' : words && data ? words(value, data) : String(value),
    context: notes,
  };
}
