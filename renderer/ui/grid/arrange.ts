import type { ColumnState, GridApi } from 'ag-grid-community';
import type { NamedColumn } from './column.ts';
import type { ListAsk, ShownColumn, SortStep } from './list-params.ts';

const USUAL_WIDTH = 200;

/** Columns on show when nobody asked otherwise. */
export function usualColumns<Row>(columns: readonly NamedColumn<Row>[]): ShownColumn[] {
  return columns.filter(({ hide }) => !hide).map(({ colId }) => ({ column: colId, width: null }));
}

/** Brings the grid's columns and order into line with what was asked; names it does not know it leaves out. */
export function arrange<Row>(
  api: GridApi<Row>,
  columns: readonly NamedColumn<Row>[],
  { sort, shown }: Pick<ListAsk, 'sort' | 'shown'>,
): void {
  const known = new Map(columns.map((column) => [column.colId, column]));
  const wanted = (shown ?? []).filter(({ column }) => known.has(column));
  const visible = wanted.length > 0 ? wanted : usualColumns(columns);
  const widths = new Map(visible.map(({ column, width }) => [column, width]));
  const hidden = columns.filter(({ colId }) => !widths.has(colId)).map(({ colId }) => colId);
  const steps = sort.filter(({ column }) => known.has(column));
  const state = [...visible.map(({ column }) => column), ...hidden].map((colId): ColumnState => {
    const made = known.get(colId);
    const width = widths.get(colId) ?? null;
    const step = steps.findIndex(({ column }) => column === colId);
    return {
      colId,
      hide: !widths.has(colId),
      width: width ?? made?.width ?? USUAL_WIDTH,
      flex: width === null ? (made?.flex ?? null) : null,
      sort: step === -1 ? null : steps[step]?.descending ? 'desc' : 'asc',
      sortIndex: step === -1 ? null : step,
    };
  });
  api.applyColumnState({ state, applyOrder: true });
}

/** How the grid stands now, in the words of the address. */
export function arrangementOf<Row>(
  api: GridApi<Row>,
  columns: readonly NamedColumn<Row>[],
): Pick<ListAsk, 'sort' | 'shown'> {
  const made = new Map(columns.map((column) => [column.colId, column]));
  const state = api.getColumnState();
  const sort = state
    .filter((column) => column.sort)
    .sort((one, other) => (one.sortIndex ?? 0) - (other.sortIndex ?? 0))
    .map((column): SortStep => ({ column: column.colId, descending: column.sort === 'desc' }));
  const shown = state
    .filter(({ hide }) => !hide)
    .map(({ colId, width, flex }): ShownColumn => {
      const { width: usual = USUAL_WIDTH, flex: stretches } = made.get(colId) ?? {};
      const own = stretches ? !flex : width !== usual;
      return { column: colId, width: own && width ? Math.round(width) : null };
    });
  return { sort, shown: JSON.stringify(shown) === JSON.stringify(usualColumns(columns)) ? null : shown };
}
