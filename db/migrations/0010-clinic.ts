import { count, instant, type Migration } from './migration.ts';

/** The store's own identity and commit counter, named values, and answers already given. */
export const migration: Migration = {
  version: 10,
  name: 'clinic',
  up(db) {
    db.exec(`
      CREATE TABLE store_state (
        one     INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
        id      TEXT NOT NULL CHECK (length(id) = 32),
        commits INTEGER NOT NULL ${count('commits')}
      ) STRICT;
      CREATE TABLE setting (
        key   TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL CHECK (json_valid(value))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE answer (
        actor      TEXT NOT NULL,
        key        TEXT NOT NULL,
        procedure  TEXT NOT NULL,
        input_hash TEXT NOT NULL,
        result     TEXT NOT NULL CHECK (json_valid(result)),
        given_at   INTEGER NOT NULL ${instant('given_at')},
        PRIMARY KEY (actor, key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX answer_by_age ON answer (given_at);`);
  },
};
