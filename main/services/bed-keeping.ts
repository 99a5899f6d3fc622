import type { Store } from '#domain/clinic/store.ts';
import { whyNot } from '#domain/flow/assignability.ts';
import type { BedNeeds, BedRequest, Reservation, WhyNot } from '#domain/flow/bed-state.ts';
import { causeAgain, causeOf, contaminates, dirtiedAt } from '#domain/flow/cleaning.ts';
import type { FlowSource } from '#domain/flow/event.ts';
import type { CleaningCause, Task } from '#domain/flow/task.ts';
import type { BedId, EncounterId, PatientId, TaskId } from '#domain/ids.ts';
import { LAST_MOMENT } from '#domain/time.ts';
import { type BedFactsDeps, bedFacts, holdersOf, takerOf } from './bed-facts.ts';
import type { ClinicChanges } from './changes.ts';
import { found } from './command.ts';

type AfterCommit = (tell: () => void) => void;

/** One patient going into or out of one bed, because of one event. */
export interface BedChange {
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  /** The event the change follows from. */
  readonly eventId: string;
  readonly at: number;
  readonly source: FlowSource;
  /** Reservations and requests it met before it was taken back, by id; undefined: whatever is open now. */
  readonly meets?: readonly string[] | undefined;
}

export type Leaving = BedChange & {
  readonly cause: CleaningCause;
  /** The cleaning this leaving asked for as it was told before. */
  readonly before?: Task | undefined;
};

/**
 * What must happen to a bed when patients come and go, called inside the transaction that changes who holds it, and
 * what stands against taking it. All of it can be taken back exactly.
 */
export interface BedKeeping {
  /** Everything that stands against a patient taking a bed now, worst first; empty: assignable. */
  whyNot(question: {
    readonly bedId: BedId;
    readonly encounterId: EncounterId | null;
    readonly patientId: PatientId;
    readonly needs?: BedNeeds;
    /** Encounters leaving the bed in the same act (swap): they do not count. */
    readonly leaving?: readonly EncounterId[];
  }): WhyNot[];
  /** A patient left: the bed is dirty from `at` on and gets a cleaning, unless it was taken again since or the place is shared and still held. */
  left(change: Leaving, afterCommit: AfterCommit): void;
  /**
   * The leaving did not happen. Voids the cleaning if nobody started it; `cleaning-started` changes nothing: a console
   * act is then refused, a feed's is shown as a doubt. By one event a patient may have left several beds, one at a time as
   * more became known: `bedId` says which. `returned`: the patient is in the bed again, as when it was left.
   */
  leavingTakenBack(
    eventId: string,
    afterCommit: AfterCommit,
    bedId?: BedId,
    returned?: boolean,
  ): 'voided' | 'none' | 'cleaning-started';
  /** The patient left at another time, or by another step, than a cleaning begun since was asked for by: it follows from that. */
  leftOtherwise(cleaning: Task, change: Leaving, afterCommit: AfterCommit): void;
  /** A bed was taken: a reservation or request of that patient is fulfilled; an open cleaning (feed only) is superseded and doubted. */
  taken(change: BedChange, afterCommit: AfterCommit): void;
  /** The taking did not happen: what `taken` did is put back. */
  takingTakenBack(change: BedChange, afterCommit: AfterCommit): void;
}

export type BedKeepingDeps = BedFactsDeps &
  Pick<Store, 'ledger'> & {
    readonly clock: () => number;
    readonly newId: () => string;
    readonly changed: ClinicChanges;
  };

export function createBedKeeping(deps: BedKeepingDeps): BedKeeping {
  return {
    whyNot({ bedId, leaving, ...asked }) {
      const now = deps.clock();
      const bed = found(deps.locations.findBed(bedId), 'This bed');
      return whyNot(bedFacts(deps, bed, now, leaving), takerOf(deps, asked, now, bed.wardId), now);
    },
    left: (change, afterCommit) => makeDirty(deps, change, afterCommit),
    leavingTakenBack: (eventId, afterCommit, bedId, returned = false) =>
      takeDirtBack(deps, { eventId, bedId, returned }, afterCommit),
    leftOtherwise(cleaning, { eventId, at, cause }, afterCommit) {
      const told = { ...cleaning, eventId, requestedAt: at, cause: causeAgain(cleaning, cause) };
      saveTask(deps, 'cleaning.retimed', cleaning, afterCommit, told);
    },
    taken(change, afterCommit) {
      fulfil(deps, change, afterCommit);
      supersede(deps, change, afterCommit);
    },
    takingTakenBack(change, afterCommit) {
      restoreHolds(deps, change, afterCommit);
      const over = { since: change.at, inIt: 0 };
      for (const task of deps.tasks.listSupersededBy(change.eventId)) restoreCleaning(deps, task, over, afterCommit);
    },
  };
}

