import type { ColDef } from 'ag-grid-community';
import { useMemo } from 'react';
import type { KpiList } from '#domain/flow/kpi.ts';
import { useMe, useZone } from '#renderer/client/hooks.ts';
import { visitTitle, visitWords } from '#renderer/client/visit-words.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { formatNumber } from '#renderer/ui/format.ts';
import { momentColumn, named, numberColumn } from '#renderer/ui/grid/column.ts';
import { ListGrid } from '#renderer/ui/grid/ListGrid.tsx';
import { type BehindRow, detailWords, LIST_WORDS } from './behind.ts';

interface BehindGridProps {
  readonly list: KpiList;
  readonly title: string;
  readonly rows: readonly BehindRow[];
}

interface NumberedRow extends BehindRow {
  readonly id: string;
}

/** The lines a figure counts, to sort, search and take away as a file. */
export function BehindGrid({ list, title, rows }: BehindGridProps) {
  const { may } = useMe();
  const zone = useZone();
  const names = may('see-names');
  const columns = useMemo(() => columnsOf(list, zone, names), [list, zone, names]);
  const numbered = useMemo(() => rows.map((row, index) => ({ ...row, id: String(index) })), [rows]);
  return (
    <ListGrid<NumberedRow>
      list={`figures-${list}`}
      thing="line"
      label={title}
      rows={numbered}
      rowId={rowId}
      columns={columns}
      empty={<Blank title="Nothing to list in this period" />}
    />
  );
}

const rowId = ({ id }: NumberedRow): string => id;

function columnsOf(list: KpiList, zone: string, names: boolean) {
  const words = LIST_WORDS[list];
  const columns: (ColDef<NumberedRow> | null)[] = [
    words.people && names ? { headerName: 'Patient', field: 'displayName', flex: 1, minWidth: 180 } : null,
    words.people && names
      ? {
          headerName: 'Visit',
          colId: 'visitNumber',
          valueGetter: ({ data }) => visitWords(data?.visitNumber ?? null),
          tooltipValueGetter: ({ data }) => visitTitle(data?.visitNumber ?? null),
          width: 140,
        }
      : null,
    { headerName: 'Ward', field: 'wardName', width: 180 },
    { headerName: 'Bed', field: 'bedLabel', width: 90 },
    words.from
      ? momentColumn({ headerName: words.from, colId: 'from', at: ({ from }) => from, zone, width: 170 })
      : null,
    words.to ? momentColumn({ headerName: words.to, colId: 'to', at: ({ to }) => to, zone, width: 170 }) : null,
    words.value
      ? numberColumn({
          headerName: words.value,
          colId: 'value',
          number: ({ value }) => (value === null ? null : Math.round(value * 10) / 10),
          words: (value) => formatNumber(value, 1),
          width: 110,
        })
      : null,
    words.detail
      ? {
          headerName: words.detail,
          colId: 'detail',
          valueGetter: ({ data }) => detailWords(data?.detail ?? null),
          width: 200,
        }
      : null,
  ];
  return named(columns.filter((column) => column !== null));
}
