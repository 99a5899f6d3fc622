import type Database from 'better-sqlite3';
import { bedFlow, type HeldSpan } from '#domain/flow/bed-flow.ts';
import type { FlowHistory } from '#domain/flow/figures.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';
import { BEDLESS } from './beds.ts';

interface Asked {
  readonly from: number;
  readonly now: number;
  readonly wardId: WardId | null;
}

/** Comings and goings of the beds that occupancy counts: of a ward, or of the house's inpatient wards. */
export function createHistoryReading(db: Database.Database): (asked: Asked) => FlowHistory {
  const pluck = (sql: string) => db.prepare<unknown[], number>(sql).pluck();
  const counted = (table: string) =>
    `(${table}.ward_id = ? OR (? IS NULL AND coalesce(kind.kind, 'inpatient') = 'inpatient'))`;
  const inBeds = db.prepare<[string | null, string | null, number], HeldSpan>(`
    SELECT held.bed_id AS bedId, held.encounter_id AS encounterId, held.started_at AS "from", held.ended_at AS "to"
    FROM bed LEFT JOIN ward_attributes AS kind ON kind.ward_id = bed.ward_id
      CROSS JOIN bed_assignment AS held ON held.bed_id = bed.id
    WHERE ${counted('bed')} AND (held.ended_at IS NULL OR held.ended_at >= ?)`);
  const bedless = db.prepare<[string | null, string | null, number], HeldSpan>(`
    SELECT NULL AS bedId, there.encounter_id AS encounterId, there.started_at AS "from", there.ended_at AS "to"
    FROM place_stay AS there LEFT JOIN ward_attributes AS kind ON kind.ward_id = there.ward_id
    WHERE there.ward_id IS NOT NULL AND ${counted('there')} AND (there.ended_at IS NULL OR there.ended_at >= ?)
      AND ${BEDLESS}`);
  const beds = pluck(`
    SELECT count(*) FROM bed LEFT JOIN ward_attributes AS kind ON kind.ward_id = bed.ward_id WHERE ${counted('bed')}`);
  const expected = pluck(`
    SELECT s.expected_at FROM encounter AS e JOIN flow_summary AS s ON s.encounter_id = e.id
    WHERE e.status = 'planned' AND s.expected_at IS NOT NULL AND s.arrived_at IS NULL AND s.admitted_at IS NULL
      AND s.class IN ('inpatient', 'planned-admission')
      AND (? IS NULL OR coalesce(s.ward_id, (SELECT ward_id FROM bed WHERE id = s.bed_id)) = ?)`);
  const planned = db.prepare<[], { encounterId: EncounterId; at: number }>(`
    SELECT s.encounter_id AS encounterId, s.expected_discharge_at AS at
    FROM encounter AS e JOIN flow_summary AS s ON s.encounter_id = e.id
    WHERE e.status IN ('in-progress', 'on-hold') AND s.discharged_at IS NULL AND s.expected_discharge_at IS NOT NULL`);
  return ({ from, now, wardId }) => {
    const spans = [...inBeds.all(wardId, wardId, from), ...bedless.all(wardId, wardId, from)];
    const { arrivals, discharges, present } = bedFlow(spans, now);
    const here = new Set(present);
    return {
      arrivals: arrivals.filter((at) => at >= from),
      discharges: discharges.filter((at) => at >= from),
      present: present.length,
      beds: beds.get(wardId, wardId) ?? 0,
      expectedArrivals: expected.all(wardId, wardId),
      plannedDischarges: planned.all().flatMap(({ encounterId, at }) => (here.has(encounterId) ? [at] : [])),
    };
  };
}
