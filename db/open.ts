import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { type AnchorFile, keepLack, openAnchorFile, readAnchor } from './anchor.ts';
import { BALLAST_BYTES, keepBallast } from './ballast.ts';
import { damageOf, lackOf, stateOf, verifyConnection } from './check.ts';
import { connect } from './connection.ts';
import { backupTo, copyStore } from './copy.ts';
import { createFigureReader } from './figures/reader.ts';
import { checkGate, type Gate, writeKeyCheck } from './gate.ts';
import { headOf } from './ledger.ts';
import { takeOwnership } from './lock.ts';
import { migrate, SCHEMA_VERSION } from './migrate.ts';
import { type StorePaths, storePaths } from './paths.ts';
import { createReader } from './reader.ts';
import { createStores } from './stores/index.ts';
import { createTransactions } from './transactions.ts';

/** Something the keeper of the store should know; it stays open. `text` names no patient. */
export interface StoreNotice {
  readonly kind: 'anchor' | 'mode-corrected' | 'no-reserve' | 'listener-failed';
  readonly text: string;
}

export interface OpenOptions {
  readonly dataDir: string;
  /** 32 bytes. */
  readonly key: Buffer;
  /** Changes nothing and takes no lock: may be used beside a running hub. */
  readonly readOnly?: boolean;
  readonly onNotice?: (notice: StoreNotice) => void;
  /** Size of the reserve for a full disk; 64 MB unless said otherwise, 0 for none. */
  readonly ballastBytes?: number;
}

type Notify = (kind: StoreNotice['kind'], text: string) => void;

/**
 * Opens the store of a data folder, making it where there is none. Throws a ClinicError `unavailable` that says what to
 * do when the key, the file, its version or its owner does not allow it, and then has changed nothing in it.
 */
export function openStore({ dataDir, key, readOnly = false, onNotice, ballastBytes }: OpenOptions): Store {
  const notify: Notify = (kind, text) => onNotice?.({ kind, text });
  const paths = storePaths(dataDir);
  const gate = checkGate(paths, key);
  if (readOnly) return openToRead(paths, key, gate, notify);
  // A worker thread may not set it; its process already has.
  if (isMainThread) process.umask(0o077);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const ownership = takeOwnership(paths.lock);
  try {
    // Once more, now that nobody else can be making or changing the store.
    return openToWrite({
      paths,
      key,
      gate: checkGate(paths, key),
      notify,
      dataDir,
      release: ownership.release,
      ballastBytes,
    });
  } catch (error) {
    ownership.release();
    throw error;
  }
}

function openToRead(paths: StorePaths, key: Buffer, gate: Gate, notify: Notify): Store {
  if (gate.schema !== SCHEMA_VERSION) {
    throw new ClinicError(
      'unavailable',
      gate.fresh
        ? `There is no store at ${paths.store}.`
        : `The store ${paths.store} was last used by an older Wardline. Start the hub once to bring it up to date.`,
    );
  }
  const anchor = readAnchor(paths.anchor, key);
  const db = connect(paths.store, key, { readOnly: true });
  const lack = lackOf(db, anchor);
  if (lack) notify('anchor', lack);
  return assemble({ db, paths, key, notify, anchor: undefined, release: () => undefined });
}

interface WriteParts {
  readonly dataDir: string;
  readonly paths: StorePaths;
  readonly key: Buffer;
  readonly gate: Gate;
  readonly notify: Notify;
  readonly ballastBytes: number | undefined;
  release(): void;
}

function openToWrite({ dataDir, paths, key, gate, notify, release, ballastBytes = BALLAST_BYTES }: WriteParts): Store {
  if (!existsSync(paths.check)) writeKeyCheck(paths.check, key, gate.storeId);
  tightenModes(paths, notify);
  const found = readAnchor(paths.anchor, key);
  const db = connect(paths.store, key, { readOnly: false });
  try {
    const damage = damageOf(db, 'quick_check');
    if (damage) throw new ClinicError('unavailable', `${damage}. Put a backup in its place; it was not changed.`);
    bringUpToDate(db, key, dataDir, gate);
    const anchor = anchorOf(db, paths, key, found, notify);
    const shortage = keepBallast(paths.ballast, dataDir, ballastBytes);
    if (shortage) notify('no-reserve', shortage);
    return assemble({ db, paths, key, notify, anchor, release });
  } catch (error) {
    db.close();
    throw error;
  }
}

