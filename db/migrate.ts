import type Database from 'better-sqlite3';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** The version of the schema that a store of this program has. */
export const SCHEMA_VERSION = Math.max(...migrations.map(({ version }) => version));

/** The schema's version as the file says it; 0 for an empty store. */
export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema up to date, each step in a transaction of its own. Stops at the first failure: schema and version
 * stay where the last good step left them.
 */
export function migrate(db: Database.Database, steps: readonly Migration[] = migrations): void {
  const current = schemaVersion(db);
  for (const step of steps.filter(({ version }) => version > current)) {
    db.transaction(() => {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}
