import type { Store } from '#domain/clinic/store.ts';
import type { BedAssignment, Encounter } from '#domain/encounter/encounter.ts';
import type { FlowEvent, FlowSummary, Journey, PlaceStay, WantedSpan } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import { wardOf } from '#domain/flow/place.ts';
import type { Task } from '#domain/flow/task.ts';
import type { BedId, DeviceId, EncounterId } from '#domain/ids.ts';
import { settleDirt } from './bed-dirt.ts';
import type { BedKeeping } from './bed-keeping.ts';
import type { ClinicChanges } from './changes.ts';
import { type BedsDiff, bedsDiff } from './flow-bed-diff.ts';
import { type Settled, settleBeds, type Target, wantedOf } from './flow-spans.ts';
import { createFlowTies } from './flow-ties.ts';

type AfterCommit = (tell: () => void) => void;

export interface ApplyDeps
  extends Pick<
    Store,
    'flow' | 'encounters' | 'assignments' | 'bedStates' | 'devices' | 'locations' | 'patients' | 'tasks'
  > {
  readonly newId: () => string;
  readonly changed: ClinicChanges;
  readonly keeping: BedKeeping;
}

/** An encounter before and after its events were folded anew. */
export interface Folded {
  readonly before: Encounter;
  readonly after: Encounter;
  readonly summary: FlowSummary;
  readonly journey: Journey;
  readonly events: readonly FlowEvent[];
}

/** What stands in the way of a person's act; throws. Never asked when other systems tell. */
export interface Guard {
  /** Nothing new is met by what is only put back. */
  readonly puttingBack: boolean;
  /** Before anything is written: what each encounter came to, and who wants and had which bed. */
  folded(folds: ReadonlyMap<EncounterId, Folded>): void;
  beds(settled: Settled, wants: ReadonlyMap<EncounterId, readonly WantedSpan[]>): void;
  /** The acting patients are out of the beds they leave, and not yet in those they take. */
  taking(taken: readonly WantedSpan[], leaving: ReadonlyMap<BedId, readonly EncounterId[]>): void;
  /** A leaving did not happen; `returned`: the patient is in the bed again. */
  cleaningStarted(bedId: BedId, returned: boolean): void;
  tiedElsewhere(deviceId: DeviceId): void;
}

export interface Applied {
  readonly folds: ReadonlyMap<EncounterId, Folded>;
  /** Devices whose ties ended, or go on. */
  readonly devices: readonly DeviceId[];
  /** Encounters nobody touched whose claim to a bed was looked at again, with the beds they had before. */
  readonly others: ReadonlyMap<EncounterId, readonly BedAssignment[]>;
}

/**
 * Makes encounters, summaries, places, assignments, cleanings and ties follow from the events of the touched encounters,
 * and of whoever gets or loses a bed by that.
 */
export function createApply(deps: ApplyDeps) {
  const { encounters, changed } = deps;
  const ties = createFlowTies(deps);
  return (touched: readonly EncounterId[], guard: Guard | null, afterCommit: AfterCommit): Applied => {
    const folds = new Map<EncounterId, Folded>();
    const wants = new Map<EncounterId, readonly WantedSpan[]>();
    for (const encounterId of new Set(touched)) {
      const folded = fold(deps, encounterId);
      folds.set(encounterId, folded);
      wants.set(encounterId, wantsIn(folded));
    }
    guard?.folded(folds);
    for (const { after } of folds.values()) encounters.save(after);
    const others = new Map<EncounterId, readonly WantedSpan[]>();
    const wantsOf = (encounterId: EncounterId) => {
      const known = others.get(encounterId) ?? wantsIn(fold(deps, encounterId));
      others.set(encounterId, known);
      return known;
    };
    const settled = settleBeds(deps, wants, wantsOf);
    guard?.beds(settled, wants);
    for (const encounterId of settled.targets.keys())
      if (!folds.has(encounterId)) folds.set(encounterId, fold(deps, encounterId));
    const diff = bedsDiff(settled, folds, deps.newId);
    writeBeds(deps, diff, guard, wants);
    for (const [encounterId, target] of settled.targets) {
      const folded = folds.get(encounterId);
      const claimed = (settled.had.get(encounterId)?.claims.length ?? 0) > 0;
      if (folded) savePlaces(deps, folded, target, claimed);
    }
    tellBeds(deps, diff, guard, wants, afterCommit);
    const devices = [...folds.values()].flatMap(({ before, after }) => ties.follow(before, after, guard));
    afterCommit(() => {
      for (const encounterId of folds.keys()) changed.encounter(encounterId);
      for (const bedId of diff.beds) changed.bed(bedId);
      for (const encounterId of folds.keys()) changed.flow(encounterId);
      for (const deviceId of devices) changed.device(deviceId);
    });
    return { folds, devices, others: othersIn(settled, wants) };
  };
}

