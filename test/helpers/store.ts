import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { connect } from '#db/connection.ts';
import { migrate } from '#db/migrate.ts';
import { migrations } from '#db/migrations/index.ts';
import { openStore, type StoreNotice } from '#db/open.ts';
import { storePaths } from '#db/paths.ts';
import type { Store } from '#domain/clinic/store.ts';

/** A real store in a folder of its own. */
export interface TestStore {
  /** Always the one now open: read it anew after `reopen`. */
  readonly store: Store;
  readonly dataDir: string;
  readonly key: Buffer;
  readonly notices: StoreNotice[];
  /** Closes and opens again, as a restart of the hub does. */
  reopen(): Store;
  /** Closes and removes the folder. */
  remove(): void;
}

/** An empty folder that `remove` takes away. */
export function testFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'wardline-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Puts a store as an older program left it, of the schema `version`, in the place of the test's; `fill` fills it. */
export function makeOlder(test: TestStore, version: number, fill: (db: Database.Database) => void): void {
  test.store.close();
  const { store, check, anchor } = storePaths(test.dataDir);
  const { storeId } = JSON.parse(readFileSync(check, 'utf8')) as { storeId: string };
  for (const file of [store, `${store}-wal`, `${store}-shm`, anchor]) rmSync(file, { force: true });
  const db = connect(store, test.key, { readOnly: false });
  migrate(
    db,
    migrations.filter((step) => step.version <= version),
  );
  db.prepare('INSERT INTO store_state (one, id, commits) VALUES (1, ?, 0)').run(storeId);
  fill(db);
  db.close();
}

/** Opens a new store; call `remove` in `afterEach`. */
export function openTestStore(): TestStore {
  const folder = testFolder();
  const key = randomBytes(32);
  const notices: StoreNotice[] = [];
  const open = (): Store =>
    openStore({ dataDir: folder.path, key, ballastBytes: 0, onNotice: (notice) => notices.push(notice) });
  let store = open();
  return {
    get store() {
      return store;
    },
    dataDir: folder.path,
    key,
    notices,
    reopen: () => {
      store.close();
      store = open();
      return store;
    },
    remove: () => {
      store.close();
      folder.remove();
    },
  };
}
