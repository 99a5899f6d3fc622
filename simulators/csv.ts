import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';

/** A file that cannot be replayed, said in words with the line where it is known. */
export class FileProblem extends Error {}

export interface CsvTable {
  readonly columns: readonly string[];
  /** Cells by column, with the line (from 1) each row begins on. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

function recordsOf(path: string): { record: string[]; line: number }[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new FileProblem(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new FileProblem(`${path} is a folder, not a CSV file.`);
    throw new FileProblem(`${path} cannot be read (${String(code ?? 'unknown reason')}).`);
  }
  const records: { record: string[]; line: number }[] = [];
  try {
    parse(text, {
      bom: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], { lines }) => {
        records.push({ record, line: lines });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FileProblem(`${path}: ${error.message}.`);
  }
}

/** Reads a CSV file whole: its first line names the columns, every row has as many cells. */
export function readCsv(path: string): CsvTable {
  const [header, ...rows] = recordsOf(path);
  if (!header) throw new FileProblem(`${path} is empty.`);
  const columns = header.record;
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new FileProblem(`${path}, line ${header.line}: column "${twice}" is there twice.`);
  if (rows.length === 0) throw new FileProblem(`${path} has a header and no rows.`);
  return { columns, rows: rows.map(({ record, line }) => ({ line, cells: record })) };
}

/** The number in a cell; `null` when empty. Fails for anything else, naming the line. */
export function numberIn(cell: string | undefined, path: string, line: number, column: string): number | null {
  const text = cell?.trim() ?? '';
  if (text === '') return null;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value))
    throw new FileProblem(`${path}, line ${line}: column "${column}" says "${text}", which is not a number.`);
  return value;
}