function wantsIn({ journey, events, summary }: Folded): WantedSpan[] {
  return wantedOf(summary.encounterId, journey, events, summary.visitNumber);
}

function othersIn({ had }: Settled, wants: ReadonlyMap<EncounterId, unknown>): Applied['others'] {
  const others = [...had].filter(([encounterId]) => !wants.has(encounterId));
  return new Map(others.map(([encounterId, { rows }]) => [encounterId, rows]));
}

function fold({ flow, encounters }: ApplyDeps, encounterId: EncounterId): Folded {
  const before = encounters.find(encounterId);
  const old = flow.summary(encounterId);
  if (!before || !old) throw new Error('An encounter was told of that nobody opened.');
  const events = flow.listOf(encounterId);
  const journey = journeyOf(events);
  return {
    before,
    after: encounterAfter(before, journey, events),
    summary: summaryAfter(old, journey, events),
    journey,
    events,
  };
}

function encounterAfter(before: Encounter, journey: Journey, events: readonly FlowEvent[]): Encounter {
  const { status, admittedAt, arrivedAt, expectedAt, dischargedAt } = journey;
  const first = Math.min(...events.map(({ recordedAt }) => recordedAt));
  // From the arrival on, what is measured belongs to the stay.
  const came = arrivedAt === null || admittedAt === null ? (arrivedAt ?? admittedAt) : Math.min(arrivedAt, admittedAt);
  const begun = came ?? expectedAt ?? (Number.isFinite(first) ? first : before.admittedAt);
  return { ...before, status, admittedAt: begun, dischargedAt };
}

function summaryAfter(old: FlowSummary, journey: Journey, events: readonly FlowEvent[]): FlowSummary {
  const { whereabouts, unexplained, status, ...facts } = journey;
  const here = status === 'in-progress' || status === 'on-hold';
  const expected = expectation(journey, events);
  const place = here ? (whereabouts.at(-1)?.place ?? null) : (expected?.place ?? null);
  return {
    ...facts,
    class: status === 'planned' || status === 'cancelled' ? (expected?.class ?? old.class) : journey.class,
    encounterId: old.encounterId,
    visitNumber: old.visitNumber,
    place: here && place?.bedId ? null : place,
  };
}

/** How and where a planned patient is expected, by the latest word of it. */
function expectation({ status }: Journey, events: readonly FlowEvent[]) {
  if (status !== 'planned') return undefined;
  const expected = events.filter(({ voided, step }) => voided === null && step.kind === 'expected');
  const latest = expected.sort((one, other) => one.recordedAt - other.recordedAt).at(-1)?.step;
  return latest?.kind === 'expected' ? latest : undefined;
}

/** First what no longer holds goes, of all encounters, then what holds now comes: so patients can change beds. */
function writeBeds(
  { assignments }: ApplyDeps,
  diff: BedsDiff,
  guard: Guard | null,
  acting: ReadonlyMap<EncounterId, unknown>,
): void {
  for (const id of diff.removed) assignments.remove(id);
  for (const row of diff.shortened) assignments.save(row);
  const taken = diff.taken.filter(({ encounterId, to }) => to === null && acting.has(encounterId));
  guard?.taking(taken, diff.leaving);
  for (const row of diff.added) assignments.save(row);
}

/** `claimed`: the encounter was refused a bed before. */
function savePlaces({ flow }: ApplyDeps, folded: Folded, target: Target, claimed: boolean): void {
  const { encounterId } = folded.summary;
  const stays: PlaceStay[] = [];
  for (const { place, from, to } of folded.journey.whereabouts) {
    if (place.bedId === null) stays.push({ encounterId, place, startedAt: from, endedAt: to });
    // Of a bed that was not granted only the ward is sure.
    else
      for (const claim of claimsWithin(target.claims, place.bedId, { from, to }))
        stays.push({ encounterId, place: wardOf(place), startedAt: claim.from, endedAt: claim.to });
  }
  flow.replacePlaceStays(encounterId, stays);
  if (claimed || target.claims.length > 0) flow.replaceClaims(encounterId, target.claims);
  const last = stays.at(-1);
  const place = last?.endedAt === null ? last.place : folded.summary.place;
  flow.saveSummary({ ...folded.summary, place });
}

