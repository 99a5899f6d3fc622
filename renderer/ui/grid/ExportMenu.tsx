import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { useState } from 'react';
import { useClinic, useSeat } from '#renderer/client/context.ts';
import { useLink, useMe, useZone } from '#renderer/client/hooks.ts';
import { counted, formatDateTime } from '../format.ts';
import { failureWords } from '../words.ts';
import type { NamedColumn } from './column.ts';
import { type ExportFormat, exportList } from './export-list.ts';
import styles from './ListMenu.module.css';
import type { ListAsk } from './list-params.ts';
import type { SheetNotes } from './sheet.ts';

interface ExportMenuProps<Row> {
  readonly api: GridApi<Row>;
  readonly name: string;
  readonly thing: string;
  readonly ask: ListAsk;
  readonly columns: readonly NamedColumn<Row>[];
  /** Rows hold still while the file is made. */
  readonly onHold: (held: boolean) => void;
}

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'Excel workbook (XLSX)',
  csv: 'Plain table (CSV)',
};

/** Saves the list as it is on screen: its rows after filter and sort, its columns in their order. */
export function ExportMenu<Row>({ api, name, thing, ask, columns, onHold }: ExportMenuProps<Row>) {
  const [busy, setBusy] = useState(false);
  const { hubNow } = useLink();
  const zone = useZone();
  const notes = useNotes(name, ask, columns);
  const { hub } = useClinic();
  async function run(format: ExportFormat): Promise<void> {
    setBusy(true);
    onHold(true);
    try {
      const at = hubNow();
      const idempotencyKey = crypto.randomUUID();
      const noted = (rows: number) => hub.views.noteExport({ list: name, format, rows, idempotencyKey });
      const rows = await exportList(api, { format, name, at, zone, notes: notes(at), noted });
      notifications.show({ message: `${counted(rows, thing)} saved as a file. It may name patients: keep it safe.` });
    } catch (error) {
      notifications.show({ color: 'red', message: `The list was not saved. ${failureWords(error)}` });
    } finally {
      onHold(false);
      setBusy(false);
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          className={styles.tool}
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={busy}
          aria-busy={busy}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What is on screen, as</Menu.Label>
        {(Object.keys(FORMATS) as ExportFormat[]).map((format) => (
          <Menu.Item key={format} onClick={() => void run(format)}>
            {FORMATS[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the second sheet says: whose list, of when, made by whom, and what it leaves out. */
function useNotes<Row>(name: string, ask: ListAsk, columns: readonly NamedColumn<Row>[]) {
  const { welcome } = useSeat();
  const { user } = useMe();
  const zone = useZone();
  const heading = (id: string): string => columns.find(({ colId }) => colId === id)?.headerName ?? id;
  const filters = Object.entries(ask.only).map(([id, words]) => `${heading(id)}: ${words.join(' or ')}`);
  const order = ask.sort.map(({ column, descending }) => `${heading(column)}${descending ? ', downwards' : ''}`);
  return (at: number): SheetNotes => [
    ['List', name],
    ['Clinic', welcome.clinicName],
    ...(welcome.demo ? [['Demonstration', 'Invented patients. Not for care.'] as const] : []),
    ['Exported', `${formatDateTime(at, zone)} (${zone})`],
    ['By', user.displayName],
    ['Search', ask.search || 'None'],
    ['Filters', filters.join('; ') || 'None'],
    ['Order', order.join(', then ') || 'As listed'],
  ];
}
