import type { Column, GridApi, IRowNode } from 'ag-grid-community';
import { type CellKind, kindOf } from './column.ts';

/** What a list shows, cell by cell: shown words, and the value behind them where it is a number or a date. */
export interface ListTable {
  readonly headings: readonly string[];
  readonly kinds: readonly CellKind[];
  /** CSS px. */
  readonly widths: readonly number[];
  readonly words: readonly (readonly string[])[];
  readonly values: readonly (readonly unknown[])[];
}

/** How many rows are read before the screen gets a turn. */
const AT_ONCE = 500;

/** The words a cell shows; none for an empty one. */
export function cellWords<Row>(api: GridApi<Row>, rowNode: IRowNode<Row>, colKey: string | Column): string {
  return String(api.getCellValue({ rowNode, colKey, useFormatter: true }) ?? '');
}

/** Rows after filter and sort, columns on show in their order. The rows must hold still until it is done. */
export async function gatherTable<Row>(api: GridApi<Row>): Promise<ListTable> {
  const columns = api.getAllDisplayedColumns();
  const nodes: IRowNode<Row>[] = [];
  api.forEachNodeAfterFilterAndSort((node) => nodes.push(node));
  const words: string[][] = [];
  const values: unknown[][] = [];
  for (const [index, rowNode] of nodes.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await aTurn();
    words.push(columns.map((colKey) => cellWords(api, rowNode, colKey)));
    values.push(columns.map((colKey) => api.getCellValue({ rowNode, colKey }) as unknown));
  }
  return {
    headings: columns.map((column) => api.getDisplayNameForColumn(column, null)),
    kinds: columns.map((column) => kindOf(column.getColDef()) ?? 'text'),
    widths: columns.map((column) => column.getActualWidth()),
    words,
    values,
  };
}

function aTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
