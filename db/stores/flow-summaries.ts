import type Database from 'better-sqlite3';
import type {
  EncounterClass,
  FlowStore,
  FlowSummary,
  Outcome,
  Place,
  PlaceStay,
  TriageCategory,
} from '#domain/flow/event.ts';
import type { AreaId, BedId, EncounterId, RoomId, WardId } from '#domain/ids.ts';
import { bit } from './rows.ts';

interface PlaceColumns {
  readonly ward_id: WardId | null;
  readonly room_id: RoomId | null;
  readonly area_id: AreaId | null;
}

interface SummaryRow extends PlaceColumns {
  readonly encounter_id: EncounterId;
  readonly visit_number: string | null;
  readonly class: EncounterClass;
  readonly expected_at: number | null;
  readonly arrived_at: number | null;
  readonly triage_category: TriageCategory | null;
  readonly triaged_at: number | null;
  readonly seen_at: number | null;
  readonly admission_decided_at: number | null;
  readonly admitted_at: number | null;
  readonly discharge_ordered_at: number | null;
  readonly expected_discharge_at: number | null;
  readonly waiting_for: string | null;
  readonly medically_ready_at: number | null;
  readonly discharged_at: number | null;
  readonly outcome: Outcome | null;
  readonly away_kind: 'leave' | 'elsewhere' | null;
  readonly away_since: number | null;
  readonly away_place: string | null;
  readonly transfer_planned_at: number | null;
  readonly transfer_planned_place: string | null;
  readonly placed: number;
  readonly bed_id: BedId | null;
}

interface PlaceStayRow extends PlaceColumns {
  readonly encounter_id: EncounterId;
  readonly started_at: number;
  readonly ended_at: number | null;
}

type SummaryStore = Pick<
  FlowStore,
  'summary' | 'saveSummary' | 'listOpenSummaries' | 'findByVisit' | 'replacePlaceStays' | 'listPlaceStays'
>;

const COLUMNS = [
  ...['encounter_id', 'visit_number', 'class', 'expected_at', 'arrived_at', 'triage_category', 'triaged_at', 'seen_at'],
  ...['admission_decided_at', 'admitted_at', 'discharge_ordered_at', 'expected_discharge_at', 'waiting_for'],
  ...['medically_ready_at', 'discharged_at', 'outcome', 'away_kind', 'away_since', 'away_place', 'transfer_planned_at'],
  ...['transfer_planned_place', 'placed', 'ward_id', 'room_id', 'bed_id', 'area_id'],
];

/** What the fold makes of encounters: where they stand, and where their patients were outside beds. */
export function createSummaryStore(db: Database.Database): SummaryStore {
  const byEncounter = db.prepare<[string], SummaryRow>('SELECT * FROM flow_summary WHERE encounter_id = ?');
  const save = db.prepare(`
    INSERT INTO flow_summary (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})
    ON CONFLICT (encounter_id) DO UPDATE SET ${COLUMNS.slice(1)
      .map((column) => `${column} = excluded.${column}`)
      .join()}`);
  const open = db.prepare<[], SummaryRow>(`
    SELECT flow_summary.* FROM encounter JOIN flow_summary ON encounter_id = id
    WHERE status IN ('planned', 'in-progress', 'on-hold') ORDER BY encounter.admitted_at, id`);
  const byVisit = db
    .prepare<[string], EncounterId>(`
      SELECT encounter_id FROM flow_summary JOIN encounter ON id = encounter_id
      WHERE visit_number = ? ORDER BY encounter.admitted_at, id`)
    .pluck();
  const clearStays = db.prepare('DELETE FROM place_stay WHERE encounter_id = ?');
  const addStay = db.prepare(
    'INSERT INTO place_stay (encounter_id, ward_id, room_id, area_id, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const stays = db.prepare<[string], PlaceStayRow>(
    'SELECT * FROM place_stay WHERE encounter_id = ? ORDER BY started_at',
  );
  return {
    summary: (encounterId) => {
      const row = byEncounter.get(encounterId);
      return row && toSummary(row);
    },
    saveSummary: (summary) => {
      save.run(...valuesOf(summary));
    },
    listOpenSummaries: () => open.all().map(toSummary),
    findByVisit: (visitNumber) => byVisit.all(visitNumber),
    replacePlaceStays: (encounterId, wanted) => {
      clearStays.run(encounterId);
      for (const { place, startedAt, endedAt } of wanted)
        addStay.run(encounterId, place.wardId, place.roomId, place.areaId, startedAt, endedAt);
    },
    listPlaceStays: (encounterId) => stays.all(encounterId).map(toPlaceStay),
  };
}

function valuesOf(s: FlowSummary): unknown[] {
  const { triage, away, transferPlanned: planned, place } = s;
  return [
    s.encounterId,
    s.visitNumber,
    s.class,
    s.expectedAt,
    s.arrivedAt,
    triage?.category ?? null,
    triage?.at ?? null,
    s.seenAt,
    s.admissionDecidedAt,
    s.admittedAt,
    s.dischargeOrderedAt,
    s.expectedDischargeAt,
    s.waitingFor,
    s.medicallyReadyAt,
    s.dischargedAt,
    s.outcome,
    away?.kind ?? null,
    away?.since ?? null,
    away?.place ? JSON.stringify(away.place) : null,
    planned?.at ?? null,
    planned?.place ? JSON.stringify(planned.place) : null,
    bit(place !== null),
    place?.wardId ?? null,
    place?.roomId ?? null,
    place?.bedId ?? null,
    place?.areaId ?? null,
  ];
}

function toSummary(row: SummaryRow): FlowSummary {
  return {
    encounterId: row.encounter_id,
    visitNumber: row.visit_number,
    class: row.class,
    expectedAt: row.expected_at,
    arrivedAt: row.arrived_at,
    triage:
      row.triage_category === null || row.triaged_at === null
        ? null
        : { category: row.triage_category, at: row.triaged_at },
    seenAt: row.seen_at,
    admissionDecidedAt: row.admission_decided_at,
    admittedAt: row.admitted_at,
    dischargeOrderedAt: row.discharge_ordered_at,
    expectedDischargeAt: row.expected_discharge_at,
    waitingFor: row.waiting_for,
    medicallyReadyAt: row.medically_ready_at,
    dischargedAt: row.discharged_at,
    outcome: row.outcome,
    away:
      row.away_kind === null || row.away_since === null
        ? null
        : { kind: row.away_kind, since: row.away_since, place: placeIn(row.away_place) },
    transferPlanned:
      row.transfer_planned_at === null
        ? null
        : { place: placeIn(row.transfer_planned_place), at: row.transfer_planned_at },
    place: row.placed === 0 ? null : { ...toPlace(row), bedId: row.bed_id },
  };
}

function placeIn(json: string | null): Place | null {
  return json === null ? null : (JSON.parse(json) as Place);
}

function toPlace({ ward_id, room_id, area_id }: PlaceColumns): Place {
  return { wardId: ward_id, roomId: room_id, bedId: null, areaId: area_id };
}

function toPlaceStay(row: PlaceStayRow): PlaceStay {
  return {
    encounterId: row.encounter_id,
    place: toPlace(row),
    startedAt: row.started_at,
    endedAt: row.ended_at,
  };
}