function tightenModes(paths: StorePaths, notify: Notify): void {
  // Windows has no such modes: the folder's own permissions hold there.
  if (process.platform === 'win32') return;
  const files = [...Object.values(paths), `${paths.store}-wal`, `${paths.store}-shm`] as string[];
  for (const path of files.filter((file) => existsSync(file))) {
    const mode = statSync(path).mode & 0o777;
    if ((mode & 0o077) === 0) continue;
    chmodSync(path, 0o600);
    notify('mode-corrected', `${path} could be read by others (mode ${mode.toString(8)}); now only its owner can.`);
  }
}

function bringUpToDate(db: Database.Database, key: Buffer, dataDir: string, gate: Gate): void {
  if (gate.schema > 0 && gate.schema < SCHEMA_VERSION) {
    const copy = join(dataDir, `wardline-schema-${gate.schema}.db`);
    if (!existsSync(copy)) copyStore(db, key, copy);
  }
  migrate(db);
  db.prepare('INSERT INTO store_state (one, id, commits) VALUES (1, ?, 0) ON CONFLICT DO NOTHING').run(gate.storeId);
}

/** The anchor file to write to; undefined where what it says is not met: then it stays as it is, as evidence. */
function anchorOf(
  db: Database.Database,
  paths: StorePaths,
  key: Buffer,
  found: ReturnType<typeof readAnchor>,
  notify: Notify,
): AnchorFile | undefined {
  const state = stateOf(db);
  const lack = found === 'missing' && state?.commits === 0 ? undefined : lackOf(db, found);
  if (lack) {
    notify('anchor', lack);
    // The store will grow past its anchor, and look sound again: what was found must outlast that.
    if (typeof found !== 'string' && found.lack === undefined) keepLack(paths.anchor, key, lack);
    return undefined;
  }
  const file = openAnchorFile(paths.anchor, key);
  if (state) file.write({ storeId: state.id, ...headOf(db)(), commits: state.commits });
  return file;
}

interface Parts {
  readonly db: Database.Database;
  readonly paths: StorePaths;
  readonly key: Buffer;
  readonly notify: Notify;
  readonly anchor: AnchorFile | undefined;
  release(): void;
}

function assemble({ db, paths, key, notify, anchor, release }: Parts): Store {
  const storeId = stateOf(db)?.id ?? '';
  const head = headOf(db);
  const count = db.prepare<[], number>('UPDATE store_state SET commits = commits + 1 RETURNING commits').pluck();
  let commits = stateOf(db)?.commits ?? 0;
  const transactions = createTransactions(db, {
    beforeCommit: () => {
      commits = count.get() ?? commits;
    },
    committed: () => anchor?.write({ storeId, ...head(), commits }),
    tellFailed: (error) => notify('listener-failed', error instanceof Error ? error.name : 'unknown'),
  });
  const stores = createStores(db, { storeId, transactions, anchorPath: paths.anchor, key });
  const reader = createReader(join(paths.store, '..'), key);
  const figures = createFigureReader(join(paths.store, '..'), key);
  let open = true;
  return {
    ...stores,
    figures,
    transact: transactions.transact,
    verify: () => verifyConnection(db, paths.anchor, key),
    verifyInThread: () => reader.verify(),
    backup: (toFolder) => backupTo(db, key, toFolder),
    backupInThread: (toFolder) => reader.backup(toFolder),
    close: () => {
      if (!open) return;
      open = false;
      reader.close();
      figures.close();
      try {
        if (!db.readonly) stores.numerics.flush();
      } finally {
        db.close();
        anchor?.close();
        release();
      }
    },
  };
}
