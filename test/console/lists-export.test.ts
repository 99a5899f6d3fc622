import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { formatDateTime } from '#renderer/ui/format.ts';
import { csvOf, neutralised } from '#renderer/ui/grid/csv.ts';
import { fileTime, momentWords, wallClock } from '#renderer/ui/grid/list-time.ts';
import { type Workbook, workbookOf, writeWorkbook } from '#renderer/ui/grid/sheet.ts';
import type { ListTable } from '#renderer/ui/grid/table.ts';
import { NOON } from '#test/helpers/makers.ts';

const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Asia/Kolkata'];

const golden = fileURLToPath(new URL('./lists-f80.golden.csv', import.meta.url));

const HOSTILE = [
  ['=1+1', '=HYPERLINK("http://x","y")'],
  ['+44 20 7946 0958', "+cmd|' /C calc'!A0"],
  ['-5', '-2+3'],
  ['@SUM(A1)', '@x'],
  ['\t=1', '\tx'],
  ['\r=1', '\nx'],
  ['\0=1', '\0'],
  ['＝1', '＠x'],
  ['O’Brien, "Bill"', 'two\nlines'],
  [' spaced ', ''],
  ['plain', 'Åsa 李 العلي'],
];

describe('a list as CSV', () => {
  it('F80 a cell that begins like a formula gets a quote, and every cell is quoted after RFC 4180: the golden file', () => {
    expect(csvOf(['Name', '=Heading'], HOSTILE)).toBe(readFileSync(golden, 'utf8'));
  });

  it('F80 whatever stands in a cell, no cell of the file begins like a formula', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((tail) => `=${tail}`),
      fc.constantFrom('-', '\0', '@', '\t'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words), { maxLength: 20 }), (rows) => {
        const file = csvOf(['A', 'B'], rows);
        const read: string[][] = parse(file, { bom: true, record_delimiter: '\r\n' });
        expect(read.slice(1)).toEqual(rows.map((row) => row.map(neutralised)));
        expect(read.flat().every((cell) => !/^[=+\-@\t\r\n\0＝＋－＠]/u.test(cell))).toBe(true);
      }),
    );
  });

  it('says that it is UTF-8, and ends every line', () => {
    const file = csvOf(['Name'], [['Åsa']]);
    expect(file).toBe('\uFEFFName\r\nÅsa\r\n');
  });
});

const table: ListTable = {
  headings: ['Patient', 'Age', 'Since', 'Born', 'Beds'],
  kinds: ['text', 'number', 'moment', 'day', 'number'],
  widths: [170, 70, 156, 120, 80],
  words: [
    ['=OKAFOR, Ann', '64', '03-Mar-2026 12:00', '17-May-1961', '3 beds'],
    ['constructor', '', '', 'Not recorded', '–'],
    ['__proto__', '7', '29-Mar-2026 03:30', '01-Jan-1899', '0 beds'],
    ['007', '1', '03-Mar-2026 12:00', '17-May-1961', '1 bed'],
  ],
  values: [
    ['=OKAFOR, Ann', 64, NOON, '1961-05-17', 3],
    ['constructor', null, null, null, null],
    ['__proto__', 7, Date.UTC(2026, 2, 29, 2, 30), '1899-01-01', 0],
    ['007', 1, NOON, '1961-05-17', 1],
  ],
};

/** The first sheet as a spreadsheet reads it: words, numbers and serial days, row by row; null where nothing stands. */
async function readBack(
  workbook: Workbook,
): Promise<{ rows: (string | number | null)[][]; sheet: string; styles: string }> {
  const files = unzipSync(new Uint8Array(await (await writeWorkbook(workbook)).arrayBuffer()));
  const file = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  const plain = (xml: string): string =>
    xml.replace(
      /&(lt|gt|amp|quot|apos);/gu,
      (_, name: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" })[name] ?? '',
    );
  const shared = [...file('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([\s\S]*?)<\/t><\/si>/gu)].map((found) =>
    plain(found[1] ?? ''),
  );
  const sheet = file('xl/worksheets/sheet1.xml');
  const rows = [...sheet.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/gu)].map((row) => {
    const cells = new Map(
      [...(row[1] ?? '').matchAll(/<c r="([A-Z]+)\d+"([^>]*)>(?:<v>([^<]*)<\/v>)?<\/c>/gu)].map((cell) => [
        cell[1],
        cell[2]?.includes('t="s"') ? (shared[Number(cell[3])] ?? '') : Number(cell[3]),
      ]),
    );
    return ['A', 'B', 'C', 'D', 'E'].map((column) => cells.get(column) ?? null);
  });
  return { rows, sheet, styles: file('xl/styles.xml') };
}

/** Days since the last of 1899, as spreadsheets count. */
const serial = (at: number): number => at / 86_400_000 + 25_569;

describe('a list as a workbook', () => {
  it('has text as text, numbers as numbers, and moments and days as dates of the clinic', async () => {
    const { rows, sheet, styles } = await readBack(
      workbookOf(table, 'Everyone: here/now', 'Europe/London', [['By', 'A nurse']]),
    );
    expect(rows[0]).toEqual(table.headings);
    expect(rows[1]).toEqual(['=OKAFOR, Ann', 64, serial(NOON), serial(Date.UTC(1961, 4, 17)), 3]);
    expect(rows[4]?.[0]).toBe('007');
    expect(sheet).not.toContain('<f>');
    expect(styles).toContain('dd-mmm-yyyy hh:mm');
  });

  it('puts a moment after the clocks went forward at the clinic’s own time', async () => {
    const { rows } = await readBack(workbookOf(table, 'L', 'Europe/London', []));
    expect(rows[3]?.[2]).toBeCloseTo(serial(Date.UTC(2026, 2, 29, 3, 30)), 6);
  });

  it('leaves an empty cell empty, and a word where no number is', async () => {
    const { rows } = await readBack(workbookOf(table, 'L', 'UTC', []));
    expect(rows[2]?.slice(1)).toEqual([null, null, 'Not recorded', '–']);
  });

  it('is not confused by names that mean something to a program', async () => {
    const { rows } = await readBack(workbookOf(table, 'L', 'UTC', []));
    expect(String(rows[2]?.[0]).trim()).toBe('constructor');
    expect(String(rows[3]?.[0]).trim()).toBe('__proto__');
  });

  it('takes any text, and gives back what can stand in a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 8 }),
        async (names) => {
          const { rows } = await readBack({
            sheet: 'L',
            headings: ['Name'],
            kinds: ['text'],
            widths: [100],
            rows: names.map((name) => [name]),
            notes: [],
          });
          expect(rows.slice(1).map(([name]) => String(name).trim())).toEqual(names.map((name) => name.trim()));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('clinic time in lists', () => {
  const moments = fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2060, 0) });

  it('reads as everywhere else in the console, in every zone', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(...ZONES), (at, zone) => {
        expect(momentWords(at, zone)).toBe(formatDateTime(at, zone));
        expect(formatDateTime(wallClock(at, zone), 'UTC')).toBe(formatDateTime(at, zone));
      }),
      { numRuns: 400 },
    );
  });

  it('holds on the days clocks change', () => {
    for (const zone of ZONES) {
      for (const day of [Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25), Date.UTC(2026, 2, 8), Date.UTC(2026, 3, 4)]) {
        for (let at = day - 12 * 3_600_000; at < day + 36 * 3_600_000; at += 15 * 60_000) {
          expect(momentWords(at, zone)).toBe(formatDateTime(at, zone));
        }
      }
    }
  });

  it('names files without a colon', () => {
    expect(fileTime(NOON, 'UTC')).toBe('03-Mar-2026 1200');
  });
});
