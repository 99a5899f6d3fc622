import type { AttendanceFact, BoardingFact, FigureQuestion, WaitFact } from '#domain/flow/figures.ts';
import { attendanceOf, leftEmergency, type PlaceSpan, waitOf } from '#domain/flow/kpi-rules.ts';
import type { WardId } from '#domain/ids.ts';
import type { FigurePlaces } from './places.ts';
import type { ArrivalRow, SpanRow, StayReading } from './stays.ts';

/** Waits of triaged patients who came in the period; of a ward: who came to it. */
export function waitsOf(stays: StayReading, question: FigureQuestion): WaitFact[] {
  return arrivals(stays, question).flatMap((row) => {
    const { category } = row;
    if (category === null || !cameTo(stays, row, question.wardId)) return [];
    return waitOf({ ...row, category }, question.policy, question.now) ?? [];
  });
}

/** Emergency attendances that began in the period; of a ward: those that began there. */
export function attendancesOf(stays: StayReading, places: FigurePlaces, question: FigureQuestion): AttendanceFact[] {
  return arrivals(stays, question).flatMap((row) => {
    const { encounterId, arrivedAt, admittedAt, leftAt } = row;
    if (!cameTo(stays, row, question.wardId)) return [];
    if (row.emergency === 1 && admittedAt === null)
      return attendanceOf(encounterId, arrivedAt, leftAt, question.now) ?? [];
    const departed = leftEmergency(placesOf(stays.spansOf(encounterId), places, row), arrivedAt);
    // In no emergency place to begin with: an attendance by its class only, over when admitted.
    if (departed === undefined && row.emergency === 0) return [];
    const to = departed === undefined ? (admittedAt ?? leftAt) : departed;
    return attendanceOf(encounterId, arrivedAt, to, question.now) ?? [];
  });
}

/** Patients who left an emergency place for a bed in the period; of a ward: the one they waited in, or the one they went to. */
export function boardingsOf(stays: StayReading, places: FigurePlaces, question: FigureQuestion): BoardingFact[] {
  const { from, to, wardId } = question;
  return stays.decided(question).flatMap((row) => {
    const spans = stays.spansOf(row.encounterId);
    const left = leftEmergency(placesOf(spans, places, row), row.decidedAt);
    if (left === undefined || left === null || left < from || left >= to) return [];
    const touched = [spans.findLast((span) => span.from <= row.decidedAt), spans.find((span) => span.from >= left)];
    if (wardId !== null && !touched.some((span) => span?.wardId === wardId)) return [];
    return [{ encounterId: row.encounterId, from: row.decidedAt, to: left }];
  });
}

function arrivals(stays: StayReading, question: FigureQuestion): ArrivalRow[] {
  return stays.arrived(question);
}

function cameTo(stays: StayReading, { encounterId, arrivedAt }: ArrivalRow, wardId: WardId | null): boolean {
  if (wardId === null) return true;
  const first = stays.spansOf(encounterId).find(({ to }) => to === null || to > arrivedAt);
  return first?.wardId === wardId;
}

/** Somebody not yet admitted whose place nobody named is where emergencies are. */
function placesOf(
  spans: readonly SpanRow[],
  places: FigurePlaces,
  { admittedAt }: { readonly admittedAt: number | null },
): PlaceSpan[] {
  return spans.map(({ wardId, areaId, from, to }) => {
    const unnamed = wardId === null && areaId === null && (admittedAt === null || from < admittedAt);
    return { emergency: unnamed || places.emergency(wardId, areaId), from, to };
  });
}
