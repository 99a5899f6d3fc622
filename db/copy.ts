import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { ClinicError } from '#domain/clinic-error.ts';
import { openAnchorFile } from './anchor.ts';
import { damageOf, stateOf } from './check.ts';
import { connect } from './connection.ts';
import { checkGate, writeKeyCheck } from './gate.ts';
import { headOf } from './ledger.ts';
import { type StorePaths, storePaths } from './paths.ts';

/** A copy of a store: where it lies and its size. */
export interface Copy {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes a folder that is a store in itself, with the same key: the copy, its check value and an anchor of its own.
 * The copy is opened and checked before it takes its name. Refuses a folder that has any of these.
 */
export function backupTo(db: Database.Database, key: Buffer, toFolder: string): Copy {
  const to = storePaths(toFolder);
  for (const path of [to.store, to.check, to.anchor]) {
    if (existsSync(path)) {
      throw new ClinicError(
        'conflict',
        `There is already a store in ${toFolder}. A backup never overwrites one: name another folder.`,
      );
    }
  }
  mkdirSync(toFolder, { recursive: true, mode: 0o700 });
  copyStore(db, key, to.store, (copy) => {
    const state = stateOf(copy);
    if (!state) throw new ClinicError('unavailable', 'The store has no identity, so it was not copied.');
    writeKeyCheck(to.check, key, state.id);
    const anchor = openAnchorFile(to.anchor, key);
    anchor.write({ storeId: state.id, ...headOf(copy)(), commits: state.commits });
    anchor.close();
  });
  return { path: to.store, bytes: statSync(to.store).size };
}

/** The same for a store in a folder, whether or not a hub has it open. */
export function backupFolder(paths: StorePaths, key: Buffer, toFolder: string): Copy {
  if (checkGate(paths, key).fresh) throw new ClinicError('not-found', `There is no store at ${paths.store}.`);
  const db = connect(paths.store, key, { readOnly: true });
  try {
    return backupTo(db, key, toFolder);
  } finally {
    db.close();
  }
}

/**
 * Copies a store to `target` under the same key; `finish` is shown the copy before it takes its name.
 * `VACUUM INTO`, because the library's own backup cannot copy an encrypted file.
 */
export function copyStore(
  db: Database.Database,
  key: Buffer,
  target: string,
  finish: (copy: Database.Database) => void = () => undefined,
): void {
  const part = `${target}.${randomUUID()}.part`;
  try {
    db.prepare('VACUUM INTO ?').run(part);
    const copy = connect(part, key, { readOnly: true });
    try {
      const damage = damageOf(copy, 'integrity_check');
      if (damage) throw new ClinicError('unavailable', `The copy was thrown away. ${damage}`);
      finish(copy);
    } finally {
      copy.close();
    }
    sync(part);
    renameSync(part, target);
    sync(dirname(target));
  } catch (error) {
    rmSync(part, { force: true });
    if (error instanceof ClinicError) throw error;
    throw new ClinicError(
      'unavailable',
      `The copy could not be written to ${target}: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
}

function sync(path: string): void {
  // Windows cannot sync a folder.
  if (process.platform === 'win32' && statSync(path).isDirectory()) return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
