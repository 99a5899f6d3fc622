import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { ClinicError } from '#domain/clinic-error.ts';

/** A record of a file: the number of the line it begins on, and its cells. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const PEEK_BYTES = 65_536;
/** A record longer than this is a quote left open. */
const RECORD_LIMIT = 8 * 1_048_576;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Records of a CSV file, one at a time whatever its size; empty lines are passed over. UTF-8, else UTF-16 with a mark at
 * its beginning, else Latin-1. Throws invalid-input, with the line, where the file stops being CSV.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
  const start = await firstBytes(path);
  const encoding = encodingOf(start);
  const stream = createReadStream(path, { encoding });
  const parser = stream.pipe(
    parse({
      bom: true,
      info: true,
      delimiter: delimiterOf(start.toString(encoding)),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: RECORD_LIMIT,
    }),
  );
  stream.on('error', (error) => parser.destroy(error));
  let last = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      const line = last + 1;
      last = info.lines;
      if (record.some((cell) => cell.trim() !== '')) yield { line, cells: record };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) {
      throw new ClinicError(
        'invalid-input',
        `line ${last + 1}: from here on the file cannot be read as CSV; a quote may be left open.`,
      );
    }
    throw error;
  } finally {
    stream.destroy();
  }
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
