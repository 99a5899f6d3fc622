import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type {
  EncounterClass,
  FlowEvent,
  FlowSource,
  FlowStep,
  FlowStepKind,
  FlowSummary,
  Journey,
  RefusedClaim,
  SaidBefore,
} from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import type { ActId, EncounterId, PatientId } from '#domain/ids.ts';
import { found, refused } from './command.ts';
import { type Applied, type ApplyDeps, createApply } from './flow-apply.ts';
import { type Acting, createGuard, type GuardDeps } from './flow-guard.ts';
import { createFlowLedger } from './flow-ledger.ts';
import { LATER_STEPS } from './flow-words.ts';

type AfterCommit = (tell: () => void) => void;

export interface NewStep {
  readonly encounterId: EncounterId;
  readonly step: FlowStep;
  readonly happenedAt: number;
}

/** A step another system told, in its own times. */
export interface ToldStep extends NewStep {
  readonly recordedAt: number;
  readonly source: Exclude<FlowSource, 'console'>;
  /** Control id or line: orders equal times the same way for every order of arrival. */
  readonly tieBreak: string;
}

/** What an act says anew; undefined: as it is. */
export type Saying = Pick<SaidBefore, 'encounterId'> & {
  readonly [Fact in keyof SaidBefore]?: SaidBefore[Fact] | undefined;
};

/**
 * The one way an encounter changes: events are added or voided, the journey is folded anew, and encounter, places, bed
 * assignments, cleanings and device ties follow from it in the same transaction. Call only inside a transaction.
 */
export interface FlowEngine {
  /** A new encounter without any event yet. */
  open(
    opening: {
      readonly patientId: PatientId;
      readonly visitNumber: string | null;
      readonly class: EncounterClass;
      readonly reason: string | null;
      readonly pregnant?: boolean;
    },
    at: number,
  ): EncounterId;
  /**
   * Steps of a person, all or none, as one act with its ledger entry. Throws `refused` with the rule's words: what a
   * fold cannot explain, a bed held by another (who), what stands against the bed (not with an `overrideReason`).
   */
  act(
    context: Pick<CallContext, 'actor' | 'station'>,
    act: {
      readonly name: string;
      readonly steps: readonly NewStep[];
      readonly overrideReason?: string | undefined;
      /** What the act says anew of an encounter besides its steps; taken back with them. */
      readonly saying?: Saying;
      readonly now: number;
    },
    afterCommit: AfterCommit,
  ): ActId;
  /** Takes back an act, all of it. Throws `refused`: later-steps, bed-occupied, cleaning-started, already-undone. */
  takeBack(
    context: Pick<CallContext, 'actor' | 'station'>,
    back: { readonly actId: ActId; readonly reason: string; readonly now: number },
    afterCommit: AfterCommit,
  ): void;
  /**
   * An event did not happen (`instead` null) or happened otherwise. Throws `refused`: not-correctable, and as an act does;
   * what only a reason gets over does not stand against it.
   */
  correct(
    context: Pick<CallContext, 'actor' | 'station'>,
    correction: {
      readonly eventId: string;
      readonly reason: string;
      readonly instead: Pick<NewStep, 'step' | 'happenedAt'> | null;
      readonly now: number;
    },
    afterCommit: AfterCommit,
  ): ActId;
  /** Steps told by another system: never refused; what cannot be applied stays unexplained or becomes a refused claim. */
  take(steps: readonly ToldStep[], now: number, afterCommit: AfterCommit): void;
  /** Folds again from the events; for callers that changed whose an encounter is. */
  refold(encounterIds: readonly EncounterId[], now: number, afterCommit: AfterCommit): void;
  journey(encounterId: EncounterId): Journey;
  events(encounterId: EncounterId): readonly FlowEvent[];
  /** Bed spans told but held by another. */
  claims(encounterId: EncounterId): readonly RefusedClaim[];
}

export type FlowEngineDeps = ApplyDeps & GuardDeps & Pick<Store, 'ledger'>;

type Context = Pick<CallContext, 'actor' | 'station'>;

/** Steps that say where a patient is: who takes one back must look at what came after. */
const PLACING: readonly FlowStepKind[] = [
  'arrived',
  'admitted',
  'transferred',
  'departed',
  'returned',
  'leave-started',
  'leave-ended',
  'discharged',
  'cancelled',
];

const placesSomebody = ({ step }: FlowEvent) => PLACING.includes(step.kind);

