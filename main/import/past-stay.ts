import type { Encounter } from '#domain/encounter/encounter.ts';
import type { FlowEvent, FlowStep, FlowSummary, Place, PlaceStay } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { ActId, EncounterId, PatientId, WardId } from '#domain/ids.ts';
import type { Visit } from './visit.ts';

/** Everything the store keeps of one past visit. */
export interface PastStay {
  readonly encounter: Encounter;
  readonly events: readonly FlowEvent[];
  readonly summary: FlowSummary;
  readonly places: readonly PlaceStay[];
}

interface PastStayQuestion {
  readonly visit: Visit;
  readonly patientId: PatientId;
  readonly wardOf: (name: string) => WardId | null;
  readonly newId: () => string;
  readonly now: number;
}

/** A visit as the steps somebody would have entered, and what follows from them. */
export function pastStay({ visit, patientId, wardOf, newId, now }: PastStayQuestion): PastStay {
  const encounterId = newId() as EncounterId;
  const actId = newId() as ActId;
  const events = stepsOf(visit, wardOf).map(
    ({ step, at, line }): FlowEvent => ({
      id: newId(),
      actId,
      encounterId,
      step,
      happenedAt: at,
      recordedAt: now,
      source: 'import',
      tieBreak: String(line).padStart(12, '0'),
      actor: 'import',
      voided: null,
    }),
  );
  const { whereabouts, unexplained, status, ...facts } = journeyOf(events);
  if (unexplained.length > 0 || facts.admittedAt === null)
    throw new Error('A past stay does not fold as it was written.');
  return {
    encounter: {
      id: encounterId,
      patientId,
      status,
      admittedAt: facts.admittedAt,
      dischargedAt: facts.dischargedAt,
      reason: null,
      spo2Scale: 1,
      pregnant: false,
      nurseId: null,
    },
    events,
    summary: { ...facts, encounterId, visitNumber: visit.visit, place: null },
    places: whereabouts.map(({ place, from, to }) => ({ encounterId, place, startedAt: from, endedAt: to })),
  };
}

interface TimedStep {
  readonly step: FlowStep;
  readonly at: number;
  readonly line: number;
}

function stepsOf({ stays, outcome }: Visit, wardOf: (name: string) => WardId | null): TimedStep[] {
  // Lines of no length say where somebody was not: only when there is nothing else do they count, as the shortest stay.
  const lasting = stays.filter(({ from, to }) => to > from);
  const spans = lasting.length > 0 ? lasting : stays.slice(-1).map((stay) => ({ ...stay, to: stay.from + 1 }));
  const steps: TimedStep[] = [];
  let until: number | undefined;
  for (const { ward, from, to, line } of spans) {
    const place: Place = { ...NOWHERE, wardId: ward === '' ? null : wardOf(ward) };
    if (until === undefined) steps.push({ step: { kind: 'admitted', place, class: 'inpatient' }, at: from, line });
    else {
      if (until < from) steps.push({ step: { kind: 'transferred', place: NOWHERE }, at: until, line });
      steps.push({ step: { kind: 'transferred', place }, at: from, line });
    }
    until = to;
  }
  const line = spans.at(-1)?.line ?? 0;
  return [...steps, { step: { kind: 'discharged', outcome }, at: until ?? 0, line }];
}
