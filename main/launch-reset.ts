import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = 'wardline-demo.txt';
const MARK_TEXT =
  'This folder was made by `npm start` for the demo clinic. `npm start -- --reset` deletes it as a whole.\n';

/** Marks a folder as the demo's own, which is allowed only while nothing is in it. */
export function markDemo(dataDir: string): void {
  if (readdirSync(dataDir).length === 0) writeFileSync(join(dataDir, MARK), MARK_TEXT, { mode: 0o600 });
}

/** Answers why a lock cannot be had (who holds the store), or null and lets go of it. */
export type HolderOf = (dataDir: string) => string | null;

/**
 * Deletes the demo clinic's folder, so that the next start makes a new one. Answers the sentence to show when it may
 * not: the folder is not the demo's own, or a hub holds it. Then nothing was touched.
 */
export function resetDemo(dataDir: string, holderOf: HolderOf): string | null {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return null;
  if (!existsSync(join(dataDir, MARK))) {
    return `${dataDir} was not made by the demo, so --reset leaves it alone. Name another folder with --data.`;
  }
  const holder = holderOf(dataDir);
  if (holder) return `${holder} Stop it first, then run the same command again. Nothing was deleted.`;
  // Renamed first: a deletion that is interrupted never leaves half a clinic behind under its own name.
  const aside = `${dataDir}.deleted-${process.pid}`;
  renameSync(dataDir, aside);
  rmSync(aside, { recursive: true, force: true });
  return null;
}
