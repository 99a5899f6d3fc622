import type Database from 'better-sqlite3';

/** What else must be put back when a transaction, or the nested part of it that asked, does not stand. */
export type Undo = () => void;

export interface Transactions {
  transact<Result>(work: (afterCommit: (tell: () => void) => void) => Result): Result;
  /** Registers what to put back in memory if the part of the transaction now running is undone. */
  onUndo(undo: Undo): void;
}

interface TransactionHooks {
  /** Inside the outermost transaction, before its commit; only when something was written. */
  beforeCommit(): void;
  /** After the outermost commit; only when something was written. */
  committed(): void;
  /** A listener failed after its transaction had committed: what was written stands. */
  tellFailed(error: unknown): void;
}

/**
 * One transaction at a time, taken for writing from its first statement; nested calls are savepoints in it, so that
 * a failed part leaves nothing behind even when the caller goes on.
 */
export function createTransactions(db: Database.Database, hooks: TransactionHooks): Transactions {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT part');
  const release = db.prepare('RELEASE part');
  const undoPart = db.prepare('ROLLBACK TO part');
  let undos: Undo[] = [];
  let tells: (() => void)[] = [];

  const undoBackTo = (mark: number): void => {
    for (const undo of undos.splice(mark).reverse()) undo();
  };

  const nested = <Result>(work: (afterCommit: (tell: () => void) => void) => Result): Result => {
    const [undoMark, tellMark] = [undos.length, tells.length];
    savepoint.run();
    try {
      const result = work((tell) => tells.push(tell));
      release.run();
      return result;
    } catch (error) {
      // A disk error may have ended the whole transaction already: then there is no savepoint to go back to.
      if (db.inTransaction) {
        undoPart.run();
        release.run();
      }
      undoBackTo(undoMark);
      tells.splice(tellMark);
      throw error;
    }
  };

  const outermost = <Result>(work: (afterCommit: (tell: () => void) => void) => Result): Result => {
    begin.run();
    undos = [];
    tells = [];
    let wrote = false;
    let result: Result;
    try {
      const before = changes.get();
      result = work((tell) => tells.push(tell));
      wrote = changes.get() !== before;
      if (wrote) hooks.beforeCommit();
      commit.run();
    } catch (error) {
      if (db.inTransaction) rollback.run();
      undoBackTo(0);
      throw error;
    }
    const due = tells;
    undos = [];
    tells = [];
    if (wrote) hooks.committed();
    for (const tell of due) {
      try {
        tell();
      } catch (error) {
        hooks.tellFailed(error);
      }
    }
    return result;
  };

  return {
    transact: (work) => (db.inTransaction ? nested(work) : outermost(work)),
    onUndo: (undo) => {
      undos.push(undo);
    },
  };
}
