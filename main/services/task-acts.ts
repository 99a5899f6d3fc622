import type { Actor, CallContext } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { Decision } from '#domain/decision.ts';
import { ongoing } from '#domain/encounter/stay.ts';
import type { Task } from '#domain/flow/task.ts';
import {
  finishTask,
  handOverTask,
  kindsFor,
  type SinceDone,
  startTask,
  undoTask,
  voidTask,
} from '#domain/flow/task-steps.ts';
import type { BedId, EncounterId, TaskId, UserId } from '#domain/ids.ts';
import type { Bed } from '#domain/location/location.ts';
import { LAST_MOMENT, SECOND_MS } from '#domain/time.ts';
import { type DirtDeps, settleDirt } from './bed-dirt.ts';
import { holdersOf } from './bed-facts.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { scannedBed } from './scanned-bed.ts';
import { type TaskRow, type TaskRowsDeps, taskRow } from './task-rows.ts';

export type TaskActsDeps = TaskRowsDeps &
  DirtDeps &
  Pick<Store, 'ledger'> & {
    readonly newId: () => string;
    readonly changed: ClinicChanges;
  };

type AfterCommit = (tell: () => void) => void;
type Refusal = Parameters<typeof refusalWords>[2];

/** One step of a task by a person: decided by its rule, saved with its ledger entry, told after the commit. */
function stepTask(
  deps: TaskActsDeps,
  { taskId, act }: { readonly taskId: TaskId; readonly act: string },
  context: CallContext,
  afterCommit: AfterCommit,
  decide: (task: Task, now: number) => Decision<Task, Refusal>,
): TaskRow {
  const task = found(deps.tasks.find(taskId), 'This task');
  mustDo(task, context.actor);
  const decision = decide(task, deps.clock());
  if (!decision.ok) throw refused(decision.refusal, refusalWords(deps, task, decision.refusal));
  if (decision.value !== task) saveTask(deps, act, task, decision.value, context, afterCommit);
  return taskRow(deps, decision.value, context.actor.roles);
}

interface AtStep {
  readonly taskId: TaskId;
  readonly at?: number | undefined;
}

export function startsTask(deps: TaskActsDeps, { taskId, at }: AtStep, context: CallContext, afterCommit: AfterCommit) {
  return stepTask(deps, { taskId, act: 'task.started' }, context, afterCommit, (task, now) =>
    startTask(task, { by: context.actor.id, at: at ?? null, now }),
  );
}

export function finishesTask(
  deps: TaskActsDeps,
  { taskId, at }: AtStep,
  context: CallContext,
  afterCommit: AfterCommit,
) {
  return stepTask(deps, { taskId, act: 'task.done' }, context, afterCommit, (task, now) =>
    finishTask(task, { by: context.actor.id, at: at ?? null, now }),
  );
}

export function undoesStep(deps: TaskActsDeps, taskId: TaskId, context: CallContext, afterCommit: AfterCommit) {
  const undone = stepTask(deps, { taskId, act: 'task.stepUndone' }, context, afterCommit, (task) =>
    undoTask(task, sinceDone(deps, task)),
  );
  // What was told of the bed while this cleaning was done may have left it dirty later than it was asked for.
  const task = found(deps.tasks.find(taskId), 'This task');
  if (task.kind !== 'cleaning' || task.bedId === null) return undone;
  settleDirt(deps, task.bedId, false, afterCommit);
  return taskRow(deps, found(deps.tasks.find(taskId), 'This task'), context.actor.roles);
}

function sinceDone({ assignments, tasks }: TaskActsDeps, { id, kind, bedId, doneAt }: Task): SinceDone {
  if (kind !== 'cleaning' || bedId === null || doneAt === null) return { taken: false, cleanedAgain: false };
  const latest = tasks.lastCleaned(bedId)?.id;
  return {
    taken: assignments.listOf({ bedId }, doneAt, LAST_MOMENT).length > 0,
    cleanedAgain: tasks.openCleaning(bedId) !== undefined || (latest !== undefined && latest !== id),
  };
}

