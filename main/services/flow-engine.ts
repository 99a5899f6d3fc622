import type { CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type {
  EncounterClass,
  FlowEvent,
  FlowSource,
  FlowStep,
  Journey,
  RefusedClaim,
  SaidBefore,
} from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import type { ActId, EncounterId, PatientId } from '#domain/ids.ts';
import { found, refused } from './command.ts';
import { type ApplyDeps, createApply } from './flow-apply.ts';
import type { GuardDeps } from './flow-guard.ts';
import { createFlowLedger } from './flow-ledger.ts';
import { createFlowRecord } from './flow-record.ts';
import { createTakeBack } from './flow-take-back.ts';

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

export function createFlowEngine(deps: FlowEngineDeps): FlowEngine {
  const { flow } = deps;
  const apply = createApply(deps);
  const entries = createFlowLedger(deps);
  const record = createFlowRecord(deps, apply);
  const parts = { ...deps, entries, record };
  return {
    open: record.open,
    act: (context, act, afterCommit) => doAct(parts, context, act, afterCommit),
    takeBack: createTakeBack(parts),
    correct: (context, correction, afterCommit) => doCorrect(parts, context, correction, afterCommit),
    take(steps, now, afterCommit) {
      if (steps.length === 0) return;
      const actId = record.newActId();
      const touched = touchedBy(steps);
      const seen = entries.before(touched);
      for (const { source, ...step } of steps) record.append({ ...step, actId, source, actor: source });
      entries.told(steps, actId, now, seen, apply(touched, null, afterCommit));
    },
    refold(encounterIds, _now, afterCommit) {
      if (encounterIds.length > 0) apply(encounterIds, null, afterCommit);
    },
    journey: (encounterId) => journeyWithClaims(flow, encounterId),
    events: (encounterId) => flow.listOf(encounterId),
    claims: (encounterId) => flow.listClaims({ encounterId }),
  };
}

type Parts = FlowEngineDeps & {
  readonly entries: ReturnType<typeof createFlowLedger>;
  readonly record: ReturnType<typeof createFlowRecord>;
};

function touchedBy(steps: readonly NewStep[]): EncounterId[] {
  return [...new Set(steps.map(({ encounterId }) => encounterId))];
}

/** What an act of now may meet: whoever is in a bed stays, and what puzzled before may puzzle still. */
function asNow({ flow }: Parts, touched: readonly EncounterId[]) {
  const puzzling = touched.flatMap((encounterId) => journeyOf(flow.listOf(encounterId)).unexplained);
  const before = new Set(puzzling.map(({ eventId }) => eventId));
  return { puttingBack: false, stays: () => true, mayPuzzle: (eventId: string) => before.has(eventId) };
}

function doAct(
  parts: Parts,
  context: Parameters<FlowEngine['act']>[0],
  { name, steps, overrideReason, saying, now }: Parameters<FlowEngine['act']>[1],
  afterCommit: AfterCommit,
): ActId {
  const { flow, entries, record } = parts;
  const actId = record.newActId();
  const touched = touchedBy(steps);
  const seen = entries.before(touched);
  if (saying) flow.keepSaidBefore(actId, record.say(saying));
  const how = { ...asNow(parts, touched), overridden: overrideReason !== undefined, now };
  const change = () => steps.map((step) => record.appendOwn(context, actId, step, now));
  const applied = record.applyGuarded(context, touched, how, change, afterCommit);
  const extra = { actId, ...(overrideReason === undefined ? {} : { overrideReason }) };
  entries.append(context, { name, steps, extra, now }, seen, applied);
  return actId;
}

function doCorrect(
  parts: Parts,
  context: Parameters<FlowEngine['correct']>[0],
  { eventId, reason, instead, now }: Parameters<FlowEngine['correct']>[1],
  afterCommit: AfterCommit,
): ActId {
  const { flow, entries, record } = parts;
  const event = found(flow.find(eventId), 'This step');
  const { encounterId } = event;
  if (event.voided) throw refused('not-correctable', 'This step was taken back already. Nothing was changed.');
  const actId = record.newActId();
  const touched = [encounterId];
  const seen = entries.before(touched);
  const steps = instead ? [{ encounterId, ...instead }] : [];
  const how = { ...asNow(parts, touched), overridden: true, now };
  const change = () => {
    flow.void(eventId, { at: now, by: context.actor.id, reason }, actId);
    return steps.map((step) => record.appendOwn(context, actId, step, now));
  };
  const applied = record.applyGuarded(context, touched, how, change, afterCommit);
  const extra = { actId, reason, eventId, was: { at: event.happenedAt, ...event.step } };
  entries.append(context, { name: 'encounter.corrected', steps, extra, now }, seen, applied);
  return actId;
}

/** The fold, and the bed spans it wants that somebody else holds. */
function journeyWithClaims(flow: Store['flow'], encounterId: EncounterId): Journey {
  const journey = journeyOf(flow.listOf(encounterId));
  const claims = flow.listClaims({ encounterId });
  if (claims.length === 0) return journey;
  const held = claims.map(({ eventId }) => ({ eventId, why: 'bed-held-by-another' as const }));
  return { ...journey, unexplained: [...journey.unexplained, ...held] };
}
