import { count, instant, type Migration } from './migration.ts';

/** Messages of the hospital's other systems with what became of them, what they said last of each fact, and those to be sent. */
export const migration: Migration = {
  version: 120,
  name: 'feed',
  up(db) {
    db.exec(`
      CREATE TABLE feed_message (
        id                 TEXT PRIMARY KEY NOT NULL,
        control_id         TEXT NOT NULL,
        hash               TEXT NOT NULL,
        type               TEXT NOT NULL,
        sender             TEXT NOT NULL,
        received_at        INTEGER NOT NULL ${instant('received_at')},
        recorded_at        INTEGER NOT NULL ${instant('recorded_at')},
        tie_break          TEXT NOT NULL,
        copies             INTEGER NOT NULL ${count('copies')},
        text               TEXT NOT NULL,
        state              TEXT NOT NULL CHECK (state IN ('applied', 'waiting', 'dismissed')),
        why                TEXT CHECK (why IS NULL OR state = 'waiting'),
        held               INTEGER NOT NULL CHECK (held IN (0, 1)),
        doubt              TEXT,
        patient_id         TEXT REFERENCES patient,
        encounter_id       TEXT REFERENCES encounter,
        other_encounter_id TEXT REFERENCES encounter,
        visit_number       TEXT,
        settled_by         TEXT,
        settle_reason      TEXT,
        CHECK ((settled_by IS NULL) = (settle_reason IS NULL)),
        UNIQUE (control_id, hash)                      -- control ids rise: the index grows at its end
      ) STRICT;
      CREATE INDEX feed_message_by_time      ON feed_message (received_at);
      CREATE INDEX feed_message_waiting      ON feed_message (received_at) WHERE state = 'waiting';
      CREATE INDEX feed_message_by_encounter ON feed_message (encounter_id) WHERE encounter_id IS NOT NULL;
      CREATE INDEX feed_message_by_other     ON feed_message (other_encounter_id) WHERE other_encounter_id IS NOT NULL;
      CREATE INDEX feed_message_by_visit     ON feed_message (visit_number) WHERE visit_number IS NOT NULL;
      CREATE INDEX feed_message_unnumbered   ON feed_message (patient_id) WHERE visit_number IS NULL;
      CREATE INDEX feed_message_held_patient ON feed_message (patient_id) WHERE held = 1;
      CREATE INDEX feed_message_held_visit   ON feed_message (visit_number) WHERE held = 1;

      CREATE TABLE feed_word (                         -- what the feed said last of each fact of a subject, and when
        subject TEXT PRIMARY KEY NOT NULL,
        facts   TEXT NOT NULL CHECK (json_type(facts) = 'array')
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE feed_visit (
        visit_number     TEXT PRIMARY KEY NOT NULL,
        encounter_id     TEXT REFERENCES encounter,
        told_patient_id  TEXT REFERENCES patient,
        told_at          INTEGER ${instant('told_at')},
        told_tie_break   TEXT,
        moved_patient_id TEXT REFERENCES patient,
        moved_at         INTEGER ${instant('moved_at')},
        moved_tie_break  TEXT,
        alias_of         TEXT CHECK (alias_of <> visit_number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX feed_visit_by_alias ON feed_visit (alias_of) WHERE alias_of IS NOT NULL;

      CREATE TABLE feed_belief (                       -- where a message that moved nobody believed a patient to be
        message_id   TEXT PRIMARY KEY NOT NULL REFERENCES feed_message,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        at           INTEGER NOT NULL ${instant('at')},
        place        TEXT NOT NULL CHECK (json_type(place) = 'object')
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX feed_belief_by_encounter ON feed_belief (encounter_id);

      CREATE TABLE feed_outgoing (
        seq        INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order they are sent in
        control_id TEXT NOT NULL UNIQUE,
        type       TEXT NOT NULL,
        text       TEXT NOT NULL,
        created_at INTEGER NOT NULL ${instant('created_at')},
        sent_at    INTEGER ${instant('sent_at')},
        given_up   INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
        attempts   INTEGER NOT NULL DEFAULT 0 ${count('attempts')},
        problem    TEXT CHECK (problem IS NULL OR sent_at IS NULL)
      ) STRICT;
      CREATE INDEX feed_outgoing_unsent ON feed_outgoing (seq) WHERE sent_at IS NULL AND given_up = 0;
      CREATE INDEX feed_outgoing_given_up ON feed_outgoing (seq) WHERE given_up = 1;`);
  },
};
