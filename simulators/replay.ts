import { waveOf } from '#domain/device/wave.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { SECOND_MS } from '#domain/time.ts';
import { FileProblem, numberIn, readCsv } from './csv.ts';
import type { DeviceType, SentValue, TimedReading } from './devices/device.ts';
import { deviceTypeOf } from './devices/index.ts';

/** One row of a recording: ms from its beginning, and the values it has. */
export interface ReplayRow {
  readonly offsetMs: number;
  readonly values: Readonly<Record<string, SentValue>>;
}

export interface NumericsReplay {
  readonly file: string;
  /** Column to metric. */
  readonly map: ReadonlyMap<string, string>;
  /** A number that stands for "no value"; null when there is none. */
  readonly absent: number | null;
  /** Seconds a row, unless a column tells the time. */
  readonly intervalSeconds: number;
  /** Column with the time: a date and time, or a number of seconds; null: rows are evenly spaced. */
  readonly timeColumn: string | null;
}

function positionsOf(
  replay: NumericsReplay,
  columns: readonly string[],
): { column: string; code: string; at: number }[] {
  return [...replay.map].map(([column, code]) => {
    const at = columns.indexOf(column);
    if (at >= 0) return { column, code, at };
    throw new FileProblem(`${replay.file} has no column "${column}". It has: ${columns.join(', ')}.`);
  });
}

function timeIn(cell: string | undefined, file: string, line: number, column: string): number {
  const text = cell?.trim() ?? '';
  if (/^[+-]?[\d.]+$/.test(text)) return Number(text) * SECOND_MS;
  const parsed = Date.parse(
    /\d[T ]\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text.replace(' ', 'T')}Z` : text,
  );
  if (Number.isFinite(parsed)) return parsed;
  throw new FileProblem(`${file}, line ${line}: column "${column}" says "${text}", which is not a time.`);
}

function valueIn(
  code: string,
  cell: string | undefined,
  absent: number | null,
  where: [string, number, string],
): SentValue | null {
  const codes = metricOf(code)?.codes;
  const text = cell?.trim() ?? '';
  if (codes && text !== '') {
    if (codes.includes(text)) return text;
    throw new FileProblem(
      `${where[0]}, line ${where[1]}: column "${where[2]}" says "${text}"; ${code} is one of ${codes.join(', ')}.`,
    );
  }
  const value = numberIn(cell, ...where);
  if (value === null) return null;
  return value === absent ? { v: null, why: 'no-value' } : value;
}

/** Reads a recording of numerics whole, so that what is wrong with it is said before anything is sent. */
export function readNumerics(replay: NumericsReplay): ReplayRow[] {
  const { columns, rows } = readCsv(replay.file);
  const positions = positionsOf(replay, columns);
  const timeAt = replay.timeColumn === null ? -1 : columns.indexOf(replay.timeColumn);
  if (replay.timeColumn !== null && timeAt < 0) {
    throw new FileProblem(`${replay.file} has no column "${replay.timeColumn}". It has: ${columns.join(', ')}.`);
  }
  let begin: number | null = null;
  let last = Number.NEGATIVE_INFINITY;
  return rows.map(({ line, cells }, index) => {
    let offsetMs = index * replay.intervalSeconds * SECOND_MS;
    if (replay.timeColumn !== null) {
      const time = timeIn(cells[timeAt], replay.file, line, replay.timeColumn);
      begin ??= time;
      offsetMs = time - begin;
      if (offsetMs <= last) throw new FileProblem(`${replay.file}, line ${line}: the time does not go forward.`);
      last = offsetMs;
    }
    const values: Record<string, SentValue> = {};
    for (const { column, code, at } of positions) {
      const value = valueIn(code, cells[at], replay.absent, [replay.file, line, column]);
      if (value !== null) values[code] = value;
    }
    return { offsetMs, values };
  });
}

export interface WaveReplay {
  readonly file: string;
  readonly wave: string;
  /** Samples a second. */
  readonly rate: number;
  readonly unit: string;
  readonly gain: number;
  readonly offset: number;
}

const PIECE_SECONDS = 0.25;

/** Reads a one-column recording of raw samples; each must fit 16 bits. */
export function readSamples({ file }: Pick<WaveReplay, 'file'>): Int16Array {
  const { columns, rows } = readCsv(file);
  const [column] = columns;
  if (columns.length !== 1 || column === undefined) {
    throw new FileProblem(`${file} has ${columns.length} columns; a waveform has one.`);
  }
  return Int16Array.from(
    rows.map(({ line, cells }) => {
      const value = numberIn(cells[0], file, line, column);
      if (value !== null && Number.isInteger(value) && value >= -32_768 && value <= 32_767) return value;
      throw new FileProblem(`${file}, line ${line}: "${cells[0] ?? ''}" is not a whole number of 16 bits.`);
    }),
  );
}

/** A recording's rows as readings in the recording's own time, from `startedAt`. Rows without any value are left out. */
export function* rowsAsReadings(rows: readonly ReplayRow[], startedAt: number): Generator<TimedReading> {
  yield { kind: 'status', at: startedAt, battery: 1 };
  for (const { offsetMs, values } of rows) {
    if (Object.keys(values).length > 0) yield { kind: 'readings', at: startedAt + offsetMs, values };
  }
}

/** A waveform in pieces of about a quarter second, each sent when its last sample is taken. */
export function* samplesAsReadings(
  samples: Int16Array,
  { wave, rate, unit, gain, offset }: WaveReplay,
  startedAt: number,
): Generator<TimedReading> {
  yield { kind: 'status', at: startedAt, battery: 1 };
  const length = Math.max(1, Math.round(rate * PIECE_SECONDS));
  for (let from = 0; from < samples.length; from += length) {
    const raw = samples.subarray(from, from + length);
    const startsAt = startedAt + (from / rate) * SECOND_MS;
    const piece = { wave, rate, unit, gain, offset, raw };
    yield { kind: 'wave', at: startedAt + ((from + raw.length) / rate) * SECOND_MS, startsAt, piece };
  }
}

/** A device of a known type that says in its hello just what the recording has. */
export function replayedType(
  type: string,
  metrics: readonly string[],
  units: Readonly<Record<string, string>>,
): DeviceType {
  return { ...deviceTypeOf(type), model: 'Recording', firmware: '1', metrics, units };
}

/** Why a unit cannot be a wave's, or null. */
export function waveProblem(wave: string, unit: string): string | null {
  const known = waveOf(wave);
  if (!known) return `There is no wave "${wave}".`;
  return known.unit === unit ? null : `The wave ${wave} is measured in ${known.unit}, not in "${unit}".`;
}
