import type { GridApi } from 'ag-grid-community';
import { csvOf } from './csv.ts';
import { fileTime } from './list-time.ts';
import { saveFile } from './save-file.ts';
import { type SheetNotes, type Workbook, workbookOf } from './sheet.ts';
import { gatherTable } from './table.ts';
import type { Written } from './xlsx-thread.ts';

export type ExportFormat = 'csv' | 'xlsx';

export interface ExportOrder {
  readonly format: ExportFormat;
  /** Of the list, in words. */
  readonly name: string;
  /** Epoch ms, and the clinic's zone. */
  readonly at: number;
  readonly zone: string;
  readonly notes: SheetNotes;
  /** Written down before the file is saved; what is not, is not saved. */
  readonly noted: (rows: number) => Promise<unknown>;
}

/** Saves what the grid shows as a file and answers how many rows went into it. */
export async function exportList<Row>(api: GridApi<Row>, order: ExportOrder): Promise<number> {
  const { format, name, at, zone, notes, noted } = order;
  const table = await gatherTable(api);
  const file =
    format === 'csv'
      ? new Blob([csvOf(table.headings, table.words)], { type: 'text/csv;charset=utf-8' })
      : await writeInThread(workbookOf(table, name, zone, [...notes, ['Rows', String(table.words.length)]]));
  await noted(table.words.length);
  saveFile(file, `${fileName(name)} ${fileTime(at, zone)}.${format}`);
  return table.words.length;
}

/** No sign that a file system refuses. */
function fileName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|]/gu, ' ').trim() || 'List';
}

function writeInThread(workbook: Workbook): Promise<Blob> {
  const thread = new Worker(new URL('./xlsx-thread.ts', import.meta.url), { type: 'module' });
  return new Promise<Blob>((resolve, reject) => {
    thread.addEventListener('message', ({ data }: MessageEvent<Written>) =>
      'file' in data ? resolve(data.file) : reject(new Error(data.problem)),
    );
    thread.addEventListener('error', () => reject(new Error('The spreadsheet could not be written.')));
    thread.postMessage(workbook);
  }).finally(() => thread.terminate());
}
