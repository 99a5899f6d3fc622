import type { ColDef } from 'ag-grid-community';
import { type ReactNode, useMemo } from 'react';
import { named } from './column.ts';
import { GridCore, type GridRows } from './GridCore.tsx';
import { ListGrid } from './ListGrid.tsx';
import type { ListAsk } from './list-params.ts';

interface DataGridProps<Row> extends GridRows<Row> {
  readonly columns: readonly ColDef<Row>[];
  /**
   * Names the list for saved views. With it the list keeps search, filters, order and columns in the address, and has a
   * bar with search, filter, columns, views and export. One such list a screen.
   */
  readonly list?: string;
  /** What is listed, in the singular: "bed". */
  readonly thing?: string;
  /** What part of all rows is here, such as `newest`, so that their number is not taken for all; without it they are all. */
  readonly part?: string | undefined;
  /** What the search field looks through, in words. */
  readonly find?: string;
  /** Of the screen's own choices in the address, those that belong to a saved view. */
  readonly choices?: readonly string[];
  /** The screen's own choices, beside the search. */
  readonly children?: ReactNode;
  /** The screen's own acts, at the end of the bar. */
  readonly actions?: ReactNode;
  /** Search of a list without a bar of its own. */
  readonly search?: string;
}

/** A list of records: sorts, searches, filters, follows changes row by row, and opens a row by click or Enter. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns: given, list, thing = 'row', part, find, choices, children, actions, search = '', ...rows } = props;
  const columns = useMemo(() => named(given), [given]);
  const ask = useMemo((): ListAsk => ({ search, sort: [], shown: null, only: {} }), [search]);
  if (list === undefined) return <GridCore<Row> {...rows} columns={columns} ask={ask} />;
  return (
    <ListGrid<Row>
      {...rows}
      columns={columns}
      list={list}
      thing={thing}
      part={part}
      find={find}
      choices={choices}
      actions={actions}
    >
      {children}
    </ListGrid>
  );
}
