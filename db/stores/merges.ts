import type Database from 'better-sqlite3';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { Merge, MergeStore } from '#domain/patient/merge.ts';
import type { Patient } from '#domain/patient/patient.ts';

interface MergeRow {
  readonly id: string;
  readonly survivor_id: PatientId;
  readonly retired_id: PatientId;
  readonly merged_at: number;
  readonly merged_by: string;
  readonly reason: string | null;
  readonly survivor_before: string;
  readonly retired_before: string;
  readonly encounter_ids: string;
  readonly undone_at: number | null;
}

/** A record is retired into at most one other at a time. */
export function createMergeStore(db: Database.Database): MergeStore {
  const byId = db.prepare<[string], MergeRow>('SELECT * FROM patient_merge WHERE id = ?');
  const inForce = db.prepare<[string, string], MergeRow>(`
    SELECT * FROM patient_merge WHERE undone_at IS NULL AND (survivor_id = ? OR retired_id = ?)
    ORDER BY merged_at DESC, rowid DESC`);
  const into = db
    .prepare<[string], PatientId>('SELECT survivor_id FROM patient_merge WHERE retired_id = ? AND undone_at IS NULL')
    .pluck();
  const save = db.prepare(`
    INSERT INTO patient_merge (id, survivor_id, retired_id, merged_at, merged_by, reason, survivor_before,
      retired_before, encounter_ids, undone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET encounter_ids = excluded.encounter_ids, undone_at = excluded.undone_at`);
  return {
    save: (merge) => {
      const { id, survivorId, retiredId, at, by, reason, undoneAt } = merge;
      const before = [JSON.stringify(merge.survivorBefore), JSON.stringify(merge.retiredBefore)];
      save.run(id, survivorId, retiredId, at, by, reason, ...before, JSON.stringify(merge.encounterIds), undoneAt);
    },
    find: (id) => {
      const row = byId.get(id);
      return row && toMerge(row);
    },
    listOf: (patientId) => inForce.all(patientId, patientId).map(toMerge),
    survivor: (patientId) => {
      let now = patientId;
      for (let next = into.get(now); next !== undefined; next = into.get(now)) now = next;
      return now;
    },
  };
}

function toMerge(row: MergeRow): Merge {
  return {
    id: row.id,
    survivorId: row.survivor_id,
    retiredId: row.retired_id,
    at: row.merged_at,
    by: row.merged_by,
    reason: row.reason,
    survivorBefore: JSON.parse(row.survivor_before) as Patient,
    retiredBefore: JSON.parse(row.retired_before) as Patient,
    encounterIds: JSON.parse(row.encounter_ids) as EncounterId[],
    undoneAt: row.undone_at,
  };
}
