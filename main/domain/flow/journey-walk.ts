import type { FlowEvent, FlowStep, Journey, Place, Unexplained, Whereabouts } from './event.ts';
import type { Effective } from './event-order.ts';
import { NOWHERE, samePlace } from './place.ts';

type Facts = { -readonly [Field in keyof Omit<Journey, 'whereabouts' | 'unexplained'>]: Journey[Field] };

interface Walked {
  readonly journey: Facts;
  readonly whereabouts: readonly Whereabouts[];
  readonly unexplained: readonly { readonly eventId: string; readonly why: Unexplained }[];
}

/** How far a walk along the events has come. */
interface Walk {
  readonly facts: Facts;
  readonly spans: { place: Place; from: number; to: number | null; eventId: string }[];
  readonly discharge: FlowEvent | undefined;
  opened: boolean;
}

/** Goes along the events in the order they had their effect. */
export function walk(effective: readonly Effective[], discharge: FlowEvent | undefined): Walked {
  const going: Walk = { facts: nothingYet(), spans: [], discharge, opened: false };
  const unexplained: { eventId: string; why: Unexplained }[] = [];
  for (const { event, at } of effective) {
    const why = take(going, event, at);
    if (why) unexplained.push({ eventId: event.id, why });
  }
  return { journey: going.facts, whereabouts: going.spans, unexplained };
}

function nothingYet(): Facts {
  return {
    status: 'cancelled',
    class: 'inpatient',
    expectedAt: null,
    arrivedAt: null,
    triage: null,
    seenAt: null,
    admissionDecidedAt: null,
    admittedAt: null,
    dischargeOrderedAt: null,
    expectedDischargeAt: null,
    waitingFor: null,
    medicallyReadyAt: null,
    dischargedAt: null,
    outcome: null,
    away: null,
    transferPlanned: null,
  };
}

/** The effect of one event, or why it has none. */
function take(going: Walk, event: FlowEvent, at: number): Unexplained | undefined {
  const { facts } = going;
  const { step } = event;
  if (step.kind === 'expected') {
    expect(going, step);
    return undefined;
  }
  if (facts.status === 'discharged') return step.kind === 'discharged' ? 'already-left' : 'left-before';
  if (step.kind === 'arrived' || step.kind === 'admitted') {
    open(going, event, step, at);
    return undefined;
  }
  if (step.kind === 'discharge-expected') {
    facts.expectedDischargeAt = step.expectedAt;
    facts.waitingFor = step.waitingFor;
    return undefined;
  }
  if (step.kind === 'transfer-planned') {
    facts.transferPlanned = { place: step.place, at };
    return undefined;
  }
  if (!going.opened) return 'not-here-then';
  return during(going, event, at);
}

function expect({ facts, opened }: Walk, { expectedAt }: Extract<FlowStep, { kind: 'expected' }>): void {
  facts.expectedAt = expectedAt;
  if (opened || facts.status === 'discharged') return;
  facts.status = 'planned';
}

function open(
  going: Walk,
  event: FlowEvent,
  step: Extract<FlowStep, { kind: 'arrived' | 'admitted' }>,
  at: number,
): void {
  const { facts } = going;
  const late = step.kind === 'arrived' && facts.admittedAt !== null;
  if (!late) facts.class = step.class;
  if (step.kind === 'arrived') facts.arrivedAt ??= at;
  else facts.admittedAt ??= at;
  if (!going.opened) {
    going.opened = true;
    facts.status = 'in-progress';
    going.spans.push({ place: step.place ?? NOWHERE, from: at, to: null, eventId: event.id });
  } else if (step.place && !late) {
    place(going, step.place, at, event);
  }
}

/** What happens while somebody is here. */
function during(going: Walk, event: FlowEvent, at: number): Unexplained | undefined {
  const { facts } = going;
  const { step } = event;
  switch (step.kind) {
    case 'triaged':
      facts.triage = { category: step.category, at };
      return undefined;
    case 'seen':
      facts.seenAt ??= at;
      return undefined;
    case 'admission-decided':
      facts.admissionDecidedAt ??= at;
      return undefined;
    case 'transferred':
      place(going, step.place, at, event);
      facts.transferPlanned = null;
      if (facts.away?.kind === 'elsewhere') facts.away = null;
      return undefined;
    case 'discharge-ordered':
      facts.dischargeOrderedAt ??= at;
      facts.expectedDischargeAt = step.expectedAt;
      facts.waitingFor = step.waitingFor;
      return undefined;
    case 'medically-ready':
      facts.medicallyReadyAt ??= at;
      return undefined;
    case 'discharged':
      return leave(going, event, step, at);
    default:
      return goAndCome(facts, step, at);
  }
}

/** Leave of absence and ways elsewhere: the bed stays held. */
function goAndCome(facts: Facts, step: FlowStep, at: number): Unexplained | undefined {
  switch (step.kind) {
    case 'leave-started':
      if (facts.away?.kind !== 'leave') facts.away = { kind: 'leave', since: at, place: null };
      facts.status = 'on-hold';
      return undefined;
    case 'leave-ended':
      if (facts.away?.kind !== 'leave') return 'not-on-leave';
      facts.away = null;
      facts.status = 'in-progress';
      return undefined;
    case 'departed':
      if (facts.away?.kind === 'leave') return undefined;
      facts.away = { kind: 'elsewhere', since: at, place: step.place };
      return undefined;
    case 'returned':
      if (facts.away?.kind !== 'elsewhere') return 'not-on-leave';
      facts.away = null;
      return undefined;
    default:
      return undefined;
  }
}

function leave(
  { facts, spans, discharge }: Walk,
  event: FlowEvent,
  { outcome }: Extract<FlowStep, { kind: 'discharged' }>,
  at: number,
): Unexplained | undefined {
  // Told again for the same moment with another outcome: the first word stands, and nothing needs explaining.
  if (event !== discharge) return at === discharge?.happenedAt ? undefined : 'already-left';
  const last = spans.at(-1);
  // Who came and left in one moment, as clocks of minutes or days tell it, was here for the shortest time there is.
  const left = last && spans.every(({ from }) => from >= at) ? Math.max(at, last.from + 1) : at;
  facts.status = 'discharged';
  facts.dischargedAt = left;
  facts.outcome = outcome;
  facts.away = null;
  facts.transferPlanned = null;
  if (last) last.to = left;
  return undefined;
}

/** From `at` on in another place; in the same one nothing changes. */
function place({ spans }: Walk, to: Place, at: number, event: FlowEvent): void {
  const last = spans.at(-1);
  if (!last || samePlace(last.place, to)) return;
  last.to = at;
  spans.push({ place: to, from: at, to: null, eventId: event.id });
}
