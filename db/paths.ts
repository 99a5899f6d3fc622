import { join } from 'node:path';

export interface StorePaths {
  readonly store: string;
  /** Check value of the key. */
  readonly check: string;
  readonly anchor: string;
  /** SQLite file whose lock marks the one owner. */
  readonly lock: string;
  /** 64 MB to delete when the disk is full. */
  readonly ballast: string;
}

/** Where a store and the files beside it lie in a data folder. */
export function storePaths(dataDir: string): StorePaths {
  return {
    store: join(dataDir, 'wardline.db'),
    check: join(dataDir, 'wardline.check'),
    anchor: join(dataDir, 'wardline.anchor'),
    lock: join(dataDir, 'wardline.lock'),
    ballast: join(dataDir, 'wardline.ballast'),
  };
}