function makeDirty(deps: BedKeepingDeps, change: Leaving, afterCommit: AfterCommit): void {
  const { assignments, bedStates, tasks, newId } = deps;
  const { bedId, encounterId, eventId, at } = change;
  if (!dirtiedAt(at, assignments.listOf({ bedId }, at, LAST_MOMENT), tasks.lastCleaned(bedId))) return;
  // By the same step the patient may have left another bed, before a step in between became known.
  const known = tasks.findByEvent(eventId, bedId);
  if (known && known.state !== 'voided') return;
  const back = known ?? tasks.findTakenBack(bedId, at);
  const open = tasks.openCleaning(bedId);
  // Told late, of dirt that the cleaning asked for or begun since takes away too.
  const stands = open && (open.eventId === null || assignments.wasLeftBy(bedId, open.eventId));
  if (stands && Math.max(open.requestedAt, open.startedAt ?? 0) >= at) return;
  const again = back?.startedAt === null ? back : undefined;
  // The same leaving left the same dirt, whoever was isolated since.
  const before = back ?? change.before;
  supersede(deps, change, afterCommit);
  const isolation = bedStates.isolationOf(encounterId);
  saveTask(deps, 'cleaning.requested', again, afterCommit, {
    id: again?.id ?? (newId() as TaskId),
    kind: 'cleaning',
    state: 'requested',
    bedId,
    encounterId: null,
    destination: null,
    cause: before ? causeAgain(before, change.cause) : causeOf(change.cause, isolation),
    contaminated: before?.contaminated ?? (contaminates(isolation) || bedStates.isolatedNear(bedId, encounterId)),
    eventId,
    requestedAt: at,
    startedAt: null,
    doneAt: null,
    assigneeId: again?.assigneeId ?? null,
    handedTo: again?.handedTo ?? null,
    supersededBy: null,
    note: again?.note ?? null,
  });
}

interface LeavingBack {
  readonly eventId: string;
  readonly bedId: BedId | undefined;
  readonly returned: boolean;
}

function takeDirtBack(deps: BedKeepingDeps, { eventId, bedId, returned }: LeavingBack, afterCommit: AfterCommit) {
  const { tasks } = deps;
  const task = tasks.findByEvent(eventId, bedId);
  if (task?.state === 'started') return 'cleaning-started';
  const open = task?.state === 'requested';
  if (open) saveTask(deps, 'cleaning.voided', task, afterCommit, { ...task, state: 'voided' });
  // Nobody left, so there is no dirt to come back when the bed's new holder turns out not to have taken it.
  if (task?.supersededBy) saveTask(deps, 'cleaning.voided', task, afterCommit, { ...task, supersededBy: null });
  const over = { since: task?.requestedAt ?? 0, inIt: returned ? 1 : 0 };
  for (const earlier of tasks.listSupersededBy(eventId))
    if (bedId === undefined || earlier.bedId === bedId) restoreCleaning(deps, earlier, over, afterCommit);
  return open ? 'voided' : 'none';
}

/** A bed taken or dirtied anew: the cleaning that was still open is no longer the one to do. */
function supersede(deps: BedKeepingDeps, { bedId, eventId }: BedChange, afterCommit: AfterCommit): void {
  const open = deps.tasks.openCleaning(bedId);
  if (!open) return;
  const superseded: Task = { ...open, state: 'voided', supersededBy: eventId };
  saveTask(deps, 'cleaning.superseded', open, afterCommit, superseded);
}

/**
 * Unless the bed is in use, has a cleaning again or was cleaned since: then the one before stays over. Of somebody who
 * had come back while it was being cleaned, and left, the cleaning goes on as if they had not; one nobody had begun does not.
 */
