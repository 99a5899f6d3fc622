import type Database from 'better-sqlite3';
import type { Outcome, TriageCategory } from '#domain/flow/event.ts';
import type { FigureQuestion } from '#domain/flow/figures.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';
import { unpack } from './packed.ts';

/** An admission is told as one, or is what a patient of such a class came for. */
const ADMITTED = `(s.admitted_at IS NOT NULL OR s.class IN ('inpatient', 'planned-admission'))`;
const START = 'coalesce(s.admitted_at, s.arrived_at)';

/** An admitted patient's stay, from admission to leaving. */
export interface StayRow {
  readonly encounterId: EncounterId;
  readonly startedAt: number;
  readonly leftAt: number | null;
  readonly outcome: Outcome | null;
  readonly readyAt: number | null;
}

/** A stay of a ward's and one span of it there, in a bed or not. */
export interface WardStayRow extends StayRow {
  readonly from: number;
  readonly to: number | null;
}

export interface ArrivalRow {
  readonly encounterId: EncounterId;
  readonly emergency: 0 | 1;
  readonly category: TriageCategory | null;
  readonly arrivedAt: number;
  readonly seenAt: number | null;
  readonly admittedAt: number | null;
  readonly leftAt: number | null;
}

export interface DecisionRow {
  readonly encounterId: EncounterId;
  readonly decidedAt: number;
  readonly admittedAt: number | null;
}

/** Where an encounter was, in a bed or not. */
export interface SpanRow {
  readonly wardId: WardId | null;
  readonly areaId: string | null;
  readonly from: number;
  readonly to: number | null;
}

type Period = Pick<FigureQuestion, 'from' | 'to'>;
type Bounds = [from: number, to: number];

