import { instant, type Migration } from './migration.ts';

/**
 * Patients, their stays, and who holds which bed. Occupancy is read from bed_assignment and stored nowhere else:
 * the partial indexes keep a bed to one patient, a stay to one bed and a patient to one open stay.
 */
export const migration: Migration = {
  version: 40,
  name: 'stays',
  up(db) {
    db.exec(`
      CREATE TABLE patient (
        id                    TEXT PRIMARY KEY NOT NULL,
        family                TEXT NOT NULL,
        given                 TEXT NOT NULL CHECK (json_type(given) = 'array'),
        birth_date            TEXT CHECK (birth_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        sex                   TEXT NOT NULL CHECK (sex IN ('female', 'male', 'other', 'unknown')),
        allergies             TEXT CHECK (json_type(allergies) = 'array'),
        allergies_recorded_at INTEGER ${instant('allergies_recorded_at')},
        search_text           TEXT NOT NULL,         -- lower case: names in the orders people say them, identifiers
        sort_text             TEXT NOT NULL
      ) STRICT;
      CREATE INDEX patient_by_name ON patient (sort_text, id);
      CREATE TABLE patient_identifier (
        patient_id TEXT NOT NULL REFERENCES patient ON DELETE CASCADE,
        place      INTEGER NOT NULL CHECK (place BETWEEN 0 AND 999),
        system     TEXT NOT NULL,
        value      TEXT NOT NULL,
        PRIMARY KEY (patient_id, place),
        UNIQUE (system, value)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE encounter (
        id            TEXT PRIMARY KEY NOT NULL,
        patient_id    TEXT NOT NULL REFERENCES patient,
        status        TEXT NOT NULL CHECK (status IN
                        ('planned', 'in-progress', 'on-hold', 'discharged', 'completed', 'cancelled')),
        admitted_at   INTEGER NOT NULL ${instant('admitted_at')},
        discharged_at INTEGER ${instant('discharged_at')} CHECK (discharged_at >= admitted_at),
        reason        TEXT,
        spo2_scale    INTEGER NOT NULL CHECK (spo2_scale IN (1, 2)),
        pregnant      INTEGER NOT NULL CHECK (pregnant IN (0, 1)),
        nurse_id      TEXT
      ) STRICT;
      CREATE INDEX encounter_by_patient ON encounter (patient_id, admitted_at);
      CREATE UNIQUE INDEX one_open_stay_a_patient ON encounter (patient_id) WHERE status IN ('in-progress', 'on-hold');
      CREATE TABLE bed_assignment (
        id           TEXT PRIMARY KEY NOT NULL,
        bed_id       TEXT NOT NULL REFERENCES bed,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        started_at   INTEGER NOT NULL ${instant('started_at')},
        ended_at     INTEGER ${instant('ended_at')} CHECK (ended_at >= started_at)
      ) STRICT;
      CREATE UNIQUE INDEX one_patient_a_bed ON bed_assignment (bed_id)       WHERE ended_at IS NULL;
      CREATE UNIQUE INDEX one_bed_a_patient ON bed_assignment (encounter_id) WHERE ended_at IS NULL;
      CREATE INDEX assignment_by_bed       ON bed_assignment (bed_id, started_at);
      CREATE INDEX assignment_by_encounter ON bed_assignment (encounter_id, started_at);`);
  },
};
