import { allow, type Decision, refuse } from '../decision.ts';
import type { UserId } from '../ids.ts';
import { MINUTE_MS } from '../time.ts';
import { allows, type Role } from '../user/role.ts';
import { TASK_KINDS, type Task, type TaskKind } from './task.ts';

/** Kinds of task somebody may see and do: a cleaner cleaning, a porter transport, who may set bed states all. */
export function kindsFor(roles: readonly Role[]): readonly TaskKind[] {
  if (allows(roles, 'bed-states')) return TASK_KINDS;
  return TASK_KINDS.filter((kind) => roles.includes(kind === 'cleaning' ? 'cleaner' : 'porter'));
}

/** Who does a step and when it happened: `at` as somebody said, null for now. */
export interface StepBy {
  readonly by: UserId;
  readonly at: number | null;
  readonly now: number;
}

type MomentRefusal = 'in-future' | 'before-request' | 'before-start';
export type StartRefusal = 'already-started' | 'already-done' | 'task-voided' | MomentRefusal;
export type FinishRefusal = 'already-done' | 'task-voided' | MomentRefusal;

/** Taken in hand by somebody. Starting again what one has in hand changes nothing; what nobody has in hand goes on. */
export function startTask(task: Task, step: StepBy): Decision<Task, StartRefusal> {
  if (task.state === 'done') return refuse('already-done');
  if (task.state === 'voided') return refuse('task-voided');
  if (task.state === 'started') {
    if (task.assigneeId === step.by) return allow(task);
    return task.assigneeId === null ? allow({ ...task, assigneeId: step.by }) : refuse('already-started');
  }
  const moment = momentOf(step, task.requestedAt, 'before-request');
  return moment.ok ? allow({ ...task, state: 'started', startedAt: moment.value, assigneeId: step.by }) : moment;
}

/** Done; one never started is started and done at once. */
export function finishTask(task: Task, step: StepBy): Decision<Task, FinishRefusal> {
  if (task.state === 'done') return refuse('already-done');
  if (task.state === 'voided') return refuse('task-voided');
  const moment =
    task.startedAt === null
      ? momentOf(step, task.requestedAt, 'before-request')
      : momentOf(step, task.startedAt, 'before-start');
  if (!moment.ok) return moment;
  const started = task.startedAt ?? moment.value;
  const assigneeId = task.startedAt === null ? step.by : task.assigneeId;
  return allow({ ...task, state: 'done', startedAt: started, doneAt: moment.value, assigneeId });
}

/** What a bed went through after its cleaning was done. */
export interface SinceDone {
  /** Somebody took it, whether or not they have left again. */
  readonly taken: boolean;
  /** It has, or had, another cleaning. */
  readonly cleanedAgain: boolean;
}

export type UndoRefusal = 'nothing-to-undo' | 'bed-taken-since';

/** Back by one step: done to started (or to requested, when it was done at once), started to requested. */
export function undoTask(task: Task, since: SinceDone): Decision<Task, UndoRefusal> {
  if (task.state === 'started') return allow(unstarted(task));
  if (task.state !== 'done') return refuse('nothing-to-undo');
  if (since.taken) return refuse('bed-taken-since');
  if (since.cleanedAgain) return refuse('nothing-to-undo');
  return allow(task.startedAt === task.doneAt ? unstarted(task) : { ...task, state: 'started', doneAt: null });
}

function unstarted(task: Task): Task {
  return { ...task, state: 'requested', startedAt: null, doneAt: null, assigneeId: task.handedTo };
}

export type HandOverRefusal = 'already-done' | 'task-voided';

/** To somebody, or null: to anybody. What is started stays started. */
export function handOverTask(task: Task, to: UserId | null, note?: string): Decision<Task, HandOverRefusal> {
  if (task.state === 'done') return refuse('already-done');
  if (task.state === 'voided') return refuse('task-voided');
  const handedTo = task.state === 'requested' ? to : task.handedTo;
  return allow({ ...task, assigneeId: to, handedTo, note: note || task.note });
}

export type VoidRefusal = 'already-done' | 'task-voided' | 'bed-still-dirty';

/** Not to be done after all; only cleaning makes a bed clean that a patient left. */
export function voidTask(task: Task): Decision<Task, VoidRefusal> {
  if (task.state === 'done') return refuse('already-done');
  if (task.state === 'voided') return refuse('task-voided');
  return task.eventId === null ? allow({ ...task, state: 'voided' }) : refuse('bed-still-dirty');
}

/**
 * When a step happened: as somebody said, or now, but never before what it follows on. People say times in whole
 * minutes: one that lies less than a minute too early is the earliest possible.
 */
function momentOf<Early extends MomentRefusal>(
  { at, now }: StepBy,
  earliest: number,
  early: Early,
): Decision<number, Early | 'in-future'> {
  if (at !== null && at > now) return refuse('in-future');
  if (at !== null && at <= earliest - MINUTE_MS) return refuse(early);
  return allow(Math.max(at ?? now, earliest));
}
