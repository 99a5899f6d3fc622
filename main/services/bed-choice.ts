import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { overridable, type Taker, whyNot } from '#domain/flow/assignability.ts';
import { type BedWish, compareStanding, meritsOf, standing } from '#domain/flow/bed-ranking.ts';
import type { BedNeeds, IsolationKind } from '#domain/flow/bed-state.ts';
import { current } from '#domain/flow/holds.ts';
import { type NewsNow, needsMonitor } from '#domain/flow/monitored-bed.ts';
import type { EncounterId, PatientId, WardId } from '#domain/ids.ts';
import { type BedFactsDeps, houseFacts, takerOf } from './bed-facts.ts';
import { askForBed, cancel, decide, reopen } from './bed-requests.ts';
import { release, reserve } from './bed-reservations.ts';
import { type BedWording, whyNotWords } from './bed-words.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { nameOf } from './task-rows.ts';

export type BedChoiceDeps = BedFactsDeps &
  Pick<Store, 'ledger' | 'users'> & {
    readonly clock: () => number;
    readonly newId: () => string;
    readonly changed: ClinicChanges;
    /** A patient's NEWS2 now; null when nothing is known of it. */
    newsOf(encounterId: EncounterId): NewsNow | null;
  };

type Flow = HandlersOf<typeof contract.flow>;
type AfterCommit = (tell: () => void) => void;

/** Beds for patients: which may be had, which are kept and asked for, and who is isolated. */
export function createBedChoice(
  deps: BedChoiceDeps,
): Pick<
  Flow,
  | 'bedsFor'
  | 'reserve'
  | 'release'
  | 'requestBed'
  | 'decideRequest'
  | 'cancelRequest'
  | 'reopenRequest'
  | 'setIsolation'
> {
  const holding = {
    ...deps,
    wordingFor: (context: Pick<CallContext, 'actor'>, now: number) => wordingFor(deps, context, now),
  };
  return {
    bedsFor: (asked, context) => bedsFor(deps, asked, context),
    reserve: (input, context) => context.commit((afterCommit) => reserve(holding, input, context, afterCommit)),
    release: (input, context) => context.commit((afterCommit) => release(holding, input, context, afterCommit)),
    requestBed: (input, context) => context.commit((afterCommit) => askForBed(deps, input, context, afterCommit)),
    decideRequest: (input, context) => context.commit((afterCommit) => decide(deps, input, context, afterCommit)),
    cancelRequest: (input, context) => context.commit((afterCommit) => cancel(deps, input, context, afterCommit)),
    reopenRequest: (input, context) => context.commit((afterCommit) => reopen(deps, input, context, afterCommit)),
    setIsolation: (input, context) => context.commit((afterCommit) => isolate(deps, input, context, afterCommit)),
  };
}

interface Asked {
  readonly encounterId?: EncounterId | undefined;
  readonly patientId?: PatientId | undefined;
  readonly wardId?: WardId | undefined;
  readonly needs?: BedNeeds | undefined;
}

function bedsFor(deps: BedChoiceDeps, asked: Asked, { actor }: CallContext): ReturnType<Flow['bedsFor']> {
  const { locations, clock } = deps;
  const now = clock();
  const encounterId = asked.encounterId ?? null;
  const wishes = wishesOf(deps, asked, now);
  const wording = wordingFor(deps, { actor }, now);
  const rooms = new Map<string, string>();
  const wards = new Map(locations.listWards().map((ward) => [ward.id, ward]));
  for (const { id } of wards.values()) for (const room of locations.listRooms(id)) rooms.set(room.id, room.label);
  const choices = houseFacts(deps, now)
    .filter(({ facts }) => !facts.holders.some((holder) => holder.encounterId === encounterId))
    .map(({ bed, facts }) => {
      const wish = wishes(bed.wardId);
      const against = whyNot(facts, wish.taker, now);
      return { bed, facts, wish, against, order: standing(facts, bed.wardId, against, wish) };
    })
    .sort((left, right) => compareStanding(left.order, right.order));
  return choices.map(({ bed, facts, wish, against }, index) => ({
    bedId: bed.id,
    label: bed.label,
    roomLabel: rooms.get(bed.roomId) ?? '',
    wardId: bed.wardId,
    wardName: wards.get(bed.wardId)?.name ?? '',
    assignable: against.length === 0,
    overridable: overridable(against),
    rank: index + 1,
    merits: meritsOf(facts, bed.wardId, wish),
    whyNot: against.map((one) => ({ kind: one.kind, words: whyNotWords(one, wording) })),
  }));
}

/** What is looked for in each ward: a request counts where it was addressed. */
function wishesOf(deps: BedChoiceDeps, asked: Asked, now: number): (wardId: WardId) => BedWish {
  const { encounters, patients, assignments, bedStates, locations, newsOf } = deps;
  const { needs } = asked;
  const encounter = asked.encounterId && found(encounters.find(asked.encounterId), 'This stay');
  const patient = asked.patientId && found(patients.find(asked.patientId), 'This patient');
  const patientId = encounter ? encounter.patientId : found(patient || undefined, 'This patient').id;
  const encounterId = encounter ? encounter.id : null;
  if (asked.wardId !== undefined) found(locations.findWard(asked.wardId), 'This ward');
  const held = encounterId === null ? undefined : assignments.current({ encounterId });
  const requested = encounterId === null ? undefined : bedStates.requestOf(encounterId);
  const named = asked.wardId ?? requested?.wardId ?? null;
  const own = held ? (locations.findBed(held.bedId)?.wardId ?? null) : null;
  const monitor = encounterId !== null && needsMonitor(newsOf(encounterId));
  const takers = new Map<WardId, Taker>();
  return (wardId) => {
    const taker = takers.get(wardId) ?? takerOf(deps, { encounterId, patientId, needs }, now, wardId);
    takers.set(wardId, taker);
    return { taker, wardId: named ?? own, asked: named !== null, monitor };
  };
}

function wordingFor(deps: BedChoiceDeps, { actor }: Pick<CallContext, 'actor'>, now: number): BedWording {
  return {
    nameOf: (encounterId) => nameOf(deps, encounterId, actor.roles),
    timeZone: deps.settings().timeZone,
    now,
  };
}

function isolate(
  deps: BedChoiceDeps,
  { encounterId, isolation }: { readonly encounterId: EncounterId; readonly isolation: IsolationKind | null },
  context: CallContext,
  afterCommit: AfterCommit,
): { ok: true } {
  const { encounters, bedStates, assignments, ledger, clock, changed } = deps;
  const encounter = found(encounters.find(encounterId), 'This stay');
  if (!current(encounter)) throw refused('not-in-progress', 'This stay is over. Nothing was changed.');
  const before = bedStates.isolationOf(encounterId);
  if (before === isolation) return { ok: true };
  bedStates.saveIsolation(encounterId, isolation);
  const change = { before: { isolation: before }, after: { isolation } };
  ledger.append(entryBy(context, clock(), { act: 'encounter.isolationSet', subject: encounterId, ...change }));
  afterCommit(() => {
    changed.flow(encounterId);
    const held = assignments.current({ encounterId });
    if (held) changed.bedState(held.bedId);
  });
  return { ok: true };
}
