import { instant, type Migration } from './migration.ts';

/**
 * Sites, kinds of wards, areas without beds, records found to be one person, and lists people saved. The words of kinds
 * are those of the day this was released.
 */
export const migration: Migration = {
  version: 130,
  name: 'places',
  up(db) {
    db.exec(`
      CREATE TABLE site (
        id   TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL CHECK (name <> '')
      ) STRICT;
      CREATE TABLE ward_attributes (
        ward_id   TEXT PRIMARY KEY NOT NULL REFERENCES ward,
        kind      TEXT NOT NULL CHECK (kind IN ('inpatient', 'emergency', 'day', 'outpatient', 'virtual')),
        site_id   TEXT REFERENCES site,
        code      TEXT CHECK (code <> ''),
        from_feed INTEGER NOT NULL CHECK (from_feed IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE area (
        id      TEXT PRIMARY KEY NOT NULL,
        ward_id TEXT REFERENCES ward,
        name    TEXT NOT NULL CHECK (name <> ''),
        kind    TEXT NOT NULL CHECK (kind IN ('waiting', 'treatment', 'theatre', 'imaging', 'home', 'other')),
        code    TEXT CHECK (code <> '')
      ) STRICT;
      CREATE TABLE patient_merge (
        id              TEXT PRIMARY KEY NOT NULL,
        survivor_id     TEXT NOT NULL REFERENCES patient,
        retired_id      TEXT NOT NULL REFERENCES patient,
        merged_at       INTEGER NOT NULL ${instant('merged_at')},
        merged_by       TEXT NOT NULL,
        reason          TEXT,
        survivor_before TEXT NOT NULL CHECK (json_type(survivor_before) = 'object'),
        retired_before  TEXT NOT NULL CHECK (json_type(retired_before) = 'object'),
        encounter_ids   TEXT NOT NULL CHECK (json_type(encounter_ids) = 'array'),
        undone_at       INTEGER ${instant('undone_at')},
        CHECK (survivor_id <> retired_id)
      ) STRICT;
      CREATE UNIQUE INDEX one_survivor_a_patient ON patient_merge (retired_id) WHERE undone_at IS NULL;
      CREATE INDEX merge_by_survivor ON patient_merge (survivor_id) WHERE undone_at IS NULL;
      CREATE TABLE saved_view (
        id      TEXT PRIMARY KEY NOT NULL,
        user_id TEXT NOT NULL REFERENCES app_user ON DELETE CASCADE,
        screen  TEXT NOT NULL,
        name    TEXT NOT NULL CHECK (name <> ''),
        state   TEXT NOT NULL,
        shared  INTEGER NOT NULL CHECK (shared IN (0, 1)),
        UNIQUE (user_id, screen, name)
      ) STRICT;
      CREATE INDEX shared_view_by_screen ON saved_view (screen) WHERE shared = 1;`);
  },
};
