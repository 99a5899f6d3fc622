import type Database from 'better-sqlite3';
import { ClinicError } from '#domain/clinic-error.ts';
import type { NumericsBatchRow, NumericsStore } from '#domain/observation/observation.ts';
import type { Head } from '../series/head.ts';
import { LogBuffer, readLog } from '../series/log.ts';
import { LogRows } from '../series/log-rows.ts';
import { SeriesReading } from '../series/reading.ts';
import { SEAL_AT, SeriesRegistry } from '../series/registry.ts';
import { Sealing } from '../series/sealing.ts';
import type { Transactions } from '../transactions.ts';

/** Log rows and bytes kept at most before slow series are carried forward: what a start must read back. */
const LOG_ROWS = 6_000;
const LOG_BYTES = 50_331_648;
/** Heads sealed in one flush, unless more came in than that. */
const SEALS_A_FLUSH = 24;
/** Samples carried forward, and log rows removed, in one flush. */
const CARRIED_A_FLUSH = 4_096;
const REMOVED_A_FLUSH = 4;
/** Flushes between looks for series that hold the log back. */
const CARRY_EVERY = 8;
/** A head that holds the log back and has this many samples is sealed rather than carried. */
const WORTH_SEALING = 256;
/** Blocks, and blocks of minutes, removed by one `prune`, and by each flush after it until none is too old. */
const PRUNED_AT_ONCE = 500;
const PRUNED_A_FLUSH = 8;
const LATEST_INSTANT = 8_640_000_000_000_000;

/**
 * The time series. Newest samples lie in heads in memory and in a log in order of arrival; full heads become packed
 * blocks, and the log is cut behind them. What is in a block is told from what is in the log by the series' own mark,
 * written in the same transaction: after a kill at any point nothing is missing or there twice.
 */
export function createNumericsStore(db: Database.Database, transactions: Transactions): NumericsStore {
  const series = new SeriesRegistry(db);
  const reading = new SeriesReading(db);
  const rows = new LogRows(db);
  const writer = createWriter(db, { series, rows, transactions });
  replay(db, series, rows, writer.arrived);

  return {
    append: writer.append,
    flush: writer.flush,
    pending: writer.pending,
    raw: (deviceId, code, from, to) => reading.raw(series.headsOf(deviceId, code), from, to),
    latest: (deviceId, code, since, at) => reading.latest(series.headsOf(deviceId, code), since, at),
    minutes: (deviceId, code, from, to) => reading.minutes(series.headsOf(deviceId, code), from, to),
    codesOf: (deviceId) => series.codesOf(deviceId),
    prune: writer.prune,
  };
}

function replay(db: Database.Database, series: SeriesRegistry, rows: LogRows, arrived: (head: Head) => void): void {
  for (const { logFrom } of series.byId.values()) rows.nextId = Math.max(rows.nextId, logFrom);
  const log = db.prepare<[], { id: number; bytes: Buffer }>('SELECT id, bytes FROM numeric_log ORDER BY id');
  for (const { id, bytes } of log.iterate()) {
    rows.found(id, bytes.length);
    readLog(bytes, (seriesId, at, value) => {
      const head = series.byId.get(seriesId);
      if (!head || id < head.logFrom) return;
      if (head.length === 0) head.firstLog = id;
      head.push(at, value);
      arrived(head);
    });
  }
}

interface WriterParts {
  readonly series: SeriesRegistry;
  readonly rows: LogRows;
  readonly transactions: Transactions;
}

