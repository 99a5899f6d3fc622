import type { GridApi } from 'ag-grid-community';
import { type ReactNode, useState } from 'react';
import { counted, formatNumber } from '../format.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import type { NamedColumn } from './column.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import { GridCore, type GridRows } from './GridCore.tsx';
import styles from './ListGrid.module.css';
import { OnlyChips } from './OnlyChips.tsx';
import { SearchField } from './SearchField.tsx';
import { useListAsk } from './use-list-ask.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

interface ListGridProps<Row> extends GridRows<Row> {
  readonly list: string;
  readonly thing: string;
  readonly part?: string | undefined;
  readonly find?: string | undefined;
  readonly columns: readonly NamedColumn<Row>[];
  /** The screen's own choices in the address that belong to a saved view. */
  readonly choices?: readonly string[] | undefined;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A grid under its bar; what is asked of it lives in the address. */
export function ListGrid<Row>({
  list,
  thing,
  part,
  find,
  choices = NO_CHOICES,
  children,
  actions,
  ...grid
}: ListGridProps<Row>) {
  const { ask, change } = useListAsk();
  const [api, setApi] = useState<GridApi<Row> | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [held, setHeld] = useState(false);
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <SearchField label={find ?? `Find a ${thing}`} value={ask.search} onSearch={(search) => change({ search })} />
        {children}
        <span className={styles.count} role="status">
          {shown !== null && countWords(shown, grid.rows.length, thing, part)}
        </span>
        {api && (
          <span className={styles.tools}>
            <FilterMenu api={api} columns={grid.columns} only={ask.only} onOnly={(only) => change({ only })} />
            <ColumnsMenu columns={grid.columns} shown={ask.shown} onShown={(columns) => change({ shown: columns })} />
            <ViewsMenu list={list} choices={choices} />
            <ExportMenu api={api} name={grid.label} thing={thing} ask={ask} columns={grid.columns} onHold={setHeld} />
          </span>
        )}
        {actions}
      </div>
      <OnlyChips columns={grid.columns} only={ask.only} onOnly={(only) => change({ only })} />
      <div className={styles.rows}>
        <GridCore<Row> {...grid} ask={ask} held={held} onArranged={change} onReady={setApi} onShown={setShown} />
      </div>
    </div>
  );
}

function countWords(shown: number, all: number, thing: string, part: string | undefined): string {
  const these = part === undefined ? '' : `${part} `;
  if (shown < all) return `${formatNumber(shown, 0)} of ${these}${formatNumber(all, 0)}`;
  return part === undefined ? counted(all, thing) : `${part} ${counted(all, thing)}`;
}

const NO_CHOICES: readonly string[] = [];
