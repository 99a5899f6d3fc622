import type { Again, FlowEvent, FlowStep, FlowStepKind, Unexplained } from './event.ts';
import { byRecording, countsBefore, factOf } from './event-order.ts';
import { samePlace } from './place.ts';

/** Events still in force, in the order they were recorded, and cancels that found nothing to take back. */
export interface Standing {
  readonly events: readonly FlowEvent[];
  /** Leavings that were taken back. */
  readonly again: readonly Again[];
  readonly unexplained: readonly { readonly eventId: string; readonly why: Unexplained }[];
}

const OPENINGS: readonly FlowStepKind[] = ['arrived', 'admitted'];
/** What can only be while somebody is here. */
const DURING: readonly FlowStepKind[] = [
  'triaged',
  'seen',
  'admission-decided',
  'transferred',
  'departed',
  'returned',
  'leave-started',
  'leave-ended',
  'transfer-planned',
  'discharge-expected',
  'discharge-ordered',
  'medically-ready',
  'discharged',
];

/** By these somebody goes from where they were. */
const LEAVINGS: readonly FlowStepKind[] = ['transferred', 'discharged'];

type TakingBack = Extract<FlowStep, { kind: 'taken-back' }>;
type Cancel = FlowEvent & { readonly step: TakingBack };

/**
 * Takes back what cancels name, in the order things were recorded; what was recorded later counts again. A cancel of the
 * same two times told again is the same cancel.
 */
export function takeBack(events: readonly FlowEvent[]): Standing {
  const unexplained: { eventId: string; why: Unexplained }[] = [];
  const again: Again[] = [];
  let standing: FlowEvent[] = [];
  const told = new Set<string>();
  const sorted = [...events].sort(byRecording);
  for (let at = 0; at < sorted.length; ) {
    const event = sorted[at] as FlowEvent;
    const cancels = cancelsAt(sorted, at);
    at += Math.max(cancels.length, 1);
    if (event.step.kind === 'cancelled') standing = [];
    else if (cancels.length === 0) standing.push(event);
    else {
      const fresh = cancels.filter((cancel) => {
        const fact = `${cancel.recordedAt} ${factOf(cancel)}`;
        return told.has(fact) ? false : told.add(fact) !== undefined;
      });
      const taken = takeAll(standing, fresh);
      standing = taken.standing;
      again.push(...taken.again);
      for (const { id } of taken.vain) unexplained.push({ eventId: id, why: 'nothing-to-take-back' });
    }
  }
  return { events: standing, again, unexplained };
}

/** Cancels of one recorded moment. */
function cancelsAt(sorted: readonly FlowEvent[], from: number): Cancel[] {
  const cancels: Cancel[] = [];
  for (let at = from; at < sorted.length; at += 1) {
    const event = sorted[at];
    if (event?.step.kind !== 'taken-back' || event.recordedAt !== sorted[from]?.recordedAt) break;
    cancels.push(event as Cancel);
  }
  return cancels;
}

/** One after the other, as long as one of them finds what it names: of one moment, the latest move goes first. */
function takeAll(events: readonly FlowEvent[], cancels: readonly Cancel[]) {
  let standing = [...events];
  let left = [...cancels];
  const again: Again[] = [];
  for (;;) {
    const next = left.find((cancel) => targetOf(standing, cancel) !== undefined);
    const target = next && targetOf(standing, next);
    if (!next || !target) return { standing, again, vain: left };
    const before = standing;
    standing = without(standing, target, next);
    if (LEAVINGS.includes(target.step.kind)) {
      const gone = before.filter((event) => event.step.kind === target.step.kind && !standing.includes(event));
      const from = Math.min(...gone.map(({ happenedAt }) => happenedAt));
      again.push({ from, toldAt: next.recordedAt, eventId: next.id });
    }
    left = left.filter((cancel) => cancel !== next);
  }
}

/**
 * What a cancel means: the step it names that was told or happened last, by control ids that count up before what came
 * after it in the same moment. One of a move that says from where to where it was means that move or none.
 */
function targetOf(standing: readonly FlowEvent[], cancel: Cancel): FlowEvent | undefined {
  const { of, told } = cancel.step;
  const named = standing.filter(({ step }) => of.includes(step.kind));
  const before = named.filter((event) => !countsBefore(cancel, event));
  const pool = before.length > 0 ? before : named;
  if (told) return moveMeant(pool, told, isMeant) ?? moveMeant(named, told, isMeant) ?? moveMeant(pool, told, isBack);
  return pool.findLast(({ happenedAt }) => happenedAt === cancel.happenedAt) ?? pool.at(-1);
}

type Way = NonNullable<TakingBack['told']>;

/** Of the moves that were told or happened last. */
function moveMeant(moves: readonly FlowEvent[], way: Way, fits: (step: FlowStep, way: Way) => boolean) {
  const latest = Math.max(...moves.map(({ happenedAt }) => happenedAt));
  const last = moves.filter((event) => event.recordedAt === moves.at(-1)?.recordedAt || event.happenedAt === latest);
  return last.findLast(({ step }) => fits(step, way));
}

/** Senders name the place the move had led to, or both places as the move itself did. */
function isMeant(step: FlowStep, { from, to }: Way): boolean {
  // A move that does not say where it came from can only be the one meant.
  if (step.kind !== 'transferred' || !step.told) return true;
  return from === step.told.to || (to === step.told.to && from === step.told.from);
}

/** They name at least the place the patient is back in. */
function isBack(step: FlowStep, { to }: Way): boolean {
  return step.kind === 'transferred' && step.told?.from === to;
}

/** What was told more than once goes with it; with the last opening of a stay goes what happened in it. */
function without(standing: readonly FlowEvent[], target: FlowEvent, cancel: FlowEvent): FlowEvent[] {
  const again = new Set(
    toldAgain(standing, target).filter((event) => event === target || !countsBefore(cancel, event)),
  );
  const left = standing.filter((event) => !again.has(event));
  const opening = OPENINGS.includes(target.step.kind);
  if (!opening || left.some(({ step }) => step.kind === target.step.kind)) return left;
  const openElse = left.some(({ step }) => OPENINGS.includes(step.kind));
  return left.filter(
    ({ step, happenedAt }) => !DURING.includes(step.kind) || (openElse && happenedAt < target.happenedAt),
  );
}

/** The step itself and the same told again: a leaving at any time, a coming to the same place with nothing between. */
function toldAgain(standing: readonly FlowEvent[], target: FlowEvent): FlowEvent[] {
  const { kind } = target.step;
  if (kind === 'discharged') return standing.filter(({ step }) => step.kind === kind);
  if (!('place' in target.step) || !COMINGS.includes(kind)) {
    const fact = factOf(target);
    return standing.filter((event) => factOf(event) === fact);
  }
  const comings = standing
    .filter(({ step }) => COMINGS.includes(step.kind))
    .sort((one, other) => one.happenedAt - other.happenedAt || byRecording(one, other));
  const same = (event: FlowEvent | undefined) =>
    event?.step.kind === kind && 'place' in event.step && samePlace(event.step.place, placeOf(target));
  let [first, last] = [comings.indexOf(target), comings.indexOf(target)];
  while (same(comings[first - 1])) first -= 1;
  while (same(comings[last + 1])) last += 1;
  return comings.slice(first, last + 1);
}

const COMINGS: readonly FlowStepKind[] = [...OPENINGS, 'transferred'];

function placeOf({ step }: FlowEvent) {
  return 'place' in step ? step.place : null;
}