/** Encounters as figures need them. Statements are made once; each read sees what is committed by then. */
export function createStayReading(db: Database.Database) {
  const stay = `s.encounter_id AS encounterId, ${START} AS startedAt, s.discharged_at AS leftAt, s.outcome,
    s.medically_ready_at AS readyAt`;
  const leaving = `s.discharged_at >= ? AND s.discharged_at < ? AND ${ADMITTED} AND ${START} IS NOT NULL`;
  const left = db.prepare<Bounds, StayRow>(`SELECT ${stay} FROM flow_summary AS s WHERE ${leaving}`);
  const leftPacked = db
    .prepare<Bounds, string | null>(`
      SELECT group_concat(${START} || ',' || s.discharged_at || ',' || coalesce(s.outcome = 'died', 0))
      FROM flow_summary AS s WHERE ${leaving}`)
    .pluck();
  const admittedCount = db
    .prepare<[...Bounds, ...Bounds], number>(`
      SELECT (SELECT count(*) FROM flow_summary WHERE admitted_at >= ? AND admitted_at < ?) + (
        SELECT count(*) FROM flow_summary AS s
        WHERE s.arrived_at >= ? AND s.arrived_at < ? AND s.admitted_at IS NULL AND ${ADMITTED})`)
    .pluck();
  const admitted = db.prepare<[...Bounds, ...Bounds], { encounterId: EncounterId; at: number }>(`
    SELECT s.encounter_id AS encounterId, s.admitted_at AS at FROM flow_summary AS s
    WHERE s.admitted_at >= ? AND s.admitted_at < ?
    UNION ALL
    SELECT s.encounter_id, s.arrived_at FROM flow_summary AS s
    WHERE s.arrived_at >= ? AND s.arrived_at < ? AND s.admitted_at IS NULL AND ${ADMITTED}`);
  const present = db.prepare<[number, number, number], StayRow>(`
    SELECT ${stay} FROM flow_summary AS s WHERE s.discharged_at >= ? AND ${START} < ? AND ${ADMITTED}
    UNION ALL
    SELECT ${stay} FROM encounter AS e JOIN flow_summary AS s ON s.encounter_id = e.id
    WHERE e.status IN ('in-progress', 'on-hold') AND s.discharged_at IS NULL AND ${START} < ? AND ${ADMITTED}`);
  const inBeds = db.prepare<[string, number, number], WardStayRow>(`
    SELECT ${stay}, held.started_at AS "from", held.ended_at AS "to"
    FROM bed CROSS JOIN bed_assignment AS held ON held.bed_id = bed.id
      CROSS JOIN flow_summary AS s ON s.encounter_id = held.encounter_id
    WHERE bed.ward_id = ? AND held.started_at < ? AND (s.discharged_at IS NULL OR s.discharged_at >= ?)
      AND ${ADMITTED} AND ${START} IS NOT NULL`);
  const elsewhere = db.prepare<[string, number, number, string, number, number], WardStayRow>(
    ['there.ward_id = ?', 'there.area_id IN (SELECT id FROM area WHERE ward_id = ?) AND there.ward_id IS NULL']
      .map(
        (there) => `
          SELECT ${stay}, there.started_at AS "from", there.ended_at AS "to"
          FROM place_stay AS there CROSS JOIN flow_summary AS s ON s.encounter_id = there.encounter_id
          WHERE ${there} AND there.started_at < ? AND (s.discharged_at IS NULL OR s.discharged_at >= ?)
            AND ${ADMITTED} AND ${START} IS NOT NULL`,
      )
      .join(' UNION ALL '),
  );
  const arrived = db.prepare<Bounds, ArrivalRow>(`
    SELECT s.encounter_id AS encounterId, s.class = 'emergency' OR s.triage_category IS NOT NULL AS emergency,
      s.triage_category AS category, s.arrived_at AS arrivedAt, s.seen_at AS seenAt, s.admitted_at AS admittedAt,
      s.discharged_at AS leftAt
    FROM flow_summary AS s WHERE s.arrived_at >= ? AND s.arrived_at < ? AND s.class <> 'outpatient'`);
  const decided = db.prepare<Bounds, DecisionRow>(`
    SELECT s.encounter_id AS encounterId, s.admission_decided_at AS decidedAt, s.admitted_at AS admittedAt
    FROM flow_summary AS s
    WHERE s.admission_decided_at < ? AND (s.discharged_at IS NULL OR s.discharged_at >= ?)`);
  const spans = db.prepare<[string, string], SpanRow>(`
    SELECT bed.ward_id AS wardId, NULL AS areaId, held.started_at AS "from", held.ended_at AS "to"
      FROM bed_assignment AS held JOIN bed ON bed.id = held.bed_id WHERE held.encounter_id = ?
    UNION ALL
    SELECT coalesce(there.ward_id, area.ward_id), there.area_id, there.started_at, there.ended_at
      FROM place_stay AS there LEFT JOIN area ON area.id = there.area_id WHERE there.encounter_id = ?
    ORDER BY "from"`);
  return {
    /** Admitted patients who left in a period. */
    left: ({ from, to }: Period) => left.all(from, to),
    /** The same without names: when each began and ended, and 1 for who died, one after another. */
    leftPacked: ({ from, to }: Period) => unpack(leftPacked.get(from, to)),
    admittedCount: ({ from, to }: Period) => admittedCount.get(from, to, from, to) ?? 0,
    admitted: ({ from, to }: Period) => admitted.all(from, to, from, to),
    /** Admitted patients in at a moment. */
    presentAt: (at: number) => present.all(at, at, at),
    /** Stays that touch a ward before `to` and were not over by `from`, a row for each span there. */
    ofWard: (wardId: WardId, { from, to }: Period) => [
      ...inBeds.all(wardId, to, from),
      ...elsewhere.all(wardId, to, from, wardId, to, from),
    ],
    /** Who came in a period, outpatients apart. */
    arrived: ({ from, to }: Period) => arrived.all(from, to),
    /** Decisions to admit before the period's end, of patients who were not gone by its start. */
    decided: ({ from, to }: Period) => decided.all(to, from),
    /** Where an encounter was, in order of time. */
    spansOf: (encounterId: EncounterId) => spans.all(encounterId, encounterId),
  };
}

export type StayReading = ReturnType<typeof createStayReading>;
