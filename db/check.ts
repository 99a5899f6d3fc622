import type Database from 'better-sqlite3';
import type { Verification } from '#domain/ledger/entry.ts';
import { type Anchor, readAnchor } from './anchor.ts';
import { connect } from './connection.ts';
import { checkGate } from './gate.ts';
import { headOf, verifyLedger } from './ledger.ts';
import type { StorePaths } from './paths.ts';

export interface StoreState {
  readonly id: string;
  readonly commits: number;
}

/** The store's identity and how many transactions wrote to it; undefined before the first step of the schema. */
export function stateOf(db: Database.Database): StoreState | undefined {
  return db.prepare<[], StoreState>('SELECT id, commits FROM store_state').get();
}

/**
 * What a store lacks of what its anchor says was written, in words; undefined when nothing. Quick: it looks at one
 * entry only. The anchor must have been read before.
 */
export function lackOf(db: Database.Database, anchor: Anchor | 'missing' | 'damaged'): string | undefined {
  const state = stateOf(db);
  if (!state) return 'The store has no identity.';
  if (anchor === 'missing') {
    return 'The anchor file beside the store is missing: whether the store is the newest cannot be told.';
  }
  if (anchor === 'damaged') {
    return 'The anchor file beside the store is damaged or was made with another key: whether the store is the newest cannot be told.';
  }
  if (anchor.storeId !== state.id) return 'The anchor file belongs to another store.';
  if (anchor.lack !== undefined) return anchor.lack;
  const lost = anchor.commits - state.commits;
  if (lost > 0) return `The store is older than it was: its last ${lost} of ${anchor.commits} changes are missing.`;
  const head = headOf(db)();
  if (head.seq < anchor.seq) return `The ledger ends at entry ${head.seq}, but ${anchor.seq} were written.`;
  const hash = db.prepare<[number], string>('SELECT hash FROM ledger WHERE seq = ?').pluck().get(anchor.seq);
  if (anchor.seq > 0 && hash !== anchor.hash) return `Ledger entry ${anchor.seq} is not the one that was written.`;
  return undefined;
}

/** Words of SQLite's own check of the file, whether it answers or throws; undefined when it finds nothing. */
export function damageOf(db: Database.Database, check: 'quick_check' | 'integrity_check'): string | undefined {
  try {
    const found = db.pragma(`${check}(10)`) as Record<string, string>[];
    const lines = found.flatMap((row) => Object.values(row)).filter((line) => line !== 'ok');
    return lines.length > 0 ? `The store is damaged: ${lines.join('; ')}` : undefined;
  } catch (error) {
    return `The store is damaged: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
}

/** Full check of file, references, ledger and anchor on an open connection. Slow. */
export function verifyConnection(db: Database.Database, anchorPath: string, key: Buffer): Verification {
  const anchor = readAnchor(anchorPath, key);
  const damage = damageOf(db, 'integrity_check');
  if (damage) return { ok: false, rows: 0, problem: damage };
  try {
    const state = stateOf(db);
    if (!state) return { ok: false, rows: 0, problem: 'The store was never finished.' };
    const strays = db.pragma('foreign_key_check') as { table: string }[];
    const ledger = verifyLedger(db, state.id, typeof anchor === 'string' ? undefined : anchor);
    if (!ledger.ok) return ledger;
    const stray =
      strays[0] && `${strays.length} rows refer to rows that are not there, the first in ${strays[0].table}.`;
    const problem = lackOf(db, anchor) ?? stray;
    return problem === undefined ? ledger : { ok: false, rows: ledger.rows, problem };
  } catch (error) {
    return {
      ok: false,
      rows: 0,
      problem: `The store cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
    };
  }
}

/** The same for a store in a folder, whether or not a hub has it open. Changes nothing. */
export function verifyFolder(paths: StorePaths, key: Buffer): Verification {
  const gate = checkGate(paths, key);
  if (gate.fresh) return { ok: false, rows: 0, problem: `There is no store at ${paths.store}.` };
  const db = connect(paths.store, key, { readOnly: true });
  try {
    return verifyConnection(db, paths.anchor, key);
  } finally {
    db.close();
  }
}