/** What was refused of one span in a bed, as whole as it can be told. */
function claimsWithin(claims: Target['claims'], bedId: BedId, { from, to }: Pick<WantedSpan, 'from' | 'to'>) {
  const refused: { readonly from: number; readonly to: number | null }[] = [];
  for (const claim of [...claims].sort((one, other) => one.from - other.from)) {
    if (claim.bedId !== bedId || claim.from < from || (to !== null && claim.from >= to)) continue;
    const last = refused.at(-1);
    if (last?.to === claim.from) refused[refused.length - 1] = { from: last.from, to: claim.to };
    else refused.push(claim);
  }
  return refused;
}

/** Beds left and taken, or not after all. Those left come first: a bed taken again in the same act is not dirty. */
function tellBeds(
  deps: ApplyDeps,
  diff: BedsDiff,
  guard: Guard | null,
  acting: ReadonlyMap<EncounterId, unknown>,
  afterCommit: AfterCommit,
): void {
  const { keeping, flow, bedStates } = deps;
  for (const change of diff.takingsBack) {
    const met = [...bedStates.listFulfilledBy(change.eventId), ...bedStates.listRequestsDoneBy(change.eventId)];
    const ids = met.map(({ id }) => id);
    for (const eventId of new Set([change.eventId, change.begunBy ?? change.eventId])) flow.keepMet(eventId, ids);
    keeping.takingTakenBack(change, afterCommit);
  }
  for (const { bedId, eventId, returned } of diff.leavingsBack) {
    const shared = returned && flow.places(bedId) > 1;
    const dirtied = shared ? deps.tasks.openCleaning(bedId)?.eventId : undefined;
    takeLeavingBack(deps, { bedId, eventId, returned }, guard, afterCommit);
    // Of a shared bed another one's leaving may have been what made it dirty, once nobody was left in it.
    if (dirtied && dirtied !== eventId)
      takeLeavingBack(deps, { bedId, eventId: dirtied, returned }, guard, afterCommit);
  }
  for (const retimed of diff.retimed) leaveAnew(deps, retimed, afterCommit);
  for (const leaving of diff.lefts) keeping.left(leaving, afterCommit);
  for (const change of diff.takes) {
    const nothing = guard?.puttingBack && acting.has(change.encounterId) ? [] : undefined;
    keeping.taken({ ...change, meets: flow.metBy(change.eventId) ?? nothing }, afterCommit);
  }
  for (const bedId of diff.beds) settleDirt(deps, bedId, diff.gone.has(bedId), afterCommit);
}

function takeLeavingBack(
  { keeping }: ApplyDeps,
  { bedId, eventId, returned }: BedsDiff['leavingsBack'][number],
  guard: Guard | null,
  afterCommit: AfterCommit,
): void {
  const back = keeping.leavingTakenBack(eventId, afterCommit, bedId, returned);
  if (back === 'cleaning-started') guard?.cleaningStarted(bedId, returned);
}

/** Left at another time than was told: a cleaning nobody began yet counts from then; one begun since then stands. */
function leaveAnew(
  { keeping, assignments, tasks }: ApplyDeps,
  { row, leaving }: BedsDiff['retimed'][number],
  afterCommit: AfterCommit,
): void {
  const begunSince = (task: Task | undefined) => task?.startedAt != null && task.startedAt >= leaving.at;
  const told = row.leftBy === null ? undefined : tasks.findByEvent(row.leftBy, row.bedId);
  const settled = told?.state === 'done' || told?.state === 'started';
  if (settled && begunSince(told)) {
    keeping.leftOtherwise(told, leaving, afterCommit);
    assignments.save({ ...row, leftBy: leaving.eventId });
    return;
  }
  if (row.leftBy !== null) keeping.leavingTakenBack(row.leftBy, afterCommit, row.bedId);
  const open = tasks.openCleaning(row.bedId);
  if (open?.eventId && begunSince(open)) {
    assignments.save({ ...row, leftBy: open.eventId });
    return;
  }
  keeping.left({ ...leaving, before: told }, afterCommit);
  assignments.save({ ...row, leftBy: leaving.eventId });
}
