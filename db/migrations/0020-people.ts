import { count, instant, type Migration } from './migration.ts';

/** Who can sign in, and open sessions. A role is kept as its word. */
export const migration: Migration = {
  version: 20,
  name: 'people',
  up(db) {
    db.exec(`
      CREATE TABLE app_user (
        id              TEXT PRIMARY KEY NOT NULL,
        username        TEXT NOT NULL UNIQUE CHECK (username = lower(username) AND length(username) BETWEEN 1 AND 40),
        display_name    TEXT NOT NULL,
        disabled        INTEGER NOT NULL CHECK (disabled IN (0, 1)),
        password_hash   TEXT,
        failures        INTEGER NOT NULL DEFAULT 0 ${count('failures')},
        last_failure_at INTEGER NOT NULL DEFAULT 0 ${instant('last_failure_at')}
      ) STRICT;
      CREATE TABLE user_role (
        user_id TEXT NOT NULL REFERENCES app_user ON DELETE CASCADE,
        role    TEXT NOT NULL,
        place   INTEGER NOT NULL CHECK (place BETWEEN 0 AND 99),
        PRIMARY KEY (user_id, role)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE session (
        token_hash   TEXT PRIMARY KEY NOT NULL,
        user_id      TEXT NOT NULL REFERENCES app_user ON DELETE CASCADE,
        station      TEXT,
        started_at   INTEGER NOT NULL ${instant('started_at')},
        last_seen_at INTEGER NOT NULL ${instant('last_seen_at')},
        expires_at   INTEGER NOT NULL ${instant('expires_at')}
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_by_user   ON session (user_id);
      CREATE INDEX session_by_expiry ON session (expires_at);`);
  },
};