export function createFlowEngine(deps: FlowEngineDeps): FlowEngine {
  const { flow, encounters, newId } = deps;
  const apply = createApply(deps);
  const ledger = createFlowLedger(deps);

  /** Answers what was said before. */
  const say = ({ encounterId, ...saying }: Saying): SaidBefore => {
    const encounter = found(encounters.find(encounterId), 'This stay');
    const summary = found(flow.summary(encounterId), 'This stay');
    const { reason = encounter.reason, pregnant = encounter.pregnant, visitNumber = summary.visitNumber } = saying;
    encounters.save({ ...encounter, reason, pregnant });
    flow.saveSummary({ ...summary, visitNumber });
    return {
      encounterId,
      reason: encounter.reason,
      pregnant: encounter.pregnant,
      visitNumber: summary.visitNumber,
    };
  };

  const append = (event: Omit<FlowEvent, 'id' | 'voided'>): FlowEvent => {
    const appended = { ...event, id: newId(), voided: null };
    flow.append(appended);
    return appended;
  };

  const appendOwn = ({ actor }: Context, actId: ActId, { encounterId, step, happenedAt }: NewStep, now: number) =>
    append({
      actId,
      encounterId,
      step,
      happenedAt,
      recordedAt: recordedAt(flow.listOf(encounterId), step, now),
      source: 'console',
      tieBreak: actId,
      actor: actor.id,
    });

  /** Applies a person's change, refusing what the rules forbid; `change` makes it and answers the events it added. */
  const applyGuarded = (
    { actor }: Context,
    touched: readonly EncounterId[],
    how: Pick<Acting, 'overridden' | 'puttingBack' | 'now' | 'stays' | 'mayPuzzle'>,
    change: () => readonly FlowEvent[],
    afterCommit: AfterCommit,
  ): Applied => {
    const own = new Set(change().map(({ id }) => id));
    const guard = createGuard(deps, { actor, isOwn: (eventId) => own.has(eventId), ...how });
    return apply(touched, guard, afterCommit);
  };

  /** What an act of now may meet: whoever is in a bed stays, and what puzzled before may puzzle still. */
  const asNow = (touched: readonly EncounterId[]) => {
    const puzzling = touched.flatMap((encounterId) => journeyOf(flow.listOf(encounterId)).unexplained);
    const before = new Set(puzzling.map(({ eventId }) => eventId));
    return { puttingBack: false, stays: () => true, mayPuzzle: (eventId: string) => before.has(eventId) };
  };

  const act: FlowEngine['act'] = (context, { name, steps, overrideReason, saying, now }, afterCommit) => {
    const actId = newId() as ActId;
    const touched = [...new Set(steps.map(({ encounterId }) => encounterId))];
    const seen = ledger.before(touched);
    if (saying) flow.keepSaidBefore(actId, say(saying));
    const how = { ...asNow(touched), overridden: overrideReason !== undefined, now };
    const change = () => steps.map((step) => appendOwn(context, actId, step, now));
    const applied = applyGuarded(context, touched, how, change, afterCommit);
    const extra = { actId, ...(overrideReason === undefined ? {} : { overrideReason }) };
    for (const encounterId of touched) ledger.append(context, { name, encounterId, steps, extra, now }, seen, applied);
    return actId;
  };

  const takeBack: FlowEngine['takeBack'] = (context, { actId, reason, now }, afterCommit) => {
    const told = flow.listAct(actId);
    const voided = flow.listVoidedBy(actId);
    if (told.length + voided.length === 0) found(undefined, 'This act');
    const undoId = `undo-${actId}` as ActId;
    const live = told.filter((event) => event.voided === null);
    const again = flow.listAct(undoId).length > 0;
    if (again || (told.length > 0 && live.length === 0))
      throw refused('already-undone', 'This was taken back already. Nothing was changed.');
    const touched = [...new Set([...told, ...voided].map(({ encounterId }) => encounterId))];
    const placing = [...told, ...voided].some(placesSomebody);
    const later = touched.flatMap((encounterId) => flow.listAfter(actId, encounterId));
    if (live.length < told.length || (placing && later.some(placesSomebody))) throw refused('later-steps', LATER_STEPS);
    const seen = ledger.before(touched);
    const stays = (encounterId: EncounterId) => flow.listAfter(actId, encounterId).some(placesSomebody);
    // What was told since must still make sense; what puzzled before the act may puzzle again.
    const since = new Set(later.map(({ id }) => id));
    const mayPuzzle = (eventId: string) => !since.has(eventId);
    const how = { overridden: true, puttingBack: true, stays, mayPuzzle, now };
    const change = () => {
      const said = flow.saidBefore(actId);
      if (said) say(said);
      for (const { id } of live) flow.void(id, { at: now, by: context.actor.id, reason });
      return voided.map(({ id, voided: _, ...event }) => {
        const again = append({ ...event, actId: undoId });
        const met = flow.metBy(id);
        if (met) flow.keepMet(again.id, met);
        return again;
      });
    };
    const applied = applyGuarded(context, touched, how, change, afterCommit);
    const extra = { actId, reason };
    for (const encounterId of touched)
      ledger.append(context, { name: 'encounter.undone', encounterId, steps: [], extra, now }, seen, applied);
  };

  const correct: FlowEngine['correct'] = (context, { eventId, reason, instead, now }, afterCommit) => {
    const event = found(flow.find(eventId), 'This step');
    const { encounterId } = event;
    if (event.voided) throw refused('not-correctable', 'This step was taken back already. Nothing was changed.');
    const actId = newId() as ActId;
    const touched = [encounterId];
    const seen = ledger.before(touched);
    const steps = instead ? [{ encounterId, ...instead }] : [];
    const how = { ...asNow(touched), overridden: true, now };
    const change = () => {
      flow.void(eventId, { at: now, by: context.actor.id, reason }, actId);
      return steps.map((step) => appendOwn(context, actId, step, now));
    };
    const applied = applyGuarded(context, touched, how, change, afterCommit);
    const extra = { actId, reason, eventId, was: { at: event.happenedAt, ...event.step } };
    ledger.append(context, { name: 'encounter.corrected', encounterId, steps, extra, now }, seen, applied);
    return actId;
  };

  const take: FlowEngine['take'] = (steps, now, afterCommit) => {
    if (steps.length === 0) return;
    const actId = newId() as ActId;
    const touched = [...new Set(steps.map(({ encounterId }) => encounterId))];
    const seen = ledger.before(touched);
    for (const { source, ...step } of steps) append({ ...step, actId, source, actor: source });
    const applied = apply(touched, null, afterCommit);
    ledger.told(steps, actId, now, seen, applied);
  };

  return {
    open: openEncounter,
    act,
    takeBack,
    correct,
    take,
    refold: (encounterIds, _now, afterCommit) => {
      if (encounterIds.length > 0) apply(encounterIds, null, afterCommit);
    },
    journey: (encounterId) => journeyWithClaims(flow, encounterId),
    events: (encounterId) => flow.listOf(encounterId),
    claims: (encounterId) => flow.listClaims({ encounterId }),
  };

  /** Now; a cancellation comes after all else, whatever clock that was written down by. */
  function recordedAt(events: readonly FlowEvent[], step: FlowStep, now: number): number {
    if (step.kind !== 'cancelled') return now;
    return Math.max(now, ...events.map((event) => event.recordedAt));
  }

  function openEncounter(
    { patientId, visitNumber, class: encounterClass, reason, pregnant = false }: Parameters<FlowEngine['open']>[0],
    at: number,
  ): EncounterId {
    const id = newId() as EncounterId;
    encounters.save({
      id,
      patientId,
      status: 'planned',
      admittedAt: at,
      dischargedAt: null,
      reason,
      spo2Scale: 1,
      pregnant,
      nurseId: null,
    });
    flow.saveSummary(emptySummary(id, visitNumber, encounterClass));
    return id;
  }
}

/** The fold, and the bed spans it wants that somebody else holds. */
function journeyWithClaims(flow: Store['flow'], encounterId: EncounterId): Journey {
  const journey = journeyOf(flow.listOf(encounterId));
  const claims = flow.listClaims({ encounterId });
  if (claims.length === 0) return journey;
  const held = claims.map(({ eventId }) => ({ eventId, why: 'bed-held-by-another' as const }));
  return { ...journey, unexplained: [...journey.unexplained, ...held] };
}

function emptySummary(
  encounterId: EncounterId,
  visitNumber: string | null,
  encounterClass: EncounterClass,
): FlowSummary {
  const { whereabouts: _, unexplained: __, status: ___, ...facts } = journeyOf([]);
  return { ...facts, class: encounterClass, encounterId, visitNumber, place: null };
}
