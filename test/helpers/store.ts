import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoreNotice } from '#db/open.ts';
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
