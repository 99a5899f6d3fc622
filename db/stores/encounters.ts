import type Database from 'better-sqlite3';
import type {
  AssignmentStore,
  BedAssignment,
  Encounter,
  EncounterStatus,
  EncounterStore,
  KeptAssignment,
} from '#domain/encounter/encounter.ts';
import type { BedId, EncounterId, PatientId, UserId } from '#domain/ids.ts';
import { bit } from './rows.ts';

interface EncounterRow {
  readonly id: EncounterId;
  readonly patient_id: PatientId;
  readonly status: EncounterStatus;
  readonly admitted_at: number;
  readonly discharged_at: number | null;
  readonly reason: string | null;
  readonly spo2_scale: 1 | 2;
  readonly pregnant: number;
  readonly nurse_id: UserId | null;
}

/** A stay is open while it is in progress or on hold. */
export function createEncounterStore(db: Database.Database): EncounterStore {
  const open = "status IN ('in-progress', 'on-hold')";
  const byId = db.prepare<[string], EncounterRow>('SELECT * FROM encounter WHERE id = ?');
  const openOf = db.prepare<[string], EncounterRow>(`SELECT * FROM encounter WHERE patient_id = ? AND ${open}
    ORDER BY admitted_at DESC, id DESC LIMIT 1`);
  const byPatient = db.prepare<[string], EncounterRow>(
    'SELECT * FROM encounter WHERE patient_id = ? ORDER BY admitted_at, id',
  );
  const allOpen = db.prepare<[], EncounterRow>(`SELECT * FROM encounter WHERE ${open} ORDER BY admitted_at, id`);
  const save = db.prepare(`
    INSERT INTO encounter (id, patient_id, status, admitted_at, discharged_at, reason, spo2_scale, pregnant, nurse_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, status = excluded.status,
      admitted_at = excluded.admitted_at, discharged_at = excluded.discharged_at, reason = excluded.reason,
      spo2_scale = excluded.spo2_scale, pregnant = excluded.pregnant, nurse_id = excluded.nurse_id`);
  const found = (row: EncounterRow | undefined): Encounter | undefined => row && toEncounter(row);
  return {
    find: (id) => found(byId.get(id)),
    findOpen: (patientId) => found(openOf.get(patientId)),
    listByPatient: (patientId) => byPatient.all(patientId).map(toEncounter),
    listOpen: () => allOpen.all().map(toEncounter),
    save: (e) => {
      const { id, patientId, status, admittedAt, dischargedAt, reason, spo2Scale, pregnant, nurseId } = e;
      save.run(id, patientId, status, admittedAt, dischargedAt, reason, spo2Scale, bit(pregnant), nurseId);
    },
  };
}

function toEncounter(row: EncounterRow): Encounter {
  return {
    id: row.id,
    patientId: row.patient_id,
    status: row.status,
    admittedAt: row.admitted_at,
    dischargedAt: row.discharged_at,
    reason: row.reason,
    spo2Scale: row.spo2_scale,
    pregnant: row.pregnant === 1,
    nurseId: row.nurse_id,
  };
}

interface AssignmentRow {
  readonly id: string;
  readonly bed_id: BedId;
  readonly encounter_id: EncounterId;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly event_id: string | null;
  readonly taken_by: string | null;
  readonly left_by: string | null;
}

export function createAssignmentStore(db: Database.Database): AssignmentStore {
  const by = (column: 'bed_id' | 'encounter_id') => ({
    current: db.prepare<[string], AssignmentRow>(
      `SELECT * FROM bed_assignment WHERE ${column} = ? AND ended_at IS NULL`,
    ),
    // Who is there now, and who left since; the plus keeps it to the index by end: a bed's long past is not gone through.
    between: db.prepare<{ id: string; from: number; to: number }, AssignmentRow>(`
      SELECT * FROM bed_assignment WHERE ${column} = @id AND +started_at < @to AND ended_at IS NULL
      UNION ALL
      SELECT * FROM bed_assignment WHERE ${column} = @id AND +started_at < @to AND ended_at > @from
      ORDER BY started_at, id`),
  });
  const [ofBed, ofEncounter] = [by('bed_id'), by('encounter_id')];
  const allCurrent = db.prepare<[], AssignmentRow>(
    'SELECT * FROM bed_assignment WHERE ended_at IS NULL ORDER BY started_at, id',
  );
  const start = db.prepare(
    'INSERT INTO bed_assignment (id, bed_id, encounter_id, started_at, ended_at) VALUES (?, ?, ?, ?, ?)',
  );
  const end = db.prepare('UPDATE bed_assignment SET ended_at = ? WHERE id = ? AND ended_at IS NULL');
  const byEncounter = db.prepare<[string], AssignmentRow>(
    'SELECT * FROM bed_assignment WHERE encounter_id = ? ORDER BY started_at, id',
  );
  const lastOver = db.prepare<[string], AssignmentRow>(`
    SELECT * FROM bed_assignment WHERE bed_id = ? AND ended_at IS NOT NULL
    ORDER BY ended_at DESC, started_at DESC, encounter_id LIMIT 1`);
  const save = db.prepare(`
    INSERT INTO bed_assignment (id, bed_id, encounter_id, started_at, ended_at, event_id, taken_by, left_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET bed_id = excluded.bed_id, encounter_id = excluded.encounter_id,
      started_at = excluded.started_at, ended_at = excluded.ended_at, event_id = excluded.event_id,
      taken_by = excluded.taken_by, left_by = excluded.left_by`);
  const leftBy = db.prepare<[string, string], unknown>('SELECT 1 FROM bed_assignment WHERE bed_id = ? AND left_by = ?');
  const remove = db.prepare('DELETE FROM bed_assignment WHERE id = ?');
  return {
    current: (subject) => {
      const row = 'bedId' in subject ? ofBed.current.get(subject.bedId) : ofEncounter.current.get(subject.encounterId);
      return row && toAssignment(row);
    },
    listCurrent: () => allCurrent.all().map(toAssignment),
    listOf: (subject, from, to) => {
      const rows =
        'bedId' in subject
          ? ofBed.between.all({ id: subject.bedId, from, to })
          : ofEncounter.between.all({ id: subject.encounterId, from, to });
      return rows.map(toAssignment);
    },
    start: (a) => {
      start.run(a.id, a.bedId, a.encounterId, a.startedAt, a.endedAt);
    },
    end: (id, endedAt) => {
      end.run(endedAt, id);
    },
    listByEncounter: (encounterId) => byEncounter.all(encounterId).map(toKept),
    wasLeftBy: (bedId, eventId) => leftBy.get(bedId, eventId) !== undefined,
    lastOver: (bedId) => {
      const row = lastOver.get(bedId);
      return row && toKept(row);
    },
    save: (a) => {
      save.run(a.id, a.bedId, a.encounterId, a.startedAt, a.endedAt, a.eventId, a.takenBy, a.leftBy);
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}

function toAssignment(row: AssignmentRow): BedAssignment {
  return {
    id: row.id,
    bedId: row.bed_id,
    encounterId: row.encounter_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}

function toKept(row: AssignmentRow): KeptAssignment {
  return { ...toAssignment(row), eventId: row.event_id, takenBy: row.taken_by, leftBy: row.left_by };
}
