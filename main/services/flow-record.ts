import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { FlowEvent, FlowStep, FlowSummary, SaidBefore } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import type { ActId, EncounterId } from '#domain/ids.ts';
import { found } from './command.ts';
import type { Applied, createApply } from './flow-apply.ts';
import type { FlowEngine, NewStep, Saying } from './flow-engine.ts';
import { type Acting, createGuard, type GuardDeps } from './flow-guard.ts';

type AfterCommit = (tell: () => void) => void;
type Context = Pick<CallContext, 'actor' | 'station'>;
type Deps = GuardDeps & Pick<Store, 'flow' | 'encounters'> & { readonly newId: () => string };
export type FlowRecord = ReturnType<typeof createFlowRecord>;

/** Writes down what is told of encounters, and applies it with a person's rules. */
export function createFlowRecord(deps: Deps, apply: ReturnType<typeof createApply>) {
  const { flow, encounters, newId } = deps;
  const append = (event: Omit<FlowEvent, 'id' | 'voided'>): FlowEvent => {
    const appended = { ...event, id: newId(), voided: null };
    flow.append(appended);
    return appended;
  };
  return {
    append,
    newActId: () => newId() as ActId,
    appendOwn: ({ actor }: Context, actId: ActId, { encounterId, step, happenedAt }: NewStep, now: number) =>
      append({
        actId,
        encounterId,
        step,
        happenedAt,
        recordedAt: recordedAt(flow.listOf(encounterId), step, now),
        source: 'console',
        tieBreak: actId,
        actor: actor.id,
      }),
    /** Answers what was said before. */
    say: (saying: Saying): SaidBefore => say(deps, saying),
    /** Applies a person's change, refusing what the rules forbid; `change` makes it and answers the events it added. */
    applyGuarded(
      { actor }: Context,
      touched: readonly EncounterId[],
      how: Omit<Acting, 'actor' | 'isOwn'>,
      change: () => readonly FlowEvent[],
      afterCommit: AfterCommit,
    ): Applied {
      const own = new Set(change().map(({ id }) => id));
      const guard = createGuard(deps, { actor, isOwn: (eventId) => own.has(eventId), ...how });
      return apply(touched, guard, afterCommit);
    },
    open: (
      { patientId, visitNumber, class: encounterClass, reason, pregnant = false }: Parameters<FlowEngine['open']>[0],
      at: number,
    ): EncounterId => {
      const id = newId() as EncounterId;
      const nothing = { status: 'planned', dischargedAt: null, spo2Scale: 1, nurseId: null } as const;
      encounters.save({ ...nothing, id, patientId, admittedAt: at, reason, pregnant });
      flow.saveSummary({ ...emptySummary(), class: encounterClass, encounterId: id, visitNumber });
      return id;
    },
  };
}

/** Now; a cancellation comes after all else, whatever clock that was written down by. */
function recordedAt(events: readonly FlowEvent[], step: FlowStep, now: number): number {
  if (step.kind !== 'cancelled') return now;
  return Math.max(now, ...events.map((event) => event.recordedAt));
}

function say({ encounters, flow }: Deps, { encounterId, ...saying }: Saying): SaidBefore {
  const encounter = found(encounters.find(encounterId), 'This stay');
  const summary = found(flow.summary(encounterId), 'This stay');
  const before = { reason: encounter.reason, pregnant: encounter.pregnant, visitNumber: summary.visitNumber };
  const { reason = before.reason, pregnant = before.pregnant, visitNumber = before.visitNumber } = saying;
  encounters.save({ ...encounter, reason, pregnant });
  flow.saveSummary({ ...summary, visitNumber });
  return { encounterId, ...before };
}

function emptySummary(): Omit<FlowSummary, 'encounterId' | 'visitNumber'> {
  const { whereabouts: _, unexplained: __, status: ___, ...facts } = journeyOf([]);
  return { ...facts, place: null };
}
