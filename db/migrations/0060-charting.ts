import { finite, instant, type Migration } from './migration.ts';

/** What people charted and wrote in a stay. Neither is ever edited. */
export const migration: Migration = {
  version: 60,
  name: 'charting',
  up(db) {
    db.exec(`
      CREATE TABLE observation (
        id           TEXT PRIMARY KEY NOT NULL,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        code         TEXT NOT NULL,
        value        REAL NOT NULL ${finite('value')},
        observed_at  INTEGER NOT NULL ${instant('observed_at')},
        recorded_at  INTEGER NOT NULL ${instant('recorded_at')},
        recorded_by  TEXT NOT NULL
      ) STRICT;
      CREATE INDEX observation_by_time ON observation (encounter_id, observed_at);
      CREATE INDEX observation_by_code ON observation (encounter_id, code, observed_at);
      CREATE TABLE note (
        id           TEXT PRIMARY KEY NOT NULL,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        text         TEXT NOT NULL CHECK (text <> ''),
        written_at   INTEGER NOT NULL ${instant('written_at')},
        written_by   TEXT NOT NULL
      ) STRICT;
      CREATE INDEX note_by_encounter ON note (encounter_id, written_at);`);
  },
};
