import fc from 'fast-check';
import type { FlowEvent, FlowStep, FlowStepKind, Place } from '#domain/flow/event.ts';
import { NOWHERE } from '#domain/flow/place.ts';
import type { ActId, AreaId, BedId, EncounterId, RoomId, WardId } from '#domain/ids.ts';

let told = 0;

/** A step told by the feed at the minute it happened, unless said otherwise. */
export function makeEvent(step: FlowStep, happenedAt: number, given: Partial<FlowEvent> = {}): FlowEvent {
  told += 1;
  const id = `event-${String(told).padStart(6, '0')}`;
  return {
    id,
    actId: `act-${told}` as ActId,
    encounterId: 'stay-1' as EncounterId,
    step,
    happenedAt,
    recordedAt: happenedAt,
    source: 'feed',
    tieBreak: id,
    actor: 'feed',
    voided: null,
    ...given,
  };
}

export function bedPlace(bed: string): Place {
  return { wardId: 'ward-1' as WardId, roomId: 'room-1' as RoomId, bedId: bed as BedId, areaId: null };
}

export function areaPlace(area: string): Place {
  return { ...NOWHERE, areaId: area as AreaId };
}

export const STEPS = {
  expected: (place: Place | null = null): FlowStep => ({ kind: 'expected', expectedAt: null, place, reason: null }),
  arrived: (place: Place | null = null): FlowStep => ({ kind: 'arrived', place, class: 'emergency' }),
  admitted: (place: Place | null = null): FlowStep => ({ kind: 'admitted', place, class: 'inpatient' }),
  moved: (place: Place): FlowStep => ({ kind: 'transferred', place }),
  left: (): FlowStep => ({ kind: 'discharged', outcome: 'home' }),
  takenBack: (...of: FlowStepKind[]): FlowStep => ({ kind: 'taken-back', of }),
} as const;

const PLACES: fc.Arbitrary<Place> = fc.constantFrom(
  bedPlace('bed-1'),
  bedPlace('bed-2'),
  bedPlace('bed-3'),
  areaPlace('waiting'),
  NOWHERE,
);

/** Any step, in few places and of few kinds, so that they meet. */
export const anyStep: fc.Arbitrary<FlowStep> = fc.oneof(
  fc.option(PLACES).map((place) => STEPS.expected(place)),
  fc.option(PLACES).map((place) => STEPS.arrived(place)),
  fc.option(PLACES).map((place) => STEPS.admitted(place)),
  PLACES.map((place) => STEPS.moved(place)),
  PLACES.map((place) => STEPS.moved(place)),
  fc.constantFrom<FlowStep>(
    { kind: 'triaged', category: 'yellow' },
    { kind: 'triaged', category: 'red' },
    { kind: 'seen' },
    { kind: 'admission-decided', wardId: null },
    { kind: 'leave-started', returnExpectedAt: null },
    { kind: 'leave-ended' },
    { kind: 'departed', place: null },
    { kind: 'returned' },
    { kind: 'transfer-planned', place: null },
    { kind: 'discharge-expected', expectedAt: 50, waitingFor: 'transport' },
    { kind: 'discharge-ordered', expectedAt: null, waitingFor: null },
    { kind: 'medically-ready' },
    { kind: 'discharged', outcome: 'home' },
    { kind: 'discharged', outcome: 'died' },
    { kind: 'cancelled', reason: null },
    { kind: 'taken-back', of: ['admitted'] },
    { kind: 'taken-back', of: ['admitted', 'arrived'] },
    { kind: 'taken-back', of: ['transferred'] },
    { kind: 'taken-back', of: ['discharged'] },
  ),
);

/** Events of one stay at few times, so that equal times happen. */
export const anyEvents: fc.Arbitrary<FlowEvent[]> = fc
  .array(
    fc.record({
      step: anyStep,
      happenedAt: fc.integer({ min: 1, max: 12 }),
      late: fc.integer({ min: 0, max: 4 }),
      voided: fc.integer({ min: 0, max: 9 }).map((n) => (n === 0 ? { at: 99, by: 'nurse', reason: 'mistake' } : null)),
      tieBreak: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 14 },
  )
  .map((drawn) =>
    drawn.map(({ step, happenedAt, late, voided, tieBreak }) =>
      makeEvent(step, happenedAt, { recordedAt: happenedAt + late, voided, tieBreak }),
    ),
  );