interface HandOver {
  readonly taskId: TaskId;
  readonly userId: UserId | null;
  readonly note?: string | undefined;
}

export function handsOver(deps: TaskActsDeps, input: HandOver, context: CallContext, afterCommit: AfterCommit) {
  const { taskId, userId, note } = input;
  return stepTask(deps, { taskId, act: 'task.handedOver' }, context, afterCommit, (task) => {
    const to = userId === null ? null : found(deps.users.find(userId), 'This user');
    if (to && (to.disabled || !kindsFor(to.roles).includes(task.kind)))
      throw refused('not-a-worker', `${to.displayName} does no ${task.kind}. Nothing was changed.`);
    return handOverTask(task, userId, note);
  });
}

export function voidsTask(
  deps: TaskActsDeps,
  { taskId, reason }: { readonly taskId: TaskId; readonly reason: string },
  context: CallContext,
  afterCommit: AfterCommit,
): void {
  const task = found(deps.tasks.find(taskId), 'This task');
  const decision = voidTask(task);
  if (!decision.ok) throw refused(decision.refusal, refusalWords(deps, task, decision.refusal));
  saveTask(deps, 'task.voided', task, decision.value, context, afterCommit, { reason });
}

const NEW = {
  state: 'requested',
  contaminated: false,
  eventId: null,
  startedAt: null,
  doneAt: null,
  assigneeId: null,
  handedTo: null,
  supersededBy: null,
} as const;

export function asksForCleaning(
  deps: TaskActsDeps,
  { bedId, note }: { readonly bedId: BedId; readonly note?: string | undefined },
  context: CallContext,
  afterCommit: AfterCommit,
): TaskRow {
  const bed = found(deps.locations.findBed(bedId), 'This bed');
  if (holdersOf(deps, bedId).length > 0)
    throw refused('bed-occupied', `Bed ${bed.label} is occupied: it is cleaned when the patient has left.`);
  if (deps.tasks.openCleaning(bedId))
    throw refused('already-requested', `The cleaning of bed ${bed.label} is already on the list.`);
  return saveNew(deps, context, afterCommit, {
    ...NEW,
    id: deps.newId() as TaskId,
    kind: 'cleaning',
    bedId,
    encounterId: null,
    destination: null,
    cause: 'request',
    requestedAt: deps.clock(),
    note: note || null,
  });
}

interface Transport {
  readonly encounterId: EncounterId;
  readonly destination: string;
  readonly note?: string | undefined;
}

export function asksForTransport(
  deps: TaskActsDeps,
  { encounterId, destination, note }: Transport,
  context: CallContext,
  afterCommit: AfterCommit,
): TaskRow {
  const encounter = found(deps.encounters.find(encounterId), 'This stay');
  if (!ongoing(encounter)) throw refused('not-in-progress', 'This stay is not going on. Nothing was changed.');
  return saveNew(deps, context, afterCommit, {
    ...NEW,
    id: deps.newId() as TaskId,
    kind: 'transport',
    bedId: deps.assignments.current({ encounterId })?.bedId ?? null,
    encounterId,
    destination,
    cause: null,
    requestedAt: deps.clock(),
    note: note || null,
  });
}

/** A scanner that reads a label twice must not start and finish a cleaning in one go. */
const TWICE_MS = 2 * SECOND_MS;

