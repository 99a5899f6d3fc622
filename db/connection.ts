import Database from 'better-sqlite3';
import { ClinicError } from '#domain/clinic-error.ts';

/** Pages the cache may hold, in KiB, as SQLite writes it. */
const CACHE = -65_536;
/** Pages after which the write-ahead file is folded in: often and little, since the commit that does it waits. */
const CHECKPOINT_PAGES = 256;
/** The write-ahead file is cut back to this after a checkpoint. */
const WAL_LIMIT_BYTES = 67_108_864;

/** What is set on every connection, and read back: a library that ignored one would leave plaintext or lose commits. */
const RULES: readonly (readonly [pragma: string, set: string, reads: number | string])[] = [
  ['synchronous', 'FULL', 2],
  ['temp_store', 'MEMORY', 2],
  ['foreign_keys', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['busy_timeout', '2000', 2000],
  ['cache_size', String(CACHE), CACHE],
];

/**
 * A connection to an encrypted store: raw 256-bit key, SQLCipher 4 format, every setting read back and refused on a
 * difference. Nothing is written to a file opened read-only.
 */
export function connect(path: string, key: Buffer, { readOnly }: { readOnly: boolean }): Database.Database {
  const db = new Database(path, { readonly: readOnly, timeout: 2_000 });
  try {
    unlock(db, key);
    for (const [pragma, set] of RULES) db.pragma(`${pragma} = ${set}`);
    if (!readOnly) {
      db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      db.pragma('journal_mode = WAL');
      db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
      expect(db, 'journal_mode', 'wal');
    }
    for (const [pragma, , reads] of RULES) expect(db, pragma, reads);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function unlock(db: Database.Database, key: Buffer): void {
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.pragma(`key = "x'${key.toString('hex')}'"`);
  expect(db, 'cipher', 'sqlcipher');
  expect(db, 'legacy', 4);
  // The first read of the file: here a wrong key or a damaged first page shows.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
}

function expect(db: Database.Database, pragma: string, expected: number | string): void {
  const found = db.pragma(pragma, { simple: true });
  if (String(found) === String(expected)) return;
  throw new ClinicError(
    'unavailable',
    `The store was not opened: its setting ${pragma} is ${String(found)} instead of ${expected}. Install Wardline again.`,
  );
}
