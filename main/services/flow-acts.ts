import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { FlowStep, FlowStepKind } from '#domain/flow/event.ts';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { found, refused } from './command.ts';
import { NOT_OPEN, openThen, stepTime } from './encounters.ts';
import { createArrivals } from './flow-arrivals.ts';
import { createCorrections } from './flow-corrections.ts';
import type { FlowEngine } from './flow-engine.ts';
import { createFlowHistory } from './flow-history.ts';
import { STEP_NAMES } from './flow-ledger.ts';
import { refuseMovedSince } from './flow-moved.ts';
import { refusePlannedSince } from './flow-plans.ts';
import { placeNamed } from './places-of.ts';

export type FlowActsDeps = Pick<
  Store,
  'patients' | 'merges' | 'encounters' | 'assignments' | 'locations' | 'areas' | 'bedStates' | 'flow' | 'users'
> & {
  readonly clock: () => number;
  readonly engine: FlowEngine;
};

type Part = HandlersOf<typeof contract.flow>;
type StepActs = Pick<
  Part,
  | 'triage'
  | 'see'
  | 'decideAdmission'
  | 'swap'
  | 'startLeave'
  | 'depart'
  | 'comeBack'
  | 'planDischarge'
  | 'markReady'
  | 'cancel'
>;

export type FlowActs = StepActs &
  ReturnType<typeof createArrivals> &
  ReturnType<typeof createCorrections> &
  ReturnType<typeof createFlowHistory>;

/** The steps of people's ways through the clinic that are no admission, move or discharge; taking back; what was. */
export function createFlowActs(deps: FlowActsDeps): FlowActs {
  return { ...createStepActs(deps), ...createArrivals(deps), ...createCorrections(deps), ...createFlowHistory(deps) };
}

const COMING: readonly FlowStepKind[] = ['leave-ended', 'returned'];

type Input = { readonly encounterId: EncounterId; readonly at?: number };

function createStepActs(deps: FlowActsDeps): StepActs {
  const { engine, flow } = deps;
  /** One step of somebody who is here. `began`: what it follows on at the earliest. */
  const step = (
    { encounterId, at }: Input,
    context: CallContext,
    make: () => FlowStep,
    began: readonly (number | null | undefined)[] = [],
  ) =>
    context.commit((afterCommit) => {
      const encounter = found(deps.encounters.find(encounterId), 'This stay');
      if (!openThen(encounter, at)) throw refused('not-in-progress', NOT_OPEN);
      const made = make();
      const now = deps.clock();
      const after = began.filter((moment) => moment !== null && moment !== undefined);
      const happenedAt = stepTime(at, now, after, [encounter.admittedAt]);
      const steps = [{ encounterId, step: made, happenedAt }];
      const actId = engine.act(context, { name: STEP_NAMES[made.kind], steps, now }, afterCommit);
      return { actId, encounterId };
    });
  /** When the patient last came back: going again follows on that. */
  const cameBack = (encounterId: EncounterId) => {
    const back = engine.events(encounterId).filter(({ voided, step }) => !voided && COMING.includes(step.kind));
    return back.map(({ happenedAt }) => happenedAt);
  };
  const away = (encounterId: EncounterId) => flow.summary(encounterId)?.away ?? null;
  const notAway = (encounterId: EncounterId) => {
    if (away(encounterId)) throw refused('already-away', 'This patient is away already. Nothing was changed.');
  };
  return {
    triage: (input, context) => step(input, context, () => ({ kind: 'triaged', category: input.category })),
    see: (input, context) =>
      step(input, context, () => {
        if ((flow.summary(input.encounterId)?.seenAt ?? null) !== null)
          throw refused('already-seen', 'This patient was seen already. Nothing was changed.');
        return { kind: 'seen' };
      }),
    decideAdmission: (input, context) =>
      step(input, context, () => ({
        kind: 'admission-decided',
        wardId: placeNamed(deps, { wardId: input.wardId })?.wardId ?? null,
      })),
    swap: (input, context) => context.commit((afterCommit) => swapBeds(deps, input, context, afterCommit)),
    startLeave: (input, context) => {
      const make = (): FlowStep => {
        notAway(input.encounterId);
        return { kind: 'leave-started', returnExpectedAt: input.returnExpectedAt ?? null };
      };
      return step(input, context, make, cameBack(input.encounterId));
    },
    depart: (input, context) => {
      const make = (): FlowStep => {
        notAway(input.encounterId);
        return { kind: 'departed', place: placeNamed(deps, { areaId: input.areaId }) };
      };
      return step(input, context, make, cameBack(input.encounterId));
    },
    comeBack: (input, context) =>
      step(
        input,
        context,
        () => {
          const gone = away(input.encounterId);
          if (!gone) throw refused('not-away', 'This patient is not away. Nothing was changed.');
          return { kind: gone.kind === 'leave' ? 'leave-ended' : 'returned' };
        },
        [away(input.encounterId)?.since],
      ),
    planDischarge: (input, context) =>
      step(input, context, () => {
        refusePlannedSince(deps, input.encounterId, input.seen);
        return {
          kind: input.ordered ? 'discharge-ordered' : 'discharge-expected',
          expectedAt: input.expectedAt,
          waitingFor: input.waitingFor || null,
        };
      }),
    markReady: (input, context) => step(input, context, () => ({ kind: 'medically-ready' })),
    cancel: (input, context) => context.commit((afterCommit) => cancel(deps, input, context, afterCommit)),
  };
}

