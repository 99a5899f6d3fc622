import {
  type CellKeyDownEvent,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  type ColDef,
  ColumnAutoSizeModule,
  type GridApi,
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
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './DataGrid.module.css';

ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  ClientSideRowModelApiModule,
  ColumnAutoSizeModule,
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

interface DataGridProps<Row> {
  /** Names the grid for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly ColDef<Row>[];
  readonly search?: string;
  /** What stands in place of rows when there are none, or none matches: the screen's own words. */
  readonly empty: ReactNode;
  /** Opened by click or Enter. */
  readonly onOpen?: (row: Row) => void;
  /** The row that is open beside the grid. */
  readonly openId?: string | undefined;
  /** Columns whose words change with time alone; drawn again when `tick` changes. */
  readonly timed?: readonly string[];
  readonly tick?: number;
}

/** A list of records: sorts, searches, follows changes row by row, and opens a row by click or Enter. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, rows, rowId, columns, search = '', empty, onOpen, openId, timed, tick } = props;
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const [none, setNone] = useState(false);
  const [first] = useState(() => [...rows]);
  const shown = useRef<ReadonlyMap<string, Row>>(new Map(first.map((row) => [rowId(row), row])));

  useEffect(() => {
    if (!api) return;
    const next = new Map(rows.map((row) => [rowId(row), row]));
    const before = shown.current;
    shown.current = next;
    const add = rows.filter((row) => !before.has(rowId(row)));
    const update = rows.filter((row) => before.has(rowId(row)) && before.get(rowId(row)) !== row);
    const remove = [...before].filter(([id]) => !next.has(id)).map(([, row]) => row);
    if (add.length + update.length + remove.length > 0) api.applyTransaction({ add, update, remove });
  }, [api, rows, rowId]);

  useEffect(() => {
    if (api && timed && tick !== undefined) api.refreshCells({ columns: [...timed], force: true });
  }, [api, timed, tick]);

  useEffect(() => {
    if (!api) return;
    api.deselectAll();
    if (openId !== undefined) api.getRowNode(openId)?.setSelected(true);
  }, [api, openId]);

  return (
    <div className={styles.grid}>
      <AgGridReact<Row>
        theme={theme}
        rowData={first}
        columnDefs={[...columns]}
        defaultColDef={DEFAULT_COLUMN}
        getRowId={({ data }) => rowId(data)}
        quickFilterText={search}
        ensureDomOrder
        suppressColumnVirtualisation
        suppressCellFocus={false}
        animateRows={false}
        rowSelection={ROW_SELECTION}
        suppressOverlays={NO_OVERLAYS}
        onModelUpdated={({ api: grid }) => setNone(grid.getDisplayedRowCount() === 0)}
        onGridReady={(event) => {
          event.api.setGridAriaProperty('label', label);
          setApi(event.api);
        }}
        onRowClicked={({ data }) => data && onOpen?.(data)}
        onCellKeyDown={(event) => openByKey(event, onOpen)}
      />
      {none && <div className={styles.empty}>{empty}</div>}
    </div>
  );
}

const DEFAULT_COLUMN: ColDef = { sortable: true, resizable: true, suppressHeaderMenuButton: true, minWidth: 64 };
/** The grid's own words about missing rows are not the clinic's. */
const NO_OVERLAYS: OverlayType[] = ['noRows', 'noMatchingRows'];
const ROW_SELECTION = { mode: 'singleRow', checkboxes: false, enableClickSelection: false } as const;

function openByKey<Row>(event: unknown, onOpen: ((row: Row) => void) | undefined): void {
  const { data, event: key } = event as CellKeyDownEvent<Row>;
  if (key instanceof KeyboardEvent && key.key === 'Enter' && data) onOpen?.(data);
}
