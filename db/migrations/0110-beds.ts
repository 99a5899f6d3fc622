import { instant, type Migration } from './migration.ts';

/**
 * What beds and rooms are good for, who is isolated, blocks, reservations, requests, and the work of cleaners and
 * porters. The partial indexes keep a bed to one open cleaning, one block and one reservation, and an encounter to one
 * reservation and one request. How many places a bed has is a column of `bed`.
 */
export const migration: Migration = {
  version: 110,
  name: 'beds',
  up(db) {
    const isolation = (column: string) => `CHECK (${column} IN ('contact', 'droplet', 'airborne', 'protective'))`;
    const years = (column: string) => `CHECK (${column} BETWEEN 0 AND 130)`;
    db.exec(`
      CREATE TABLE bed_attributes (
        bed_id    TEXT PRIMARY KEY NOT NULL REFERENCES bed ON DELETE CASCADE,
        equipment TEXT NOT NULL CHECK (json_type(equipment) = 'array'),
        age_from  INTEGER ${years('age_from')},
        age_to    INTEGER ${years('age_to')} CHECK (age_to >= age_from),
        code      TEXT CHECK (code <> ''),
        from_feed INTEGER NOT NULL CHECK (from_feed IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE room_attributes (
        room_id       TEXT PRIMARY KEY NOT NULL REFERENCES room ON DELETE CASCADE,
        sex_rule      TEXT NOT NULL CHECK (sex_rule IN ('any', 'female', 'male', 'same')),
        isolation_for TEXT NOT NULL CHECK (json_type(isolation_for) = 'array'),
        code          TEXT CHECK (code <> ''),
        from_feed     INTEGER NOT NULL CHECK (from_feed IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE isolation (
        encounter_id TEXT PRIMARY KEY NOT NULL REFERENCES encounter,
        kind         TEXT NOT NULL ${isolation('kind')}
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE bed_block (
        id        TEXT PRIMARY KEY NOT NULL,
        bed_id    TEXT NOT NULL REFERENCES bed,
        reason    TEXT NOT NULL CHECK (reason IN ('repair', 'infection', 'staffing', 'deep-clean', 'closed', 'other')),
        note      TEXT,
        starts_at INTEGER NOT NULL ${instant('starts_at')},
        ends_at   INTEGER ${instant('ends_at')} CHECK (ends_at >= starts_at),   -- by itself; NULL: until somebody ends it
        by_id     TEXT NOT NULL,
        ended_at  INTEGER ${instant('ended_at')} CHECK (ended_at >= starts_at)
      ) STRICT;
      CREATE UNIQUE INDEX one_block_a_bed ON bed_block (bed_id) WHERE ended_at IS NULL;
      CREATE INDEX block_by_bed ON bed_block (bed_id, starts_at);
      CREATE INDEX block_due    ON bed_block (ends_at) WHERE ended_at IS NULL AND ends_at IS NOT NULL;
      CREATE TABLE bed_reservation (
        id           TEXT PRIMARY KEY NOT NULL,
        bed_id       TEXT NOT NULL REFERENCES bed,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        by_id        TEXT NOT NULL,
        at           INTEGER NOT NULL ${instant('at')},
        until        INTEGER NOT NULL ${instant('until')} CHECK (until >= at),
        state        TEXT NOT NULL CHECK (state IN ('reserved', 'fulfilled', 'released', 'lapsed')),
        fulfilled_by TEXT CHECK ((state = 'fulfilled') = (fulfilled_by IS NOT NULL))
      ) STRICT;
      CREATE UNIQUE INDEX one_reservation_a_bed     ON bed_reservation (bed_id)       WHERE state = 'reserved';
      CREATE UNIQUE INDEX one_reservation_a_patient ON bed_reservation (encounter_id) WHERE state = 'reserved';
      CREATE INDEX reservation_by_bed   ON bed_reservation (bed_id);
      CREATE INDEX reservation_due      ON bed_reservation (until) WHERE state = 'reserved';
      CREATE INDEX reservation_by_event ON bed_reservation (fulfilled_by) WHERE fulfilled_by IS NOT NULL;
      CREATE TABLE bed_request (
        id           TEXT PRIMARY KEY NOT NULL,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        ward_id      TEXT REFERENCES ward,
        equipment    TEXT NOT NULL CHECK (json_type(equipment) = 'array'),
        isolation    TEXT ${isolation('isolation')},
        reason       TEXT NOT NULL,
        urgency      TEXT NOT NULL CHECK (urgency IN ('routine', 'urgent', 'emergency')),
        requested_at INTEGER NOT NULL ${instant('requested_at')},
        requested_by TEXT NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('requested', 'accepted', 'declined', 'cancelled', 'done')),
        decided_at   INTEGER ${instant('decided_at')},
        decided_by   TEXT CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
        answer       TEXT,
        done_by      TEXT CHECK ((state = 'done') = (done_by IS NOT NULL)),
        was          TEXT CHECK (json_type(was) = 'object')   -- before it was last decided or withdrawn
      ) STRICT;
      CREATE UNIQUE INDEX one_request_a_patient ON bed_request (encounter_id) WHERE state IN ('requested', 'accepted');
      CREATE INDEX request_by_event ON bed_request (done_by) WHERE done_by IS NOT NULL;
      CREATE TABLE task (
        id            TEXT PRIMARY KEY NOT NULL,
        kind          TEXT NOT NULL CHECK (kind IN ('cleaning', 'transport')),
        state         TEXT NOT NULL CHECK (state IN ('requested', 'started', 'done', 'voided')),
        bed_id        TEXT REFERENCES bed CHECK (kind <> 'cleaning' OR bed_id IS NOT NULL),
        encounter_id  TEXT REFERENCES encounter CHECK ((kind = 'transport') = (encounter_id IS NOT NULL)),
        destination   TEXT CHECK ((kind = 'transport') = (destination IS NOT NULL)),
        cause         TEXT CHECK (cause IN ('discharge', 'transfer', 'death', 'isolation', 'request'))
                           CHECK ((kind = 'cleaning') = (cause IS NOT NULL)),
        contaminated  INTEGER NOT NULL CHECK (contaminated IN (0, 1)),
        event_id      TEXT,
        requested_at  INTEGER NOT NULL ${instant('requested_at')},
        started_at    INTEGER ${instant('started_at')} CHECK (started_at >= requested_at),
        done_at       INTEGER ${instant('done_at')} CHECK (done_at >= started_at),
        assignee_id   TEXT,
        handed_to     TEXT,
        superseded_by TEXT CHECK (superseded_by IS NULL OR state = 'voided'),
        note          TEXT,
        CHECK (state = 'voided' OR (started_at IS NULL) = (state = 'requested')),
        CHECK (state = 'voided' OR (done_at IS NULL) = (state <> 'done'))
      ) STRICT;
      CREATE UNIQUE INDEX one_cleaning_a_bed ON task (bed_id)
        WHERE kind = 'cleaning' AND state IN ('requested', 'started');
      CREATE INDEX task_open       ON task (requested_at) WHERE state IN ('requested', 'started');
      CREATE INDEX task_done       ON task (done_at) WHERE state = 'done';
      CREATE INDEX task_by_bed     ON task (bed_id, started_at);
      CREATE INDEX task_by_event   ON task (event_id) WHERE event_id IS NOT NULL;
      CREATE INDEX task_superseded ON task (superseded_by) WHERE superseded_by IS NOT NULL;
      CREATE INDEX task_pointless  ON task (bed_id) WHERE superseded_by IS NOT NULL;
      CREATE TABLE settled_doubt (
        id    TEXT PRIMARY KEY NOT NULL,
        at    INTEGER NOT NULL ${instant('at')},
        by_id TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE heard_tag (
        device_id TEXT PRIMARY KEY NOT NULL REFERENCES device,
        place     TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
        at        INTEGER NOT NULL ${instant('at')}
      ) STRICT, WITHOUT ROWID;`);
  },
};
