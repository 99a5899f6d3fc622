import { count, finite, instant, type Migration } from './migration.ts';

/**
 * Alarms from beginning to end, and patients' own limits. An alarm has no foreign keys: one that cannot be saved for
 * want of another row would be an alarm lost.
 */
export const migration: Migration = {
  version: 70,
  name: 'alarms',
  up(db) {
    db.exec(`
      CREATE TABLE alarm (
        id              TEXT PRIMARY KEY NOT NULL,
        kind            TEXT NOT NULL CHECK (kind IN ('physiological', 'technical')),
        rule            TEXT NOT NULL,
        priority        TEXT NOT NULL CHECK (priority IN ('high', 'medium', 'low')),
        encounter_id    TEXT,
        bed_id          TEXT,
        device_id       TEXT,
        code            TEXT,
        message         TEXT NOT NULL,
        bound           REAL ${finite('bound')},
        extreme         REAL ${finite('extreme')},
        value           REAL ${finite('value')},
        began_at        INTEGER NOT NULL ${instant('began_at')},
        ended_at        INTEGER ${instant('ended_at')},
        signal          TEXT NOT NULL CHECK (signal IN ('on', 'latched', 'ack', 'off')),
        acknowledged_by TEXT,
        acknowledged_at INTEGER ${instant('acknowledged_at')},
        recurrences     INTEGER NOT NULL ${count('recurrences')},
        CHECK (encounter_id IS NOT NULL OR device_id IS NOT NULL OR kind = 'technical')
      ) STRICT;
      CREATE INDEX alarm_open ON alarm (began_at) WHERE signal <> 'off';
      CREATE INDEX alarm_ended ON alarm (began_at) WHERE signal = 'off';
      CREATE INDEX alarm_ended_by_encounter ON alarm (encounter_id, began_at) WHERE signal = 'off';
      CREATE TABLE personal_limit (
        encounter_id TEXT NOT NULL REFERENCES encounter,
        code         TEXT NOT NULL,
        high_low     REAL ${finite('high_low')},
        medium_low   REAL ${finite('medium_low')},
        medium_high  REAL ${finite('medium_high')},
        high_high    REAL ${finite('high_high')},
        reason       TEXT NOT NULL CHECK (reason <> ''),
        set_by       TEXT NOT NULL,
        set_at       INTEGER NOT NULL ${instant('set_at')},
        review_at    INTEGER NOT NULL ${instant('review_at')},
        PRIMARY KEY (encounter_id, code)
      ) STRICT, WITHOUT ROWID;`);
  },
};
