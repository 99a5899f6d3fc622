import type { GridApi, IRowNode } from 'ag-grid-community';
import { kindOf } from './column.ts';
import type { ListAsk } from './list-params.ts';
import { cellWords } from './table.ts';

/** What rows are told apart by in a column: the words shown, and of a moment its day. */
function filterWords<Row>(api: GridApi<Row>, node: IRowNode<Row>, colId: string): string {
  const words = cellWords(api, node, colId);
  const column = api.getColumn(colId);
  return column && kindOf(column.getColDef()) === 'moment' ? (words.split(' ')[0] ?? '') : words;
}

/** Whether a row has, in every column asked about, one of the words asked for. Columns the list lacks ask nothing. */
export function passesOnly<Row>(api: GridApi<Row>, node: IRowNode<Row>, only: ListAsk['only']): boolean {
  return Object.entries(only).every(
    ([colId, words]) => !api.getColumn(colId) || words.includes(filterWords(api, node, colId)),
  );
}

export interface CountedWords {
  readonly words: string;
  readonly rows: number;
}

/** Every word a column holds, with how many rows hold it, in the order people count and spell. */
export function wordsIn<Row>(api: GridApi<Row>, colId: string): CountedWords[] {
  const counts = new Map<string, number>();
  api.forEachNode((node) => {
    const words = filterWords(api, node, colId);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  });
  return [...counts]
    .map(([words, rows]) => ({ words, rows }))
    .sort((one, other) => ORDER.compare(one.words, other.words));
}

const ORDER = new Intl.Collator('en-GB', { numeric: true });
