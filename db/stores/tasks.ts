import type Database from 'better-sqlite3';
import type { CleaningCause, Task, TaskKind, TaskState, TaskStore } from '#domain/flow/task.ts';
import { TASK_KINDS } from '#domain/flow/task.ts';
import type { BedId, EncounterId, TaskId, UserId } from '#domain/ids.ts';
import { bit } from './rows.ts';

interface TaskRow {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly state: TaskState;
  readonly bed_id: BedId | null;
  readonly encounter_id: EncounterId | null;
  readonly destination: string | null;
  readonly cause: CleaningCause | null;
  readonly contaminated: number;
  readonly event_id: string | null;
  readonly requested_at: number;
  readonly started_at: number | null;
  readonly done_at: number | null;
  readonly assignee_id: UserId | null;
  readonly handed_to: UserId | null;
  readonly superseded_by: string | null;
  readonly note: string | null;
}

/** Work of cleaners and porters. Saving a second open cleaning of a bed fails with a unique constraint. */
export function createTaskStore(db: Database.Database): TaskStore {
  const save = db.prepare(`
    INSERT INTO task (id, kind, state, bed_id, encounter_id, destination, cause, contaminated, event_id, requested_at,
      started_at, done_at, assignee_id, handed_to, superseded_by, note)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, cause = excluded.cause,
      contaminated = excluded.contaminated, event_id = excluded.event_id,
      requested_at = excluded.requested_at, started_at = excluded.started_at, done_at = excluded.done_at,
      assignee_id = excluded.assignee_id, handed_to = excluded.handed_to, superseded_by = excluded.superseded_by,
      note = excluded.note`);
  const byId = db.prepare<[string], TaskRow>('SELECT * FROM task WHERE id = ?');
  const open = db.prepare<[], TaskRow>(
    "SELECT * FROM task WHERE state IN ('requested', 'started') ORDER BY requested_at, id",
  );
  const cleaning = db.prepare<[string], TaskRow>(
    "SELECT * FROM task WHERE bed_id = ? AND kind = 'cleaning' AND state IN ('requested', 'started')",
  );
  const byEvent = db.prepare<[{ eventId: string; bedId: BedId | null }], TaskRow>(`
    SELECT * FROM task WHERE event_id = :eventId AND (:bedId IS NULL OR bed_id = :bedId)
    ORDER BY state IN ('requested', 'started') DESC, id DESC LIMIT 1`);
  const takenBack = db.prepare<[string, number], TaskRow>(`
    SELECT * FROM task WHERE bed_id = ? AND started_at IS NULL AND kind = 'cleaning' AND state = 'voided'
      AND requested_at = ? AND event_id IS NOT NULL AND superseded_by IS NULL ORDER BY id DESC LIMIT 1`);
  const supersededBy = db.prepare<[string], TaskRow>('SELECT * FROM task WHERE superseded_by = ?');
  const supersededOn = db.prepare<[string], TaskRow>(
    'SELECT * FROM task WHERE bed_id = ? AND superseded_by IS NOT NULL ORDER BY id DESC LIMIT 5',
  );
  const cleaned = db.prepare<[string], TaskRow>(
    "SELECT * FROM task WHERE bed_id = ? AND kind = 'cleaning' AND state = 'done' ORDER BY started_at DESC, id DESC LIMIT 1",
  );
  const done = db.prepare<[number, number, string, number], TaskRow>(`
    SELECT * FROM task WHERE state = 'done' AND done_at >= ? AND done_at < ?
      AND kind IN (SELECT value FROM json_each(?)) ORDER BY done_at DESC, id DESC LIMIT ?`);
  const found = (row: TaskRow | undefined): Task | undefined => row && toTask(row);
  return {
    save: (t) => {
      const work = [t.id, t.kind, t.state, t.bedId, t.encounterId, t.destination, t.cause, bit(t.contaminated)];
      const times = [t.requestedAt, t.startedAt, t.doneAt];
      save.run(...work, t.eventId, ...times, t.assigneeId, t.handedTo, t.supersededBy, t.note);
    },
    find: (id) => found(byId.get(id)),
    listOpen: () => open.all().map(toTask),
    openCleaning: (bedId) => found(cleaning.get(bedId)),
    findByEvent: (eventId, bedId) => found(byEvent.get({ eventId, bedId: bedId ?? null })),
    findTakenBack: (bedId, requestedAt) => found(takenBack.get(bedId, requestedAt)),
    listSupersededBy: (eventId) => supersededBy.all(eventId).map(toTask),
    listSupersededOn: (bedId) => supersededOn.all(bedId).map(toTask),
    lastCleaned: (bedId) => found(cleaned.get(bedId)),
    listDone: (from, to, limit, kinds = TASK_KINDS) => done.all(from, to, JSON.stringify(kinds), limit).map(toTask),
  };
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    bedId: row.bed_id,
    encounterId: row.encounter_id,
    destination: row.destination,
    cause: row.cause,
    contaminated: row.contaminated === 1,
    eventId: row.event_id,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    doneAt: row.done_at,
    assigneeId: row.assignee_id,
    handedTo: row.handed_to,
    supersededBy: row.superseded_by,
    note: row.note,
  };
}
