import type Database from 'better-sqlite3';
import { instant, type Migration } from './migration.ts';
import { bringStaysOver } from './stays-to-events.ts';

/**
 * Steps of encounters, and what follows from them. Events are added and voided, never edited; summary, place stays,
 * bed assignments and refused claims are made from them and may be made again. A bed holds no more patients at any time,
 * past ones too, than it has places.
 */
export const migration: Migration = {
  version: 100,
  name: 'flow',
  up(db) {
    db.exec(`
      ALTER TABLE bed ADD COLUMN places INTEGER NOT NULL DEFAULT 1 CHECK (places BETWEEN 1 AND 4);
      CREATE TABLE flow_event (
        seq           INTEGER PRIMARY KEY,
        id            TEXT NOT NULL UNIQUE,
        act_id        TEXT NOT NULL,
        encounter_id  TEXT NOT NULL REFERENCES encounter,
        kind          TEXT NOT NULL CHECK (kind <> ''),
        facts         TEXT NOT NULL CHECK (json_type(facts) = 'object'),
        happened_at   INTEGER NOT NULL ${instant('happened_at')},
        recorded_at   INTEGER NOT NULL ${instant('recorded_at')},
        source        TEXT NOT NULL CHECK (source IN ('console', 'feed', 'import')),
        tie_break     TEXT NOT NULL,
        actor         TEXT NOT NULL,
        voided_at     INTEGER ${instant('voided_at')},
        voided_by     TEXT,
        voided_reason TEXT,
        voided_act    TEXT,                            -- the correction that voided it, if one did
        CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (voided_reason IS NULL))
      ) STRICT;
      CREATE INDEX flow_event_by_encounter ON flow_event (encounter_id, seq);
      CREATE INDEX flow_event_by_act       ON flow_event (act_id);
      CREATE INDEX flow_event_voided_act   ON flow_event (voided_act) WHERE voided_act IS NOT NULL;
      CREATE INDEX flow_event_by_actor     ON flow_event (actor, seq) WHERE source = 'console';
      CREATE TRIGGER flow_event_is_kept BEFORE DELETE ON flow_event
        BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
      CREATE TRIGGER flow_event_is_not_edited
        BEFORE UPDATE OF id, act_id, encounter_id, kind, facts, happened_at, recorded_at, source, tie_break, actor
        ON flow_event BEGIN SELECT RAISE(ABORT, 'events are not edited'); END;
      CREATE TRIGGER flow_event_is_voided_once BEFORE UPDATE OF voided_at ON flow_event WHEN OLD.voided_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an event is voided once'); END;

      CREATE TABLE flow_summary (
        encounter_id           TEXT PRIMARY KEY NOT NULL REFERENCES encounter,
        visit_number           TEXT,
        class                  TEXT NOT NULL
                                 CHECK (class IN ('inpatient', 'emergency', 'outpatient', 'planned-admission')),
        expected_at            INTEGER ${instant('expected_at')},
        arrived_at             INTEGER ${instant('arrived_at')},
        triage_category        TEXT CHECK (triage_category IN ('red', 'orange', 'yellow', 'green', 'blue')),
        triaged_at             INTEGER ${instant('triaged_at')},
        seen_at                INTEGER ${instant('seen_at')},
        admission_decided_at   INTEGER ${instant('admission_decided_at')},
        admitted_at            INTEGER ${instant('admitted_at')},
        discharge_ordered_at   INTEGER ${instant('discharge_ordered_at')},
        expected_discharge_at  INTEGER ${instant('expected_discharge_at')},
        waiting_for            TEXT,
        medically_ready_at     INTEGER ${instant('medically_ready_at')},
        discharged_at          INTEGER ${instant('discharged_at')},
        outcome                TEXT,
        away_kind              TEXT CHECK (away_kind IN ('leave', 'elsewhere')),
        away_since             INTEGER ${instant('away_since')},
        away_place             TEXT CHECK (json_type(away_place) = 'object'),
        transfer_planned_at    INTEGER ${instant('transfer_planned_at')},
        transfer_planned_place TEXT CHECK (json_type(transfer_planned_place) = 'object'),
        placed                 INTEGER NOT NULL CHECK (placed IN (0, 1)),  -- 1: here in no bed, in the place that follows
        ward_id                TEXT REFERENCES ward,
        room_id                TEXT REFERENCES room,
        bed_id                 TEXT REFERENCES bed,                        -- expected there
        area_id                TEXT
      ) STRICT;
      CREATE INDEX flow_summary_by_visit      ON flow_summary (visit_number) WHERE visit_number IS NOT NULL;
      CREATE INDEX flow_summary_by_discharge  ON flow_summary (discharged_at) WHERE discharged_at IS NOT NULL;
      CREATE INDEX flow_summary_by_admission  ON flow_summary (admitted_at) WHERE admitted_at IS NOT NULL;
      CREATE INDEX flow_summary_by_arrival    ON flow_summary (arrived_at) WHERE arrived_at IS NOT NULL;

      CREATE TABLE place_stay (
        encounter_id TEXT NOT NULL REFERENCES encounter,
        ward_id      TEXT REFERENCES ward,
        room_id      TEXT REFERENCES room,
        area_id      TEXT,
        started_at   INTEGER NOT NULL ${instant('started_at')},
        ended_at     INTEGER ${instant('ended_at')} CHECK (ended_at > started_at),
        PRIMARY KEY (encounter_id, started_at)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX place_stay_by_ward ON place_stay (ward_id, started_at);
      CREATE INDEX place_stay_by_time ON place_stay (started_at);

      CREATE TABLE refused_claim (
        encounter_id TEXT NOT NULL REFERENCES encounter,
        bed_id       TEXT NOT NULL REFERENCES bed,
        started_at   INTEGER NOT NULL ${instant('started_at')},
        ended_at     INTEGER ${instant('ended_at')} CHECK (ended_at > started_at),
        held_by      TEXT NOT NULL REFERENCES encounter,
        event_id     TEXT NOT NULL REFERENCES flow_event (id),
        PRIMARY KEY (encounter_id, started_at)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX refused_claim_by_bed ON refused_claim (bed_id, started_at);

      CREATE TABLE said_before (                        -- what an act said anew of an encounter, as it was before
        act_id       TEXT PRIMARY KEY NOT NULL,
        encounter_id TEXT NOT NULL REFERENCES encounter,
        reason       TEXT,
        pregnant     INTEGER NOT NULL CHECK (pregnant IN (0, 1)),
        visit_number TEXT
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE taking_back (                        -- what a taking of a bed had met when it was taken back
        event_id TEXT PRIMARY KEY NOT NULL REFERENCES flow_event (id),
        met      TEXT NOT NULL CHECK (json_type(met) = 'array')
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE ended_tie (                          -- ties that ended because their encounter did
        encounter_id TEXT NOT NULL REFERENCES encounter,
        tie_id       TEXT NOT NULL REFERENCES device_tie,
        PRIMARY KEY (encounter_id, tie_id)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE bed_assignment ADD COLUMN event_id TEXT REFERENCES flow_event (id);  -- it began by
      ALTER TABLE bed_assignment ADD COLUMN taken_by TEXT REFERENCES flow_event (id);  -- as the bed was told
      ALTER TABLE bed_assignment ADD COLUMN left_by  TEXT REFERENCES flow_event (id);  -- as the bed was told
      CREATE INDEX assignment_by_time   ON bed_assignment (started_at);
      CREATE INDEX assignment_by_bed_end ON bed_assignment (bed_id, ended_at);
      DROP INDEX one_open_stay_a_patient;
      CREATE INDEX open_stay_of_patient ON encounter (patient_id) WHERE status IN ('in-progress', 'on-hold');
      CREATE INDEX open_encounter ON encounter (status) WHERE status IN ('planned', 'in-progress', 'on-hold');
      DROP INDEX one_patient_a_bed;`);
    holdPlaces(db);
    bringStaysOver(db);
  },
};

