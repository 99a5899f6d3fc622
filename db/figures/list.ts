import type Database from 'better-sqlite3';
import type { CleaningFact, FigureQuestion, FigureRow } from '#domain/flow/figures.ts';
import type { KpiList } from '#domain/flow/kpi.ts';
import { deathsOf, leftBeforeNoon, readyOf, strandedOf } from '#domain/flow/kpi-rules.ts';
import type { EncounterId } from '#domain/ids.ts';
import { MINUTE_MS } from '#domain/time.ts';
import { texts } from '../stores/rows.ts';
import type { FactReading } from './facts.ts';

/** A fact as a line: whom it is about, its span and what it counts for. */
interface Line {
  readonly encounterId: EncounterId | null;
  readonly bedId: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly value: number | null;
  readonly detail: string | null;
}

type Asked = FigureQuestion & { readonly list: KpiList; readonly limit: number };

/** The list behind a figure: exactly what it counts, newest first, the first of them with bed, ward and patient. */
export function createListReading(db: Database.Database) {
  const describe = createDescribing(db);
  return (facts: FactReading, { list, limit, to, now }: Asked): { total: number; rows: FigureRow[] } => {
    const lines = LINES[list](facts);
    const time = (line: Line) => line.to ?? line.from ?? 0;
    const newest = lines.sort((one, other) => time(other) - time(one)).slice(0, limit);
    return { total: lines.length, rows: newest.map((line) => describe(line, Math.min(line.to ?? to, to, now))) };
  };
}

const bare = { bedId: null, detail: null } as const;

const LINES: Readonly<Record<KpiList, (facts: FactReading) => Line[]>> = {
  discharges: (facts) => facts.discharges().map(dischargeLine),
  deaths: (facts) => deathsOf(facts.discharges()).map(dischargeLine),
  'before-noon': (facts) =>
    facts
      .discharges()
      .filter((fact) => leftBeforeNoon(facts.days, fact))
      .map(dischargeLine),
  admissions: (facts) =>
    facts.admissions().map(({ encounterId, at }) => ({ ...bare, encounterId, from: at, to: null, value: null })),
  turnaround: (facts) => facts.cleanings().map(cleaningLine),
  boarding: (facts) =>
    facts
      .boardings()
      .map(({ encounterId, from, to }) => ({ ...bare, encounterId, from, to, value: (to - from) / MINUTE_MS })),
  waits: (facts) =>
    facts.waits().map(({ encounterId, from, to, minutes, category, inTarget }) => ({
      ...bare,
      encounterId,
      from,
      to,
      value: minutes,
      detail: `${category}, ${inTarget ? 'in target' : 'over target'}`,
    })),
  'four-hour': (facts) =>
    facts.attendances().map(({ encounterId, from, to, minutes, inTime }) => ({
      ...bare,
      encounterId,
      from,
      to,
      value: minutes,
      detail: inTime ? 'within 4 h' : 'over 4 h',
    })),
  stranded: (facts) =>
    strandedOf(facts.present()).map(({ encounterId, from, days }) => ({
      ...bare,
      encounterId,
      from,
      to: null,
      value: days,
    })),
  ready: (facts) =>
    readyOf(facts.present()).map(({ encounterId, readyAt, readyDays }) => ({
      ...bare,
      encounterId,
      from: readyAt,
      to: null,
      value: readyDays,
    })),
};

function dischargeLine(fact: ReturnType<FactReading['discharges']>[number]): Line {
  const { encounterId, startedAt, at, los, outcome } = fact;
  return { encounterId, bedId: null, from: startedAt, to: at, value: los, detail: outcome };
}

function cleaningLine({ bedId, requestedAt, doneAt, cause }: CleaningFact): Line {
  const value = (doneAt - requestedAt) / MINUTE_MS;
  return { encounterId: null, bedId, from: requestedAt, to: doneAt, value, detail: cause };
}

interface PlaceRow {
  readonly bedLabel: string | null;
  readonly wardName: string | null;
}

interface PersonRow {
  readonly family: string;
  readonly given: string;
  readonly visitNumber: string | null;
}

function createDescribing(db: Database.Database): (line: Line, at: number) => FigureRow {
  const ofBed = db.prepare<[string], PlaceRow>(
    'SELECT bed.label AS bedLabel, ward.name AS wardName FROM bed JOIN ward ON ward.id = bed.ward_id WHERE bed.id = ?',
  );
  const inBed = db.prepare<[string, number], PlaceRow & { from: number }>(`
    SELECT bed.label AS bedLabel, ward.name AS wardName, held.started_at AS "from" FROM bed_assignment AS held
      JOIN bed ON bed.id = held.bed_id JOIN ward ON ward.id = bed.ward_id
    WHERE held.encounter_id = ? AND held.started_at <= ? ORDER BY held.started_at DESC LIMIT 1`);
  const elsewhere = db.prepare<[string, number], PlaceRow & { from: number }>(`
    SELECT NULL AS bedLabel, coalesce(ward.name, area.name) AS wardName, there.started_at AS "from"
    FROM place_stay AS there LEFT JOIN area ON area.id = there.area_id
      LEFT JOIN ward ON ward.id = coalesce(there.ward_id, area.ward_id)
    WHERE there.encounter_id = ? AND there.started_at <= ? ORDER BY there.started_at DESC LIMIT 1`);
  const person = db.prepare<[string], PersonRow>(`
    SELECT patient.family, patient.given, s.visit_number AS visitNumber FROM encounter AS e
      JOIN patient ON patient.id = e.patient_id LEFT JOIN flow_summary AS s ON s.encounter_id = e.id WHERE e.id = ?`);
  const placeAt = (encounterId: EncounterId, at: number): PlaceRow | undefined => {
    const [bed, other] = [inBed.get(encounterId, at), elsewhere.get(encounterId, at)];
    return bed && other ? (bed.from > other.from ? bed : other) : (bed ?? other);
  };
  return ({ encounterId, bedId, from, to, value, detail }, at) => {
    const place = encounterId === null ? ofBed.get(bedId ?? '') : placeAt(encounterId, at);
    const who = encounterId === null ? undefined : person.get(encounterId);
    return {
      encounterId,
      bedLabel: place?.bedLabel ?? null,
      wardName: place?.wardName ?? null,
      name: who ? { family: who.family, given: texts(who.given) } : null,
      visitNumber: who?.visitNumber ?? null,
      from,
      to,
      value,
      detail,
    };
  };
}
