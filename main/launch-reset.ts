import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeOwnership } from '#db/lock.ts';
import { storePaths } from '#db/paths.ts';
import { ClinicError } from '#domain/clinic-error.ts';

const MARK = 'wardline-demo.txt';
const MARK_TEXT =
  'This folder was made by `npm start` for the demo clinic. `npm start -- --reset` deletes it as a whole.\n';

/** Marks a folder as the demo's own, which is allowed only while nothing is in it. */
export function markDemo(dataDir: string): void {
  if (readdirSync(dataDir).length === 0) writeFileSync(join(dataDir, MARK), MARK_TEXT, { mode: 0o600 });
}

/** The sentence that says which hub holds a store, or null when none does. */
function holderOf(dataDir: string): string | null {
  try {
    takeOwnership(storePaths(dataDir).lock).release();
    return null;
  } catch (error) {
    if (error instanceof ClinicError) return error.message;
    throw error;
  }
}

/**
 * Deletes the demo clinic's folder, so that the next start makes a new one. Answers the sentence to show when it may
 * not: the folder is not the demo's own, or a hub holds it. Then nothing was touched.
 */
export function resetDemo(dataDir: string): string | null {
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return null;
  if (!existsSync(join(dataDir, MARK))) {
    return `${dataDir} was not made by the demo, so --reset leaves it alone. Name another folder with --data.`;
  }
  const holder = holderOf(dataDir);
  if (holder) return `${holder} Nothing was deleted.`;
  // Renamed first: a deletion that is interrupted never leaves half a clinic behind under its own name.
  const aside = `${dataDir}.deleted-${process.pid}`;
  renameSync(dataDir, aside);
  rmSync(aside, { recursive: true, force: true });
  return null;
}
