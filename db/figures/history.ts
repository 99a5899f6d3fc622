import type Database from 'better-sqlite3';
import type { FlowHistory } from '#domain/flow/figures.ts';
import type { EncounterId, WardId } from '#domain/ids.ts';

const INPATIENT = `(s.admitted_at IS NOT NULL OR s.class IN ('inpatient', 'planned-admission'))`;

interface SpanRow {
  readonly encounterId: EncounterId;
  readonly from: number;
  readonly to: number | null;
}

interface Asked {
  readonly from: number;
  readonly now: number;
  readonly wardId: WardId | null;
}

/** Comings and goings of admitted patients, of the house or of a ward (moves between wards are comings and goings there). */
export function createHistoryReading(db: Database.Database): (asked: Asked) => FlowHistory {
  const pluck = (sql: string) => db.prepare<unknown[], number>(sql).pluck();
  const start = 'coalesce(s.admitted_at, s.arrived_at)';
  const house = db.prepare<[number, number], SpanRow>(`
    SELECT s.encounter_id AS encounterId, ${start} AS "from", s.discharged_at AS "to" FROM flow_summary AS s
    WHERE s.discharged_at >= ? AND ${start} <= ? AND ${INPATIENT}`);
  const houseNow = db.prepare<[], SpanRow>(`
    SELECT s.encounter_id AS encounterId, ${start} AS "from", NULL AS "to"
    FROM encounter AS e JOIN flow_summary AS s ON s.encounter_id = e.id
    WHERE e.status IN ('in-progress', 'on-hold') AND s.discharged_at IS NULL AND ${start} IS NOT NULL AND ${INPATIENT}`);
  const ward = db.prepare<[string, number, string, number, string, number], SpanRow>(`
    SELECT held.encounter_id AS encounterId, held.started_at AS "from", held.ended_at AS "to"
      FROM bed CROSS JOIN bed_assignment AS held ON held.bed_id = bed.id
      WHERE bed.ward_id = ? AND (held.ended_at IS NULL OR held.ended_at >= ?)
    UNION ALL
    SELECT there.encounter_id, there.started_at, there.ended_at FROM place_stay AS there
      WHERE there.ward_id = ? AND (there.ended_at IS NULL OR there.ended_at >= ?)
    UNION ALL
    SELECT there.encounter_id, there.started_at, there.ended_at FROM place_stay AS there
      WHERE there.area_id IN (SELECT id FROM area WHERE ward_id = ?) AND there.ward_id IS NULL
        AND (there.ended_at IS NULL OR there.ended_at >= ?)
    ORDER BY encounterId, "from"`);
  const beds = pluck(`
    SELECT count(*) FROM bed LEFT JOIN ward_attributes AS kind ON kind.ward_id = bed.ward_id
    WHERE bed.ward_id = ? OR (? IS NULL AND coalesce(kind.kind, 'inpatient') = 'inpatient')`);
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
    const spans =
      wardId === null
        ? [...house.all(from, now), ...houseNow.all()]
        : joined(ward.all(wardId, from, wardId, from, wardId, from));
    const here = new Set(spans.filter(({ to }) => to === null).map(({ encounterId }) => encounterId));
    return {
      arrivals: spans.map((span) => span.from).filter((at) => at >= from && at <= now),
      discharges: spans.flatMap(({ to }) => (to !== null && to >= from && to <= now ? [to] : [])),
      present: here.size,
      beds: beds.get(wardId, wardId) ?? 0,
      expectedArrivals: expected.all(wardId, wardId),
      plannedDischarges: planned.all().flatMap(({ encounterId, at }) => (here.has(encounterId) ? [at] : [])),
    };
  };
}

/** Spans in one ward, those that follow on each other as one. In order of encounter and time. */
function joined(rows: readonly SpanRow[]): SpanRow[] {
  const spans: SpanRow[] = [];
  for (const row of rows) {
    const last = spans.at(-1);
    if (last && last.encounterId === row.encounterId && last.to !== null && last.to >= row.from) {
      spans[spans.length - 1] = { ...last, to: row.to };
    } else spans.push(row);
  }
  return spans;
}
