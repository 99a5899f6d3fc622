import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { Ledger, LedgerEntry, NewLedgerEntry, Verification } from '#domain/ledger/entry.ts';
import type { Anchor } from './anchor.ts';
import { canonicalJson } from './canonical.ts';

interface LedgerRow {
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
  readonly station: string | null;
  readonly act: string;
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly hash: string;
}

/** End of the chain: seq and hash of its last entry; 0 and the empty text before the first. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

/** The ledger's table as a chain: each hash covers the store's id, the place in the chain, the facts and the hash before. */
export function createLedger(db: Database.Database, storeId: string, anchor: () => Anchor | undefined): Ledger {
  const insert = db.prepare(
    'INSERT INTO ledger (seq, at, actor, station, act, subject, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const head = headOf(db);
  const list = createList(db);
  return {
    append(entry: NewLedgerEntry): LedgerEntry {
      if (!db.inTransaction) throw new Error('The ledger is written only inside a transaction.');
      const last = head();
      const row = {
        ...entry,
        before: canonicalJson(entry.before),
        after: canonicalJson(entry.after),
        seq: last.seq + 1,
      };
      const hashed = hashOf(storeId, row, last.hash);
      insert.run(row.seq, row.at, row.actor, row.station, row.act, row.subject, row.before, row.after, hashed);
      return { ...entry, seq: row.seq, hash: hashed };
    },
    list,
    verify: () => verifyLedger(db, storeId, anchor()),
  };
}

/** Reads the end of the chain. */
export function headOf(db: Database.Database): () => LedgerHead {
  const last = db.prepare<[], LedgerHead>('SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1');
  return () => last.get() ?? { seq: 0, hash: '' };
}

/**
 * Walks the whole chain and compares its end with the anchor, which must have been read before: the store may have
 * grown since, but never shrunk. A missing entry is named by the seq it should have had.
 */
export function verifyLedger(db: Database.Database, storeId: string, anchor: Anchor | undefined): Verification {
  return db.transaction((): Verification => {
    const rows = db.prepare<[], number>('SELECT count(*) FROM ledger').pluck().get() ?? 0;
    const bad = (firstBad: number, problem: string): Verification => ({ ok: false, rows, firstBad, problem });
    let last: LedgerHead = { seq: 0, hash: '' };
    for (const row of db.prepare<[], LedgerRow>('SELECT * FROM ledger ORDER BY seq').iterate()) {
      const seq = last.seq + 1;
      if (row.seq !== seq) return bad(seq, `Ledger entry ${seq} is missing.`);
      if (row.hash !== hashOf(storeId, row, last.hash)) {
        return bad(seq, `Ledger entry ${seq} is not what was written, or does not follow entry ${last.seq}.`);
      }
      if (anchor?.seq === seq && anchor.hash !== row.hash) {
        return bad(seq, `Ledger entry ${seq} is not the one that was written when the anchor was.`);
      }
      last = row;
    }
    if (anchor && anchor.seq > last.seq) {
      return bad(last.seq + 1, `The ledger ends at entry ${last.seq}, but ${anchor.seq} were written.`);
    }
    return { ok: true, rows };
  })();
}

function hashOf(storeId: string, row: Omit<LedgerRow, 'hash'>, before: string): string {
  const facts = [storeId, row.seq, row.at, row.actor, row.station, row.act, row.subject, row.before, row.after, before];
  return hash('sha256', JSON.stringify(facts), 'hex');
}

function createList(db: Database.Database): Ledger['list'] {
  const byFilter = new Map<string, Database.Statement<unknown[], LedgerRow>>();
  const columns = ['subject', 'actor', 'act'] as const;
  return (filter) => {
    const used = columns.filter((column) => filter[column] !== undefined);
    const name = used.join();
    let statement = byFilter.get(name);
    if (!statement) {
      const conditions = ['seq < ?', ...used.map((column) => `${column} = ?`)].join(' AND ');
      statement = db.prepare<unknown[], LedgerRow>(
        `SELECT * FROM ledger WHERE ${conditions} ORDER BY seq DESC LIMIT ?`,
      );
      byFilter.set(name, statement);
    }
    const before = filter.before ?? Number.MAX_SAFE_INTEGER;
    return statement.all(before, ...used.map((column) => filter[column]), filter.limit).map(toEntry);
  };
}

function toEntry(row: LedgerRow): LedgerEntry {
  return { ...row, before: JSON.parse(row.before), after: JSON.parse(row.after) };
}