type AfterCommit = (tell: () => void) => void;

/** Two patients change beds at one moment: neither bed was empty, so neither is dirty. */
function swapBeds(
  deps: FlowActsDeps,
  input: {
    encounterId: EncounterId;
    withEncounterId: EncounterId;
    seenBedId?: BedId | null;
    withSeenBedId?: BedId | null;
    at?: number;
    overrideReason?: string;
  },
  context: CallContext,
  afterCommit: AfterCommit,
) {
  const { encounters, assignments, locations, areas, clock, engine } = deps;
  refuseMovedSince(deps, input.encounterId, input.seenBedId);
  refuseMovedSince(deps, input.withEncounterId, input.withSeenBedId);
  const now = clock();
  const [one, other] = [input.encounterId, input.withEncounterId].map((encounterId) => {
    const encounter = found(encounters.find(encounterId), 'This stay');
    if (!ongoing(encounter)) throw refused('not-in-progress', NOT_OPEN);
    const held = assignments.current({ encounterId });
    if (!held) throw refused('not-in-a-bed', 'Only two patients in beds can change places. Nothing was changed.');
    return held;
  });
  if (!one || !other || one.bedId === other.bedId)
    throw refused('not-in-a-bed', 'Only patients in two beds can change places. Nothing was changed.');
  const happenedAt = stepTime(input.at, now, [one.startedAt, other.startedAt]);
  if (happenedAt <= Math.max(one.startedAt, other.startedAt))
    throw refused('not-in-a-bed', 'They were not both in these beds then. Nothing was changed.');
  const into = (encounterId: EncounterId, { bedId }: typeof one) => {
    const place = found(placeNamed({ locations, areas }, { bedId }) ?? undefined, 'This bed');
    return { encounterId, step: { kind: 'transferred', place } as const, happenedAt };
  };
  const steps = [into(one.encounterId, other), into(other.encounterId, one)];
  const { overrideReason } = input;
  const actId = engine.act(context, { name: 'encounter.swapped', steps, overrideReason, now }, afterCommit);
  return { actId, encounterId: input.encounterId };
}

function cancel(
  { encounters, clock, engine }: FlowActsDeps,
  { encounterId, reason }: { encounterId: EncounterId; reason: string },
  context: CallContext,
  afterCommit: AfterCommit,
) {
  const encounter = found(encounters.find(encounterId), 'This stay');
  if (encounter.status === 'cancelled') throw refused('not-in-progress', NOT_OPEN);
  const now = clock();
  const steps = [{ encounterId, step: { kind: 'cancelled', reason } as const, happenedAt: now }];
  const actId = engine.act(context, { name: STEP_NAMES.cancelled, steps, now }, afterCommit);
  return { actId, encounterId };
}
