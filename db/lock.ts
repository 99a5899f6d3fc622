import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { ClinicError } from '#domain/clinic-error.ts';

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** How long a second owner waits for a first one that is just closing; the refusal must come within 2 s. */
const PATIENCE_MS = 400;

/**
 * Takes the data folder for this process by a write lock on a small SQLite file. The lock goes with the process,
 * however it ends; who holds it stays readable. Refuses with the holder's pid and machine.
 */
export function takeOwnership(lockPath: string): { release(): void } {
  const db = openLock(lockPath);
  try {
    const self: Holder = { pid: process.pid, host: hostname() };
    // Naming oneself and holding on are two transactions, so that others can read the name: repeat if one came between.
    for (;;) {
      db.exec('BEGIN EXCLUSIVE');
      db.exec(
        'CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER, host TEXT) STRICT',
      );
      db.prepare('REPLACE INTO holder VALUES (1, ?, ?)').run(self.pid, self.host);
      db.exec('COMMIT');
      db.exec('BEGIN IMMEDIATE');
      const named = holderOf(db);
      if (named?.pid === self.pid && named.host === self.host) return { release: () => db.close() };
      db.exec('ROLLBACK');
    }
  } catch (error) {
    const holder = holderOf(db);
    db.close();
    if (!isBusy(error)) throw error;
    const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
    throw new ClinicError(
      'unavailable',
      `This clinic's data is already open in ${who}. Only one hub may use it: close the other one, or connect to it.`,
    );
  }
}

function openLock(lockPath: string): Database.Database {
  try {
    const db = new Database(lockPath, { timeout: PATIENCE_MS });
    db.pragma('journal_mode = DELETE');
    return db;
  } catch (error) {
    if (isBusy(error)) throw error;
    throw new ClinicError(
      'unavailable',
      `The file ${lockPath} cannot be used to mark who owns the store. If no hub is running, delete it and start again.`,
    );
  }
}

function holderOf(db: Database.Database): Holder | undefined {
  try {
    return db.prepare<[], Holder>('SELECT pid, host FROM holder').get();
  } catch {
    return undefined;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
