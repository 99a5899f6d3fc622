import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { ClinicError } from '#domain/clinic-error.ts';
import { connect } from './connection.ts';
import { KEY_BYTES, keyCheckOf, keyFits } from './key.ts';
import { SCHEMA_VERSION, schemaVersion } from './migrate.ts';
import type { StorePaths } from './paths.ts';

const PAGE_BYTES = 4_096;

/** What was found before anything was touched. */
export interface Gate {
  readonly storeId: string;
  /** 0 for a store that is yet to be made. */
  readonly schema: number;
  readonly fresh: boolean;
}

/**
 * Decides, without writing a byte to the store, whether this key may open it: wrong key, damage, a foreign file and a
 * newer program's store each have their own words.
 */
export function checkGate(paths: StorePaths, key: Buffer | undefined): Gate {
  if (!key || key.length !== KEY_BYTES) {
    throw refused(`There is no usable key for the store ${paths.store}. Name its key file with --key-file.`);
  }
  const check = readCheck(paths.check);
  if (check && !keyFits(key, check.storeId, check.check)) {
    throw refused(
      `The key does not belong to the store ${paths.store}. Name the key file it was made with; the store was not changed.`,
    );
  }
  if (!existsSync(paths.store)) return gateOfMissing(paths, check?.storeId);
  if (statSync(paths.store).size === 0 && existsSync(paths.anchor)) {
    throw refused(
      `The store ${paths.store} is empty, though it was used before. Put a backup in its place; it was not changed.`,
    );
  }
  refuseForeign(paths.store);
  return probe(paths, key, check?.storeId);
}

/** Keeps the check value of a key beside its store, whole or not at all. */
export function writeKeyCheck(path: string, key: Buffer, storeId: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ storeId, check: keyCheckOf(key, storeId) })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

function refused(message: string): ClinicError {
  return new ClinicError('unavailable', message);
}

function gateOfMissing(paths: StorePaths, storeId: string | undefined): Gate {
  // A check value without anchor is left by a first start that was cut short: nothing was ever kept.
  if (storeId && existsSync(paths.anchor)) {
    throw refused(
      `The store ${paths.store} is missing, though it was used before. Put it or a backup back; no new one was made in its place.`,
    );
  }
  return { storeId: storeId ?? randomBytes(16).toString('hex'), schema: 0, fresh: true };
}

function refuseForeign(path: string): void {
  const size = statSync(path).size;
  const start = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  if (start.toString('latin1') === 'SQLite format 3\0') {
    throw refused(
      `${path} is a plain SQLite file, not an encrypted Wardline store. Move it away or choose another data folder; it was not changed.`,
    );
  }
  // A store is made of whole pages; an empty one was made and never written.
  if (size % PAGE_BYTES !== 0) {
    throw refused(
      `${path} is not a Wardline store, or was cut short. Choose another data folder, or put a backup in its place; it was not changed.`,
    );
  }
}

function probe(paths: StorePaths, key: Buffer, expectedId: string | undefined): Gate {
  const db = openProbe(paths.store, key, expectedId !== undefined);
  try {
    const schema = schemaVersion(db);
    if (schema > SCHEMA_VERSION) {
      throw refused(
        `The store ${paths.store} was written by a newer Wardline (schema ${schema}; this one knows ${SCHEMA_VERSION}). Start the newer version; the store was not changed.`,
      );
    }
    const known = schema > 0 ? db.prepare<[], string>('SELECT id FROM store_state').pluck().get() : undefined;
    if (known && expectedId && known !== expectedId) {
      throw refused(
        `${paths.store} is another clinic's store than the files beside it belong to. Put the right one back; nothing was changed.`,
      );
    }
    return { storeId: known ?? expectedId ?? randomBytes(16).toString('hex'), schema, fresh: schema === 0 };
  } finally {
    db.close();
  }
}

// Read-only: the last writing connection to close would fold the write-ahead file into a store it cannot read.
function openProbe(path: string, key: Buffer, keyIsRight: boolean) {
  try {
    return connect(path, key, { readOnly: true });
  } catch (error) {
    if (error instanceof ClinicError) throw error;
    throw refused(
      keyIsRight
        ? `The store ${path} is damaged: the key is right, but its beginning cannot be read. Put a backup in its place; it was not changed.`
        : `The store ${path} cannot be opened: the key is wrong, or the file is damaged or not a Wardline store. Name its key file with --key-file, or put a backup in its place; it was not changed.`,
    );
  }
}

function readCheck(path: string): { storeId: string; check: string } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { storeId, check } = found as { storeId: unknown; check: unknown };
    if (typeof storeId === 'string' && typeof check === 'string' && /^[0-9a-f]{32}$/.test(storeId))
      return { storeId, check };
  } catch {
    // Falls through: an unreadable check value is as good as none, the store itself still proves the key.
  }
  return undefined;
}