/** What a scan of a bed's label finds, and, with `act`, does: the open task of that bed that the caller may do. */
export function scans(
  deps: TaskActsDeps,
  { code, act }: { readonly code: string; readonly act: boolean },
  context: CallContext,
  afterCommit: AfterCommit,
) {
  const bed = scannedBed(deps, code);
  const task = openTaskAt(deps, bed.id, context.actor);
  if (!task && act) throw refused('no-task', `There is nothing to do at bed ${bed.label}.`);
  if (!task || !act) return answer(bed, task ? taskRow(deps, task, context.actor.roles) : null);
  const justStarted = task.startedAt !== null && Math.abs(deps.clock() - task.startedAt) < TWICE_MS;
  if (justStarted) return answer(bed, taskRow(deps, task, context.actor.roles));
  const step = task.state === 'requested' ? startsTask : finishesTask;
  return answer(bed, step(deps, { taskId: task.id }, context, afterCommit));
}

/** The bed's cleaning before a transport from it. */
function openTaskAt({ tasks }: TaskActsDeps, bedId: BedId, { roles }: Actor): Task | undefined {
  const kinds = kindsFor(roles);
  const cleaning = kinds.includes('cleaning') ? tasks.openCleaning(bedId) : undefined;
  if (cleaning || !kinds.includes('transport')) return cleaning;
  return tasks.listOpen().find((task) => task.kind === 'transport' && task.bedId === bedId);
}

function answer(bed: Bed, task: TaskRow | null) {
  const next = task?.state === 'requested' ? 'start' : task?.state === 'started' ? 'finish' : 'nothing';
  return { task, bedLabel: bed.label, next } as const;
}

function mustDo({ kind }: Task, { roles }: Actor): void {
  if (kindsFor(roles).includes(kind)) return;
  const who = kind === 'cleaning' ? 'Cleaning is for cleaners.' : 'Bringing patients is for porters.';
  throw refused('not-your-kind', `${who} Nothing was changed.`);
}

function saveNew(deps: TaskActsDeps, context: CallContext, afterCommit: AfterCommit, task: Task): TaskRow {
  saveTask(deps, 'task.requested', null, task, context, afterCommit);
  return taskRow(deps, task, context.actor.roles);
}

function saveTask(
  { tasks, ledger, clock, changed }: TaskActsDeps,
  act: string,
  before: Task | null,
  after: Task,
  context: CallContext,
  afterCommit: AfterCommit,
  why: object = {},
): void {
  tasks.save(after);
  const facts = ({ state, startedAt, doneAt, assigneeId, note }: Task) => ({
    state,
    startedAt,
    doneAt,
    assigneeId,
    note,
  });
  const { id, kind, bedId, encounterId, destination } = after;
  const told = { kind, bedId, encounterId, destination, ...facts(after), ...why };
  ledger.append(entryBy(context, clock(), { act, subject: id, before: before && facts(before), after: told }));
  afterCommit(() => {
    changed.task(id);
    if (kind === 'cleaning' && bedId !== null) changed.bedState(bedId);
  });
}

function refusalWords(
  { users, locations }: TaskActsDeps,
  task: Task,
  refusal:
    | 'already-started'
    | 'already-done'
    | 'task-voided'
    | 'in-future'
    | 'before-request'
    | 'before-start'
    | 'nothing-to-undo'
    | 'bed-taken-since'
    | 'bed-still-dirty',
): string {
  const by = task.assigneeId === null ? undefined : users.find(task.assigneeId)?.displayName;
  const bed = (task.bedId && locations.findBed(task.bedId)?.label) ?? '';
  const words: Record<typeof refusal, string> = {
    'already-started': `${by ?? 'Somebody'} has already started this.`,
    'already-done': by ? `This is already done, by ${by}.` : 'This is already done.',
    'task-voided': 'This is no longer to be done.',
    'in-future': 'What is done cannot lie in the future.',
    'before-request': 'It cannot have begun before it was asked for.',
    'before-start': 'It cannot have ended before it began.',
    'nothing-to-undo': 'There is nothing to take back.',
    'bed-taken-since': `Bed ${bed} has been taken since.`,
    'bed-still-dirty': `Bed ${bed} is dirty because a patient left it: only cleaning makes it ready.`,
  };
  return `${words[refusal]} Nothing was changed.`;
}