/** For a bed of one place the neighbours in time decide; for a shared one the fullest moment of the new span does. */
function holdPlaces(db: Database.Database): void {
  const others = 'o.bed_id = NEW.bed_id AND o.id <> NEW.id';
  const holds = (at: string) => `o.started_at <= ${at} AND (o.ended_at IS NULL OR o.ended_at > ${at})`;
  const within = 'o.started_at > NEW.started_at AND (NEW.ended_at IS NULL OR o.started_at < NEW.ended_at)';
  const full = `
    CASE (SELECT places FROM bed WHERE id = NEW.bed_id)
    WHEN 1 THEN
      EXISTS (SELECT 1 FROM bed_assignment AS o WHERE ${others} AND ${within})
      OR (SELECT o.ended_at IS NULL OR o.ended_at > NEW.started_at FROM bed_assignment AS o
          WHERE ${others} AND o.started_at <= NEW.started_at ORDER BY o.started_at DESC LIMIT 1)
    ELSE
      (SELECT max((SELECT count(*) FROM bed_assignment AS o WHERE ${others} AND ${holds('moment.at')})) FROM
        (SELECT NEW.started_at AS at UNION SELECT o.started_at FROM bed_assignment AS o WHERE ${others} AND ${within})
        AS moment) >= (SELECT places FROM bed WHERE id = NEW.bed_id)
    END`;
  const ban = `BEGIN SELECT RAISE(ABORT, 'bed-occupied'); END;`;
  db.exec(`
    CREATE TRIGGER bed_has_a_place BEFORE INSERT ON bed_assignment WHEN ${full} ${ban}
    CREATE TRIGGER bed_keeps_a_place BEFORE UPDATE OF bed_id, started_at, ended_at ON bed_assignment WHEN ${full} ${ban}
    CREATE TRIGGER bed_is_not_overfull BEFORE UPDATE OF places ON bed
      WHEN NEW.places < (SELECT count(*) FROM bed_assignment WHERE bed_id = NEW.id AND ended_at IS NULL) ${ban}`);
}
