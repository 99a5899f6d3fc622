import type Database from 'better-sqlite3';
import type { EncounterId, UserId } from '#domain/ids.ts';
import type { Note, NoteStore } from '#domain/note/note.ts';
import type { ChartedObservation, ObservationStore } from '#domain/observation/observation.ts';

interface ObservationRow {
  readonly id: string;
  readonly encounter_id: EncounterId;
  readonly code: string;
  readonly value: number;
  readonly observed_at: number;
  readonly recorded_at: number;
  readonly recorded_by: UserId;
}

/** Of two observations of one instant, the one recorded later is the newer. */
export function createObservationStore(db: Database.Database): ObservationStore {
  const insert = db.prepare(`
    INSERT INTO observation (id, encounter_id, code, value, observed_at, recorded_at, recorded_by)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const between = db.prepare<[string, number, number], ObservationRow>(`
    SELECT * FROM observation WHERE encounter_id = ? AND observed_at >= ? AND observed_at < ?
    ORDER BY observed_at, recorded_at, rowid`);
  const ofCode = db.prepare<[string, string, number, number], ObservationRow>(`
    SELECT * FROM observation WHERE encounter_id = ? AND code = ? AND observed_at >= ? AND observed_at < ?
    ORDER BY observed_at, recorded_at, rowid`);
  const codes = db
    .prepare<[string], string>('SELECT DISTINCT code FROM observation WHERE encounter_id = ? ORDER BY code')
    .pluck();
  const newest = db.prepare<[string, string, number], ObservationRow>(`
    SELECT * FROM observation WHERE encounter_id = ? AND code = ? AND observed_at <= ?
    ORDER BY observed_at DESC, recorded_at DESC, rowid DESC LIMIT 1`);
  return {
    append: db.transaction((observations: readonly ChartedObservation[]) => {
      for (const o of observations) {
        insert.run(o.id, o.encounterId, o.code, o.value, o.observedAt, o.recordedAt, o.recordedBy);
      }
    }),
    list: (encounterId, from, to, code) => {
      const rows = code === undefined ? between.all(encounterId, from, to) : ofCode.all(encounterId, code, from, to);
      return rows.map(toObservation);
    },
    latest: (encounterId, at) =>
      codes.all(encounterId).flatMap((code) => {
        const row = newest.get(encounterId, code, at);
        return row ? [toObservation(row)] : [];
      }),
  };
}

function toObservation(row: ObservationRow): ChartedObservation {
  return {
    id: row.id,
    encounterId: row.encounter_id,
    code: row.code,
    value: row.value,
    observedAt: row.observed_at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  };
}

interface NoteRow {
  readonly id: string;
  readonly encounter_id: EncounterId;
  readonly text: string;
  readonly written_at: number;
  readonly written_by: UserId;
}

export function createNoteStore(db: Database.Database): NoteStore {
  const insert = db.prepare('INSERT INTO note (id, encounter_id, text, written_at, written_by) VALUES (?, ?, ?, ?, ?)');
  const list = db.prepare<[string], NoteRow>(
    'SELECT * FROM note WHERE encounter_id = ? ORDER BY written_at DESC, rowid DESC',
  );
  return {
    append: (note) => {
      insert.run(note.id, note.encounterId, note.text, note.writtenAt, note.writtenBy);
    },
    list: (encounterId) => list.all(encounterId).map(toNote),
  };
}

function toNote(row: NoteRow): Note {
  return {
    id: row.id,
    encounterId: row.encounter_id,
    text: row.text,
    writtenAt: row.written_at,
    writtenBy: row.written_by,
  };
}
