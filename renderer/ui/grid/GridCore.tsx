import {
  CellApiModule,
  type CellKeyDownEvent,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnApiModule,
  ColumnAutoSizeModule,
  ExternalFilterModule,
  type GridApi,
  type IRowNode,
  ModuleRegistry,
  type OverlayType,
  QuickFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { arrange, arrangementOf } from './arrange.ts';
import type { NamedColumn } from './column.ts';
import styles from './DataGrid.module.css';
import type { ListAsk } from './list-params.ts';
import { passesOnly } from './only.ts';
import { cellWords } from './table.ts';

ModuleRegistry.registerModules([
  CellApiModule,
  ClientSideRowModelModule,
  ClientSideRowModelApiModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  ExternalFilterModule,
  QuickFilterModule,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  RowStyleModule,
  CellStyleModule,
  TooltipModule,
]);

const theme = themeQuartz.withParams({
  fontFamily: 'inherit',
  fontSize: 13,
  rowHeight: 32,
  headerHeight: 32,
  headerFontWeight: 500,
  cellHorizontalPadding: 10,
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  headerBackgroundColor: 'var(--surface)',
  headerTextColor: 'var(--text-2)',
  borderColor: 'var(--line)',
  rowHoverColor: 'var(--hover)',
  selectedRowBackgroundColor: 'var(--accent-soft)',
  accentColor: 'var(--accent)',
  browserColorScheme: 'inherit',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
});

export interface GridRows<Row> {
  /** Names the grid for screen readers, and files made of it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What stands in place of rows when there are none, or none matches: the screen's own words. */
  readonly empty: ReactNode;
  /** Opened by click or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** The row that is open beside the grid. */
  readonly openId?: string | undefined;
  /** Columns whose words change with time alone; drawn again when `tick` changes. */
  readonly timed?: readonly string[] | undefined;
  readonly tick?: number | undefined;
}

interface GridCoreProps<Row> extends GridRows<Row> {
  readonly columns: readonly NamedColumn<Row>[];
  readonly ask: ListAsk;
  /** A person sorted, moved or sized columns. */
  readonly onArranged?: (arrangement: Pick<ListAsk, 'sort' | 'shown'>) => void;
  readonly onReady?: (api: GridApi<Row>) => void;
  readonly onShown?: (count: number) => void;
  /** Rows hold still while it is true; what came meanwhile is shown after. */
  readonly held?: boolean;
}

/** The grid itself: follows its rows and what is asked of it, and says what a person did to its columns. */
export function GridCore<Row>(props: GridCoreProps<Row>) {
  const { label, rowId, columns, ask, empty, onOpen, timed, tick, onArranged, onReady, onShown } = props;
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const [none, setNone] = useState(false);
  const columnDefs = useMemo(() => [...columns], [columns]);
  const filter = useOnlyFilter(api, ask.only);

  useEffect(() => {
    if (api) arrange(api, columns, { sort: ask.sort, shown: ask.shown });
  }, [api, columns, ask.sort, ask.shown]);

  const filled = useRows(api, props);

  useEffect(() => {
    if (api && timed && tick !== undefined) api.refreshCells({ columns: [...timed], force: true });
  }, [api, timed, tick]);

  useOpenRow(api, props.openId);

  const arranged = (source: string): void => {
    if (api && (source.startsWith('ui') || source === 'autosizeColumns')) onArranged?.(arrangementOf(api, columns));
  };
  return (
    <div className={styles.grid}>
      <AgGridReact<Row>
        theme={theme}
        columnDefs={columnDefs}
        defaultColDef={DEFAULT_COLUMN as ColDef<Row>}
        getRowId={({ data }) => rowId(data)}
        quickFilterText={ask.search}
        cacheQuickFilter
        deltaSort
        {...filter}
        ensureDomOrder
        suppressColumnVirtualisation
        suppressDragLeaveHidesColumns
        suppressCellFocus={false}
        animateRows={false}
        rowSelection={ROW_SELECTION}
        suppressOverlays={NO_OVERLAYS}
        loading={false}
        onModelUpdated={({ api: grid }) => {
          if (!filled.current) return;
          setNone(grid.getDisplayedRowCount() === 0);
          onShown?.(grid.getDisplayedRowCount());
        }}
        onSortChanged={({ source }) => arranged(source)}
        onColumnMoved={({ source, finished }) => finished && arranged(source)}
        onColumnResized={({ source, finished }) => finished && arranged(source)}
        onGridReady={(event) => {
          event.api.setGridAriaProperty('label', label);
          setApi(event.api);
          onReady?.(event.api);
        }}
        onRowClicked={({ data }) => data && onOpen?.(data)}
        onCellKeyDown={(event) => openByKey(event, onOpen)}
      />
      {none && <div className={styles.empty}>{empty}</div>}
    </div>
  );
}

/**
 * Keeps the grid's rows as they are told, row by row where only some changed. The first ones come when the grid already
 * knows what is asked of it, so that it never shows a row nobody asked for. Answers the rows the grid has.
 */
function useRows<Row>(api: GridApi<Row> | null, { rows, rowId, held = false }: GridCoreProps<Row>) {
  const filled = useRef<readonly Row[] | null>(null);
  useEffect(() => {
    if (!api || held || filled.current === rows) return;
    const before = filled.current;
    filled.current = rows;
    const sameRows = before?.length === rows.length && before.every((row, at) => rowId(row) === rowId(rows[at] as Row));
    const update = sameRows ? rows.filter((row, at) => row !== before[at]) : [];
    if (!sameRows) api.setGridOption('rowData', [...rows]);
    else if (update.length > 0) api.applyTransaction({ update });
  }, [api, rows, rowId, held]);
  return filled;
}

/** The two halves of the grid's filter, the same functions for ever: new ones would make it filter all rows again. */
function useOnlyFilter<Row>(api: GridApi<Row> | null, only: ListAsk['only']) {
  const asked = useRef(only);
  const grid = useRef<GridApi<Row> | null>(null);
  useEffect(() => {
    if (asked.current === only) return;
    asked.current = only;
    api?.onFilterChanged();
  }, [api, only]);
  return useMemo(
    () => ({
      // The grid asks this before any row, and is the only one to say in time which grid it is.
      isExternalFilterPresent: ({ api: asking }: { api: GridApi<Row> }) => {
        grid.current = asking;
        return Object.keys(asked.current).length > 0;
      },
      doesExternalFilterPass: (node: IRowNode<Row>) =>
        grid.current !== null && passesOnly(grid.current, node, asked.current),
    }),
    [],
  );
}

function useOpenRow<Row>(api: GridApi<Row> | null, openId: string | undefined): void {
  useEffect(() => {
    if (!api) return;
    api.deselectAll();
    if (openId !== undefined) api.getRowNode(openId)?.setSelected(true);
  }, [api, openId]);
}

const DEFAULT_COLUMN: ColDef = {
  sortable: true,
  resizable: true,
  suppressHeaderMenuButton: true,
  minWidth: 64,
  // People search for what they see, not for what stands behind it.
  getQuickFilterText: ({ api, node, column }) => cellWords(api, node, column),
};
/** The grid's own words about missing rows are not the clinic's. */
const NO_OVERLAYS: OverlayType[] = ['noRows', 'noMatchingRows'];
const ROW_SELECTION = { mode: 'singleRow', checkboxes: false, enableClickSelection: false } as const;

function openByKey<Row>(event: unknown, onOpen: ((row: Row) => void) | undefined): void {
  const { data, event: key } = event as CellKeyDownEvent<Row>;
  if (key instanceof KeyboardEvent && key.key === 'Enter' && data) onOpen?.(data);
}
