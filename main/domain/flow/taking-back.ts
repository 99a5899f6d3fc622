import type { FlowEvent, FlowStepKind, Unexplained } from './event.ts';
import { byRecording, factOf } from './event-order.ts';

/** Events still in force, in the order they were recorded, and cancels that found nothing to take back. */
export interface Standing {
  readonly events: readonly FlowEvent[];
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

/**
 * Takes back what cancels name, in the order things were recorded; what was recorded later counts again. A cancel of the
 * same two times told again is the same cancel.
 */
export function takeBack(events: readonly FlowEvent[]): Standing {
  const unexplained: { eventId: string; why: Unexplained }[] = [];
  let standing: FlowEvent[] = [];
  const cancels = new Set<string>();
  for (const event of [...events].sort(byRecording)) {
    const { step } = event;
    if (step.kind === 'cancelled') standing = [];
    else if (step.kind !== 'taken-back') standing.push(event);
    else if (!cancels.has(`${event.recordedAt} ${factOf(event)}`)) {
      cancels.add(`${event.recordedAt} ${factOf(event)}`);
      const target = targetOf(standing, step.of, event.happenedAt);
      if (target) standing = without(standing, target);
      else unexplained.push({ eventId: event.id, why: 'nothing-to-take-back' });
    }
  }
  return { events: standing, unexplained };
}

function targetOf(standing: readonly FlowEvent[], of: readonly FlowStepKind[], at: number): FlowEvent | undefined {
  const named = standing.filter(({ step }) => of.includes(step.kind));
  return named.findLast(({ happenedAt }) => happenedAt === at) ?? named.at(-1);
}

/** The same fact told twice goes once; with the last opening of a stay goes what happened in it. */
function without(standing: readonly FlowEvent[], target: FlowEvent): FlowEvent[] {
  const fact = plainFact(target);
  const left = standing.filter((event) => plainFact(event) !== fact);
  const opening = OPENINGS.includes(target.step.kind);
  if (!opening || left.some(({ step }) => step.kind === target.step.kind)) return left;
  const openElse = left.some(({ step }) => OPENINGS.includes(step.kind));
  return left.filter(
    ({ step, happenedAt }) => !DURING.includes(step.kind) || (openElse && happenedAt < target.happenedAt),
  );
}

/** A move told with and without the place before is one fact. */
function plainFact(event: FlowEvent): string {
  const { step } = event;
  return factOf(step.kind === 'transferred' ? { ...event, step: { kind: step.kind, place: step.place } } : event);
}
