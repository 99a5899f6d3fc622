import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { ClinicError } from '#domain/clinic-error.ts';

/** A record of a file: the number of the line it begins on, and its cells. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote is left open in it: its cells are not to be believed. */
  readonly broken: boolean;
}

const PEEK_BYTES = 65_536;
/** A record longer than this is a quote left open. */
const RECORD_LIMIT = 8 * 1_048_576;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Records of a CSV file, one at a time whatever its size; empty lines are passed over. UTF-8, else UTF-16 with a mark at
 * its beginning, else Latin-1. From where a quote is left open on, each line is a record of its own, so that all that is
 * wrong with a file can be told.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
  const start = await firstBytes(path);
  const encoding = encodingOf(start);
  const delimiter = delimiterOf(start.toString(encoding));
  const stream = createReadStream(path, { encoding });
  const parser = stream.pipe(parse({ ...PARSING, bom: true, info: true, delimiter, max_record_size: RECORD_LIMIT }));
  stream.on('error', (error) => parser.destroy(error));
  let last = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      const line = last + 1;
      last = info.lines;
      if (isFilled(record)) yield { line, cells: record, broken: false };
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) throw error;
    yield* lineByLine(path, encoding, delimiter, last);
  } finally {
    stream.destroy();
  }
}

const PARSING = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
};

/** The lines after the first `skipped`, each by itself. */
async function* lineByLine(
  path: string,
  encoding: BufferEncoding,
  delimiter: string,
  skipped: number,
): AsyncGenerator<CsvRecord> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(path, { encoding }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1;
    if (line <= skipped) continue;
    const plain = text.slice(0, RECORD_LIMIT);
    const broken = (plain.split('"').length - 1) % 2 === 1;
    const [cells = []]: string[][] = parseNow(broken ? plain.replaceAll('"', '') : plain, { ...PARSING, delimiter });
    if (isFilled(cells)) yield { line, cells, broken };
  }
}

function isFilled(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.trim() !== '');
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PEEK_BYTES), 0, PEEK_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    throw new ClinicError('invalid-input', `The file ${path} cannot be read.`);
  }
}

function encodingOf(start: Buffer): 'utf8' | 'utf16le' | 'latin1' {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf16le';
  try {
    // A letter may be cut at the end of what was looked at.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf8';
  } catch {
    return 'latin1';
  }
}

/** The separator the header uses most, outside quotes. */
function delimiterOf(start: string): string {
  const [header = ''] = start.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