function restoreCleaning(
  deps: BedKeepingDeps,
  task: Task,
  /** When what made it pointless happened, and how many were in the bed before that. */
  { since, inIt }: { readonly since: number; readonly inIt: number },
  afterCommit: AfterCommit,
): void {
  const { bedId } = task;
  const most = task.startedAt === null ? 0 : inIt;
  if (bedId === null || deps.tasks.openCleaning(bedId) || holdersOf(deps, bedId).length > most) return;
  if ((deps.tasks.lastCleaned(bedId)?.startedAt ?? 0) >= Math.max(task.requestedAt, since)) return;
  const state = task.startedAt === null ? 'requested' : 'started';
  saveTask(deps, 'cleaning.restored', task, afterCommit, { ...task, state, supersededBy: null });
}

function saveTask(
  { tasks, ledger, clock, changed }: BedKeepingDeps,
  act: string,
  before: Task | undefined,
  afterCommit: AfterCommit,
  after: Task,
): void {
  tasks.save(after);
  const { id, bedId, state, requestedAt, cause, contaminated, eventId, supersededBy } = after;
  const facts = { bedId, state, requestedAt, cause, contaminated, eventId, supersededBy };
  const was = before ? { state: before.state } : null;
  ledger.append({ at: clock(), actor: 'hub', station: null, act, subject: id, before: was, after: facts });
  afterCommit(() => {
    changed.task(id);
    if (bedId !== null) changed.bedState(bedId);
  });
}

/** The patient's reservation of this bed, and the request this bed answers. */
function fulfil(deps: BedKeepingDeps, change: BedChange, afterCommit: AfterCommit): void {
  const { bedStates, encounters, locations } = deps;
  const { bedId, encounterId, eventId, meets } = change;
  const patientOf = (id: EncounterId) => encounters.find(id)?.patientId;
  const kept = bedStates.reservationsTouching(bedId, encounterId).find((one) => one.bedId === bedId);
  const own = kept && (kept.encounterId === encounterId || patientOf(kept.encounterId) === patientOf(encounterId));
  if (own && (meets?.includes(kept.id) ?? true))
    saveReservation(deps, kept, { ...kept, state: 'fulfilled', fulfilledBy: eventId }, afterCommit);
  const asked = bedStates.requestOf(encounterId);
  if (
    asked &&
    (meets?.includes(asked.id) ?? true) &&
    (asked.wardId === null || asked.wardId === locations.findBed(bedId)?.wardId)
  )
    saveRequest(deps, asked, { ...asked, state: 'done', doneBy: eventId }, afterCommit);
}

/** Back to what they were, unless the bed or the patient has another one by now: then they are over for good. */
function restoreHolds(deps: BedKeepingDeps, { eventId }: BedChange, afterCommit: AfterCommit): void {
  const { bedStates } = deps;
  for (const kept of bedStates.listFulfilledBy(eventId)) {
    const taken = bedStates.reservationsTouching(kept.bedId, kept.encounterId).length > 0;
    const state = taken ? 'released' : 'reserved';
    saveReservation(deps, kept, { ...kept, state, fulfilledBy: null }, afterCommit);
  }
  for (const asked of bedStates.listRequestsDoneBy(eventId)) {
    const open = asked.decidedAt === null ? 'requested' : 'accepted';
    const state = bedStates.requestOf(asked.encounterId) ? 'cancelled' : open;
    saveRequest(deps, asked, { ...asked, state, doneBy: null }, afterCommit);
  }
}

function saveReservation(
  deps: BedKeepingDeps,
  before: Reservation,
  after: Reservation,
  afterCommit: AfterCommit,
): void {
  deps.bedStates.saveReservation(after);
  const { id, bedId, encounterId, state } = after;
  keepRecord(deps, 'bed.reservationChanged', id, { state: before.state }, { bedId, encounterId, state });
  afterCommit(() => deps.changed.bedState(bedId));
}

function saveRequest(deps: BedKeepingDeps, before: BedRequest, after: BedRequest, afterCommit: AfterCommit): void {
  deps.bedStates.saveRequest(after);
  const { id, encounterId, state } = after;
  keepRecord(deps, 'bed.requestChanged', id, { state: before.state }, { encounterId, state });
  afterCommit(() => deps.changed.bedRequest(id));
}

/** What follows from somebody's act is the hub's own doing. */
function keepRecord(
  { ledger, clock }: BedKeepingDeps,
  act: string,
  subject: string,
  before: object,
  after: object,
): void {
  ledger.append({ at: clock(), actor: 'hub', station: null, act, subject, before, after });
}
