import { count, finite, instant, type Migration } from './migration.ts';

/**
 * Devices, where they are tied, their link, their refused messages, and which message numbers were taken.
 * Quarantine and sequences name devices that may never be admitted: no foreign key there.
 */
export const migration: Migration = {
  version: 50,
  name: 'devices',
  up(db) {
    db.exec(`
      CREATE TABLE device (
        id            TEXT PRIMARY KEY NOT NULL,
        type          TEXT,
        serial        TEXT,
        model         TEXT,
        firmware      TEXT,
        metrics       TEXT NOT NULL CHECK (json_type(metrics) = 'array'),
        units         TEXT NOT NULL CHECK (json_type(units) = 'object'),
        hello_at      INTEGER ${instant('hello_at')},
        first_seen_at INTEGER NOT NULL ${instant('first_seen_at')},
        admitted_at   INTEGER ${instant('admitted_at')},
        retired_at    INTEGER ${instant('retired_at')}
      ) STRICT;
      CREATE TABLE device_tie (
        id           TEXT PRIMARY KEY NOT NULL,
        device_id    TEXT NOT NULL REFERENCES device,
        bed_id       TEXT REFERENCES bed,
        encounter_id TEXT REFERENCES encounter,
        started_at   INTEGER NOT NULL ${instant('started_at')},
        ended_at     INTEGER ${instant('ended_at')} CHECK (ended_at >= started_at),
        CHECK ((bed_id IS NULL) <> (encounter_id IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX one_tie_a_device ON device_tie (device_id) WHERE ended_at IS NULL;
      CREATE INDEX tie_by_device    ON device_tie (device_id, started_at);
      CREATE INDEX tie_by_bed       ON device_tie (bed_id, started_at)       WHERE bed_id IS NOT NULL;
      CREATE INDEX tie_by_encounter ON device_tie (encounter_id, started_at) WHERE encounter_id IS NOT NULL;
      CREATE TABLE presence (
        device_id       TEXT PRIMARY KEY NOT NULL,
        online          INTEGER NOT NULL CHECK (online IN (0, 1)),
        last_message_at INTEGER ${instant('last_message_at')},
        battery         REAL CHECK (battery BETWEEN 0 AND 1),
        skew_ms         REAL ${finite('skew_ms')},
        skewed          INTEGER NOT NULL CHECK (skewed IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE quarantine (
        device TEXT NOT NULL,
        topic  TEXT NOT NULL,
        reason TEXT NOT NULL,
        at     INTEGER NOT NULL ${instant('at')},
        count  INTEGER NOT NULL ${count('count')},
        detail TEXT,
        sample BLOB CHECK (length(sample) <= 512),
        UNIQUE (device, topic, reason)
      ) STRICT;
      CREATE INDEX quarantine_by_age ON quarantine (at);
      CREATE TABLE sequence_mark (
        device_id TEXT NOT NULL,
        topic     TEXT NOT NULL CHECK (topic IN ('readings', 'event', 'wave')),
        epoch     INTEGER NOT NULL ${instant('epoch')},
        highest   INTEGER NOT NULL CHECK (highest BETWEEN -1 AND 9007199254740991),
        taken     BLOB NOT NULL,
        PRIMARY KEY (device_id, topic)
      ) STRICT, WITHOUT ROWID;`);
  },
};