function createWriter(db: Database.Database, { series, rows, transactions }: WriterParts) {
  const sealing = new Sealing(db);
  const log = new LogBuffer();
  const forgetting = createForgetting(db);
  const due: Head[] = [];
  let flushes = 0;

  const arrived = (head: Head): void => {
    if (head.due || head.length < head.sealAt) return;
    head.due = true;
    due.push(head);
  };

  const append = (row: NumericsBatchRow): void => {
    refuseUnfit(row);
    const { deviceId, at, history, codes, values } = row;
    const known = series.seriesOf(deviceId, history);
    log.message(at, codes.length);
    for (let index = 0; index < codes.length; index++) {
      const head = series.headFor(known, deviceId, codes[index] as string, history);
      const value = values[index] as number;
      if (head.length === 0) head.firstLog = rows.nextId;
      head.push(at, value);
      log.value(head.id, value);
      if (head.length >= head.sealAt) arrived(head);
    }
  };

  const writeLog = (): number => {
    // Runs last of all undoing: what came after a row that did not stand will be in the row that takes its place.
    transactions.onUndo(() => {
      for (const head of series.byId.values()) head.firstLog = Math.min(head.firstLog, rows.nextId);
    });
    transactions.onUndo(series.saveNew());
    const taken = log.take();
    if (taken.values === 0) return 0;
    transactions.onUndo(() => log.putBack(taken));
    transactions.onUndo(rows.add(taken.bytes));
    return taken.values;
  };

  const seal = (head: Head): void => {
    head.due = false;
    if (head.length > 0) transactions.onUndo(sealing.seal(head, rows.nextId, SEAL_AT));
  };

  const sealDue = (most: number): void => {
    for (const head of due.splice(0, most)) {
      transactions.onUndo(() => arrived(head));
      // A head sealed for another reason since it fell due has begun anew.
      if (head.due) seal(head);
    }
  };

  /** Frees the log of series too slow to fill a block: their few samples are written to it again, at its end. */
  const carrySlow = (): void => {
    const horizon = rows.horizon(LOG_ROWS, LOG_BYTES);
    const held = [...series.byId.values()].filter((head) => head.length > 0 && head.firstLog < horizon);
    const carried: Head[] = [];
    let samples = 0;
    for (const head of held) {
      if (samples >= CARRIED_A_FLUSH) break;
      samples += head.length;
      if (head.length >= WORTH_SEALING) seal(head);
      else carried.push(head);
    }
    if (carried.length === 0) return;
    const again = new LogBuffer();
    for (const head of carried) {
      const { ats, values } = head.view();
      for (let index = 0; index < ats.length; index++) {
        again.message(ats[index] as number, 1);
        again.value(head.id, values[index] as number);
      }
      transactions.onUndo(sealing.carry(head, rows.nextId));
    }
    transactions.onUndo(rows.add(again.take().bytes));
  };

  const cutLog = (): void => {
    let needed = rows.nextId;
    for (const head of series.byId.values()) if (head.length > 0 && head.firstLog < needed) needed = head.firstLog;
    const undo = rows.removeBelow(needed, REMOVED_A_FLUSH);
    if (undo) transactions.onUndo(undo);
  };

  const flush = (): void => {
    if (log.values === 0 && due.length === 0 && !forgetting.pending()) return;
    transactions.transact(() => {
      const written = writeLog();
      sealDue(Math.max(SEALS_A_FLUSH, Math.ceil((written / SEAL_AT) * 2)));
      flushes += 1;
      if (flushes % CARRY_EVERY === 0) carrySlow();
      cutLog();
      forgetting.goOn();
    });
  };

  const prune = (rawBefore: number, minutesBefore: number): number => {
    writeLog();
    for (const head of series.byId.values()) if (head.length > 0 && head.newest < rawBefore) seal(head);
    return forgetting.begin(rawBefore, minutesBefore);
  };
  return {
    append,
    arrived,
    flush,
    pending: () => log.values,
    prune: (rawBefore: number, minutesBefore: number) => transactions.transact(() => prune(rawBefore, minutesBefore)),
  };
}

/** Removes blocks that are too old, a few at a time. What a failed transaction put back goes with the next `begin`. */
function createForgetting(db: Database.Database) {
  const removeFrom = (table: 'numeric_block' | 'minute_block') =>
    db.prepare<[number, number]>(`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE to_at < ? LIMIT ?)`);
  const [removeBlocks, removeMinutes] = [removeFrom('numeric_block'), removeFrom('minute_block')];
  let ages = { raw: 0, minutes: 0 };
  let pending = false;
  const remove = (most: number): number => {
    const blocks = removeBlocks.run(ages.raw, most).changes;
    const minutes = removeMinutes.run(ages.minutes, most).changes;
    pending = blocks === most || minutes === most;
    return blocks + minutes;
  };
  return {
    pending: () => pending,
    begin: (raw: number, minutes: number): number => {
      ages = { raw, minutes };
      return remove(PRUNED_AT_ONCE);
    },
    goOn: (): void => {
      if (pending) remove(PRUNED_A_FLUSH);
    },
  };
}

/** F10: nothing of a message with a value that is no number, or a time that is no instant, is kept. */
function refuseUnfit({ at, codes, values }: NumericsBatchRow): void {
  let fit = Number.isInteger(at) && at >= 0 && at <= LATEST_INSTANT && codes.length === values.length;
  for (let index = 0; index < values.length; index++) fit &&= Number.isFinite(values[index]);
  if (!fit)
    throw new ClinicError('invalid-input', 'A reading with a time or value that is no finite number cannot be kept.');
}
