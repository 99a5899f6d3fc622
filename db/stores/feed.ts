import type Database from 'better-sqlite3';
import type { FeedMessage, FeedStanding, FeedState, FeedStore } from '#domain/feed/feed.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import { createFeedFacts } from './feed-facts.ts';
import { createOutgoing } from './feed-outgoing.ts';
import { bit } from './rows.ts';

interface MessageRow {
  readonly id: string;
  readonly control_id: string;
  readonly hash: string;
  readonly type: string;
  readonly sender: string;
  readonly received_at: number;
  readonly recorded_at: number;
  readonly tie_break: string;
  readonly copies: number;
  readonly text: string;
  readonly state: FeedState;
  readonly why: string | null;
  readonly held: 0 | 1;
  readonly doubt: string | null;
  readonly patient_id: PatientId | null;
  readonly encounter_id: EncounterId | null;
  readonly other_encounter_id: EncounterId | null;
  readonly visit_number: string | null;
  readonly settled_by: string | null;
  readonly settle_reason: string | null;
}

type StandingRow = Omit<MessageRow, 'text'>;

/** All but the text, which may be long and is seldom asked for. */
const STANDING = `id, control_id, hash, type, sender, received_at, recorded_at, tie_break, copies, state, why, held, doubt,
  patient_id, encounter_id, other_encounter_id, visit_number, settled_by, settle_reason`;

/** Messages are added and their standing changes; what came is never edited. */
export function createFeedStore(db: Database.Database): FeedStore {
  return { ...createMessages(db), ...createFeedFacts(db), ...createOutgoing(db) };
}

type Messages = Pick<
  FeedStore,
  | 'findTwin'
  | 'find'
  | 'save'
  | 'countCopy'
  | 'list'
  | 'listWaiting'
  | 'countWaiting'
  | 'listOfVisit'
  | 'listUnnumbered'
  | 'listOf'
  | 'listHeld'
  | 'anyHeld'
>;

function createMessages(db: Database.Database): Messages {
  const rows = (rest: string) => db.prepare<unknown[], MessageRow>(`SELECT * FROM feed_message ${rest}`);
  const standings = (rest: string) =>
    db.prepare<unknown[], StandingRow>(`SELECT ${STANDING} FROM feed_message ${rest}`);
  const twin = rows('WHERE control_id = ? AND hash = ?');
  const byId = rows('WHERE id = ?');
  const upTo = standings('WHERE received_at < ? AND received_at >= ? ORDER BY received_at DESC, id DESC');
  const pageEnd = db
    .prepare<[number, number], number>(
      'SELECT received_at FROM feed_message WHERE received_at < ? ORDER BY received_at DESC LIMIT 1 OFFSET ?',
    )
    .pluck();
  const waiting = standings("WHERE state = 'waiting' ORDER BY received_at, id LIMIT ?");
  const waitingCount = db.prepare<[], number>("SELECT count(*) FROM feed_message WHERE state = 'waiting'").pluck();
  const ofVisit = rows('WHERE visit_number = ? ORDER BY recorded_at, tie_break');
  const unnumbered = rows('WHERE visit_number IS NULL AND patient_id IN (SELECT value FROM json_each(?))');
  const waitingOf = rows(
    "WHERE state = 'waiting' AND (encounter_id = ? OR other_encounter_id = ?) ORDER BY recorded_at, tie_break",
  );
  const told = rows(
    'WHERE (encounter_id = ? OR other_encounter_id = ?) AND tie_break IN (SELECT value FROM json_each(?))',
  );
  const held = (subject: string) =>
    db
      .prepare<[string], string>(
        `SELECT id FROM feed_message WHERE held = 1 AND ${subject} = ? ORDER BY recorded_at, tie_break`,
      )
      .pluck();
  const heldOfPatient = held('patient_id');
  const heldOfVisit = held('visit_number');
  const anyHeld = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM feed_message WHERE held = 1)').pluck();
  const copied = db.prepare('UPDATE feed_message SET copies = copies + 1 WHERE id = ?');
  const save = db.prepare(`
    INSERT INTO feed_message (id, control_id, hash, type, sender, received_at, recorded_at, tie_break, copies, text,
      state, why, held, doubt, patient_id, encounter_id, other_encounter_id, visit_number, settled_by, settle_reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, why = excluded.why, held = excluded.held,
      doubt = excluded.doubt, patient_id = excluded.patient_id, encounter_id = excluded.encounter_id,
      other_encounter_id = excluded.other_encounter_id, visit_number = excluded.visit_number,
      settled_by = excluded.settled_by, settle_reason = excluded.settle_reason`);
  const found = (row: MessageRow | undefined) => row && toMessage(row);
  return {
    findTwin: (controlId, hash) => found(twin.get(controlId, hash)),
    find: (id) => found(byId.get(id)),
    save: (m) => {
      save.run(
        ...[m.id, m.controlId, m.hash, m.type, m.sender, m.receivedAt, m.recordedAt, m.tieBreak, m.copies, m.text],
        ...[m.state, m.why, bit(m.held), m.doubt, m.patientId, m.encounterId, m.otherEncounterId, m.visitNumber],
        ...[m.settledBy, m.settleReason],
      );
    },
    countCopy: (id) => {
      copied.run(id);
    },
    list: ({ before = Number.MAX_SAFE_INTEGER, limit }) =>
      upTo.all(before, pageEnd.get(before, limit - 1) ?? 0).map(toStanding),
    listWaiting: (limit) => waiting.all(limit).map(toStanding),
    countWaiting: () => waitingCount.get() ?? 0,
    listOfVisit: (visitNumber) => ofVisit.all(visitNumber).map(toMessage),
    listUnnumbered: (patientIds) => unnumbered.all(JSON.stringify(patientIds)).map(toMessage),
    listOf: (encounterId, filter) =>
      ('waiting' in filter
        ? waitingOf.all(encounterId, encounterId)
        : told.all(encounterId, encounterId, JSON.stringify(filter.tieBreaks))
      ).map(toMessage),
    anyHeld: () => anyHeld.get() === 1,
    listHeld: (subject) =>
      'patientId' in subject ? heldOfPatient.all(subject.patientId) : heldOfVisit.all(subject.visitNumber),
  };
}

function toMessage(row: MessageRow): FeedMessage {
  return { ...toStanding(row), text: row.text };
}

function toStanding(row: StandingRow): FeedStanding {
  return {
    id: row.id,
    controlId: row.control_id,
    hash: row.hash,
    type: row.type,
    sender: row.sender,
    receivedAt: row.received_at,
    recordedAt: row.recorded_at,
    tieBreak: row.tie_break,
    copies: row.copies,
    state: row.state,
    why: row.why,
    held: row.held === 1,
    doubt: row.doubt,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
    otherEncounterId: row.other_encounter_id,
    visitNumber: row.visit_number,
    settledBy: row.settled_by,
    settleReason: row.settle_reason,
  };
}
