import { parse } from 'csv-parse/sync';
import { text } from '#contract/schemas.ts';
import type { Places } from '#domain/location/places.ts';
import { type LineProblem, SHEET_COLUMNS, type SheetColumn, type SheetLine } from '#domain/location/sheet-line.ts';

/** Places as CSV (RFC 4180, CRLF), a line each, the places before what is in them. */
export function writePlacesCsv(places: Places): { csv: string; lines: number } {
  const rows = sheetRows(places);
  const lines = [SHEET_COLUMNS, ...rows.map((row) => SHEET_COLUMNS.map((column) => row[column] ?? ''))];
  return { csv: lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join(''), lines: rows.length };
}

type SheetRow = Partial<Record<SheetColumn, string>>;

function sheetRows({ sites, wards, rooms, beds, areas }: Places): SheetRow[] {
  const siteNames = new Map(sites.map(({ id, name }) => [id, name]));
  const roomLabels = new Map(rooms.map(({ id, label }) => [id, label]));
  const wardCells = new Map(
    wards.map(({ id, name, siteId }) => [id, { site: siteNames.get(siteId ?? '') ?? '', ward: name }]),
  );
  return [
    ...sites.map(({ name }) => ({ kind: 'site', site: name })),
    ...wards.map(({ id, kind, code }) => ({ kind: 'ward', ...wardCells.get(id), wardKind: kind, code: code ?? '' })),
    ...rooms.map(({ wardId, label, sexRule, isolationFor, code }) => ({
      kind: 'room',
      ...wardCells.get(wardId),
      room: label,
      sexRule,
      isolationFor: isolationFor.join(';'),
      code: code ?? '',
    })),
    ...beds.map(({ wardId, roomId, label, equipment, ageFrom, ageTo, places, code }) => ({
      kind: 'bed',
      ...wardCells.get(wardId),
      room: roomLabels.get(roomId) ?? '',
      bed: label,
      equipment: equipment.join(';'),
      ageFrom: ageFrom === null ? '' : String(ageFrom),
      ageTo: ageTo === null ? '' : String(ageTo),
      places: String(places),
      code: code ?? '',
    })),
    ...areas.map(({ wardId, name, kind, code }) => ({
      kind: 'area',
      ...(wardId === null ? {} : wardCells.get(wardId)),
      area: name,
      areaKind: kind,
      code: code ?? '',
    })),
  ];
}

/** Begins what a spreadsheet would work out instead of show, perhaps behind quotes added before. */
const FORMULA = /^'*[=+\-@\t\r\0＝＋－＠]/u;

/** A cell nothing works out: a leading quote stands before what looks like a formula, and is taken off when read back. */
function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function cellText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

export interface PlacesSheet {
  readonly lines: readonly SheetLine[];
  readonly problems: readonly LineProblem[];
}

/** Most characters of a cell; names and codes are held to shorter ones when they are new. */
const LONGEST = 200;
const cellSchema = text(LONGEST);
/** More lines than the largest clinic has places would hold up the hub. */
const MOST_LINES = 10_000;

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Reads what people's spreadsheets write: comma, semicolon or tab, with or without a byte order mark, any line end. */
export function readPlacesCsv(csv: string): PlacesSheet {
  const records = readRecords(csv);
  if ('problem' in records) return { lines: [], problems: [records] };
  const [heading, ...rest] = records.rows;
  if (!heading) return { lines: [], problems: [{ line: 1, problem: 'The sheet is empty: it has no heading.' }] };
  const columns = heading.record.map(columnOf);
  const missing = headingProblem(heading.record, columns);
  if (missing) return { lines: [], problems: [{ line: 1, problem: missing }] };
  const lines: SheetLine[] = [];
  const problems: LineProblem[] = [];
  if (rest.length > MOST_LINES)
    problems.push({ line: MOST_LINES + 2, problem: `A sheet has at most ${MOST_LINES} lines: the rest was not read.` });
  for (const { record, info } of rest) {
    if (record.every((cell) => cell.trim() === '')) continue;
    const read = readLine(record, columns);
    if (typeof read === 'string') problems.push({ line: info.lines, problem: read });
    else lines.push({ line: info.lines, cells: read });
  }
  return { lines, problems };
}

function readRecords(csv: string): { rows: CsvRecord[] } | LineProblem {
  const body = csv.replace(/^\uFEFF/u, '');
  const delimiter = delimiterOf(body);
  try {
    const options = {
      delimiter,
      info: true,
      to: MOST_LINES + 2,
      relax_column_count: true,
      max_record_size: 20_000,
      skip_empty_lines: true,
    };
    const rows = parse(body, { ...options, record_delimiter: ['\r\n', '\n', '\r'] }) as unknown as CsvRecord[];
    return { rows };
  } catch (error) {
    const line = typeof error === 'object' && error !== null && 'lines' in error ? Number(error.lines) : 1;
    return {
      line: Number.isInteger(line) ? line : 1,
      problem: 'From here on this is no CSV: look for a quote too many or too few.',
    };
  }
}

/** What stands between cells of the heading, outside quotes, most often. */
function delimiterOf(body: string): string {
  const heading = (/^[^\r\n]*/u.exec(body)?.[0] ?? '').replaceAll(/"[^"]*"/gu, '');
  const counted = [',', ';', '\t'].map((mark) => ({ mark, times: heading.split(mark).length }));
  return counted.sort((left, right) => right.times - left.times)[0]?.mark ?? ',';
}

function columnOf(cell: string): SheetColumn | undefined {
  const plain = (word: string) => word.toLowerCase().replaceAll(/[\s_-]/gu, '');
  return SHEET_COLUMNS.find((column) => plain(column) === plain(cell));
}

function headingProblem(heading: readonly string[], columns: readonly (SheetColumn | undefined)[]): string | undefined {
  const known = columns.filter((column) => column !== undefined);
  if (!known.includes('kind')) return `The heading has no column kind. Known columns: ${SHEET_COLUMNS.join(', ')}.`;
  const twice = known.find((column, at) => known.indexOf(column) !== at);
  if (twice) return `The heading has the column ${twice} twice.`;
  const strange = heading.find((cell, at) => columns[at] === undefined && cell.trim() !== '');
  return strange === undefined
    ? undefined
    : `The heading has an unknown column ${shortened(strange)}. Known columns: ${SHEET_COLUMNS.join(', ')}.`;
}

function readLine(
  record: readonly string[],
  columns: readonly (SheetColumn | undefined)[],
): Map<SheetColumn, string> | string {
  if (record.length > columns.length && record.slice(columns.length).some((cell) => cell.trim() !== ''))
    return `This line has ${record.length} cells where the heading has ${columns.length}.`;
  const cells = new Map<SheetColumn, string>();
  for (const [at, column] of columns.entries()) {
    const cell = record[at];
    // A line cut short says nothing of the columns it does not reach.
    if (column === undefined || cell === undefined) continue;
    const read = cellSchema.safeParse(cellText(cell.trim()));
    if (!read.success) return `${column} has characters that cannot be shown, or more than ${LONGEST} of them.`;
    cells.set(column, read.data);
  }
  return cells;
}

/** A stranger's text, no longer than a person reads. */
function shortened(word: string): string {
  const plain = word.replaceAll(/[^\P{C}]/gu, '').trim();
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
