import { instant, type Migration } from './migration.ts';

/** The record of every change. Rows are added at the end and never change: triggers say so even to our own code. */
export const migration: Migration = {
  version: 80,
  name: 'ledger',
  up(db) {
    db.exec(`
      CREATE TABLE ledger (
        seq     INTEGER PRIMARY KEY NOT NULL CHECK (seq > 0),
        at      INTEGER NOT NULL ${instant('at')},
        actor   TEXT NOT NULL,
        station TEXT,
        act     TEXT NOT NULL,
        subject TEXT NOT NULL,
        before  TEXT NOT NULL CHECK (json_valid(before)),
        after   TEXT NOT NULL CHECK (json_valid(after)),
        hash    TEXT NOT NULL CHECK (length(hash) = 64)
      ) STRICT;
      CREATE INDEX ledger_by_subject ON ledger (subject, seq);
      CREATE INDEX ledger_by_actor   ON ledger (actor, seq);
      CREATE INDEX ledger_by_act     ON ledger (act, seq);
      CREATE TRIGGER ledger_only_grows BEFORE INSERT ON ledger
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
        BEGIN SELECT RAISE(ABORT, 'the ledger grows at its end only'); END;
      CREATE TRIGGER ledger_is_not_edited BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is not edited'); END;
      CREATE TRIGGER ledger_is_not_shortened BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger is not shortened'); END;`);
  },
};
