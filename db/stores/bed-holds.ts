import type Database from 'better-sqlite3';
import type {
  BedBlock,
  BedRequest,
  BlockReason,
  Equipment,
  IsolationKind,
  Reservation,
} from '#domain/flow/bed-state.ts';
import type { BedId, EncounterId, RequestId, ReservationId, UserId, WardId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { texts } from './rows.ts';

interface BlockRow {
  readonly id: string;
  readonly bed_id: BedId;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly starts_at: number;
  readonly ends_at: number | null;
  readonly by_id: UserId;
  readonly ended_at: number | null;
}

/** A block is in force until it is ended or its time has run out, whichever comes first; one may be told late. */
export function createBedBlockStore(db: Database.Database) {
  const inForce = 'ended_at IS NULL AND (ends_at IS NULL OR ends_at > ?)';
  const save = db.prepare(`
    INSERT INTO bed_block (id, bed_id, reason, note, starts_at, ends_at, by_id, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, note = excluded.note, ends_at = excluded.ends_at,
      ended_at = excluded.ended_at`);
  const byId = db.prepare<[string], BlockRow>('SELECT * FROM bed_block WHERE id = ?');
  const all = db.prepare<[number], BlockRow>(`SELECT * FROM bed_block WHERE ${inForce} ORDER BY starts_at, id`);
  const ofBed = db.prepare<[string, number], BlockRow>(`SELECT * FROM bed_block WHERE bed_id = ? AND ${inForce}`);
  const due = db.prepare<[number], BlockRow>('SELECT * FROM bed_block WHERE ended_at IS NULL AND ends_at <= ?');
  const between = db.prepare<[{ bedId: BedId; from: number; to: number | null }], BlockRow>(`
    SELECT * FROM bed_block WHERE bed_id = :bedId AND (:to IS NULL OR starts_at < :to)
      AND min(ifnull(ended_at, ${LAST_MOMENT}), ifnull(ends_at, ${LAST_MOMENT})) > :from ORDER BY starts_at`);
  const found = (row: BlockRow | undefined): BedBlock | undefined => row && toBlock(row);
  return {
    saveBlock: ({ id, bedId, reason, note, from, to, by, endedAt }: BedBlock) => {
      save.run(id, bedId, reason, note, from, to, by, endedAt);
    },
    findBlock: (id: string) => found(byId.get(id)),
    listBlocks: (now: number) => all.all(now).map(toBlock),
    blockOf: (bedId: BedId, now: number) => found(ofBed.get(bedId, now)),
    blocksBetween: (bedId: BedId, from: number, to: number | null) => between.all({ bedId, from, to }).map(toBlock),
    listDueBlocks: (now: number) => due.all(now).map(toBlock),
  };
}

function toBlock(row: BlockRow): BedBlock {
  return {
    id: row.id,
    bedId: row.bed_id,
    reason: row.reason,
    note: row.note,
    from: row.starts_at,
    to: row.ends_at,
    by: row.by_id,
    endedAt: row.ended_at,
  };
}

/** A hold or a request counts only while the patient it is for is expected or here. */
const openEncounterOf = (table: string): string => `EXISTS (
  SELECT 1 FROM encounter WHERE encounter.id = ${table}.encounter_id AND status IN ('planned', 'in-progress', 'on-hold'))`;

interface ReservationRow {
  readonly id: ReservationId;
  readonly bed_id: BedId;
  readonly encounter_id: EncounterId;
  readonly by_id: UserId;
  readonly at: number;
  readonly until: number;
  readonly state: Reservation['state'];
  readonly fulfilled_by: string | null;
}

export function createReservationStore(db: Database.Database) {
  const save = db.prepare(`
    INSERT INTO bed_reservation (id, bed_id, encounter_id, by_id, at, until, state, fulfilled_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET until = excluded.until, state = excluded.state, fulfilled_by = excluded.fulfilled_by`);
  const byId = db.prepare<[string], ReservationRow>('SELECT * FROM bed_reservation WHERE id = ?');
  const live = `SELECT * FROM bed_reservation WHERE state = 'reserved' AND ${openEncounterOf('bed_reservation')}`;
  const all = db.prepare<[], ReservationRow>(`${live} ORDER BY at, id`);
  const ofBed = db.prepare<[string], ReservationRow>(`${live} AND bed_id = ?`);
  const ofEncounter = db.prepare<[string], ReservationRow>(`${live} AND encounter_id = ?`);
  const byEvent = db.prepare<[string], ReservationRow>('SELECT * FROM bed_reservation WHERE fulfilled_by = ?');
  const due = db.prepare<[number], ReservationRow>(
    "SELECT * FROM bed_reservation WHERE state = 'reserved' AND until <= ?",
  );
  const staleOf = db.prepare<[string, string], ReservationRow>(
    "SELECT * FROM bed_reservation WHERE state = 'reserved' AND (bed_id = ? OR encounter_id = ?)",
  );
  const found = (row: ReservationRow | undefined): Reservation | undefined => row && toReservation(row);
  return {
    saveReservation: ({ id, bedId, encounterId, by, at, until, state, fulfilledBy }: Reservation) => {
      save.run(id, bedId, encounterId, by, at, until, state, fulfilledBy);
    },
    findReservation: (id: ReservationId) => found(byId.get(id)),
    listReservations: () => all.all().map(toReservation),
    reservationOf: (subject: { bedId: BedId } | { encounterId: EncounterId }) =>
      found('bedId' in subject ? ofBed.get(subject.bedId) : ofEncounter.get(subject.encounterId)),
    reservationsTouching: (bedId: BedId, encounterId: EncounterId) =>
      staleOf.all(bedId, encounterId).map(toReservation),
    listFulfilledBy: (eventId: string) => byEvent.all(eventId).map(toReservation),
    listDueReservations: (now: number) => due.all(now).map(toReservation),
  };
}

function toReservation(row: ReservationRow): Reservation {
  return {
    id: row.id,
    bedId: row.bed_id,
    encounterId: row.encounter_id,
    by: row.by_id,
    at: row.at,
    until: row.until,
    state: row.state,
    fulfilledBy: row.fulfilled_by,
  };
}

interface RequestRow {
  readonly id: RequestId;
  readonly encounter_id: EncounterId;
  readonly ward_id: WardId | null;
  readonly equipment: string;
  readonly isolation: IsolationKind | null;
  readonly reason: string;
  readonly urgency: BedRequest['urgency'];
  readonly requested_at: number;
  readonly requested_by: UserId;
  readonly state: BedRequest['state'];
  readonly decided_at: number | null;
  readonly decided_by: UserId | null;
  readonly answer: string | null;
  readonly done_by: string | null;
  readonly was: string | null;
}

export function createBedRequestStore(db: Database.Database) {
  const save = db.prepare(`
    INSERT INTO bed_request (id, encounter_id, ward_id, equipment, isolation, reason, urgency, requested_at,
      requested_by, state, decided_at, decided_by, answer, done_by, was)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, decided_at = excluded.decided_at,
      decided_by = excluded.decided_by, answer = excluded.answer, done_by = excluded.done_by, was = excluded.was`);
  const byId = db.prepare<[string], RequestRow>('SELECT * FROM bed_request WHERE id = ?');
  const open = "SELECT * FROM bed_request WHERE state IN ('requested', 'accepted')";
  const all = db.prepare<[], RequestRow>(`${open} AND ${openEncounterOf('bed_request')} ORDER BY requested_at, id`);
  const ofEncounter = db.prepare<[string], RequestRow>(`${open} AND encounter_id = ?`);
  const byEvent = db.prepare<[string], RequestRow>('SELECT * FROM bed_request WHERE done_by = ?');
  const found = (row: RequestRow | undefined): BedRequest | undefined => row && toRequest(row);
  return {
    saveRequest: (r: BedRequest) => {
      const { id, encounterId, wardId, reason, urgency, requestedAt, requestedBy } = r;
      const asked = [id, encounterId, wardId, JSON.stringify(r.needs.equipment), r.needs.isolation, reason, urgency];
      save.run(
        ...asked,
        requestedAt,
        requestedBy,
        r.state,
        r.decidedAt,
        r.decidedBy,
        r.answer,
        r.doneBy,
        r.was && JSON.stringify(r.was),
      );
    },
    findRequest: (id: RequestId) => found(byId.get(id)),
    listOpenRequests: () => all.all().map(toRequest),
    requestOf: (encounterId: EncounterId) => found(ofEncounter.get(encounterId)),
    listRequestsDoneBy: (eventId: string) => byEvent.all(eventId).map(toRequest),
  };
}

function toRequest(row: RequestRow): BedRequest {
  return {
    id: row.id,
    encounterId: row.encounter_id,
    wardId: row.ward_id,
    needs: { equipment: texts(row.equipment) as Equipment[], isolation: row.isolation },
    reason: row.reason,
    urgency: row.urgency,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    state: row.state,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    answer: row.answer,
    doneBy: row.done_by,
    was: row.was === null ? null : JSON.parse(row.was),
  };
}
