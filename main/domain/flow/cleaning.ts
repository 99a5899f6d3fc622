import type { ClinicSettings } from '../clinic/settings.ts';
import type { BedAssignment } from '../encounter/encounter.ts';
import { MINUTE_MS } from '../time.ts';
import type { IsolationKind } from './bed-state.ts';
import type { CleaningCause, Task } from './task.ts';

/** Whether what such a patient touched must be cleaned otherwise; `protective` keeps others' germs from the patient. */
export function contaminates(kind: IsolationKind | null): boolean {
  return kind !== null && kind !== 'protective';
}

/** Why a bed is cleaned once a patient left: an isolation counts before the move, a death before both. */
export function causeOf(told: CleaningCause, isolation: IsolationKind | null): CleaningCause {
  return told !== 'death' && contaminates(isolation) ? 'isolation' : told;
}

/** The same of a leaving that is told otherwise than before: an isolation it was cleaned for stays. */
export function causeAgain(before: Pick<Task, 'cause'>, told: CleaningCause): CleaningCause {
  return before.cause === 'isolation' ? before.cause : told;
}

/**
 * Whether a bed is dirty because somebody left it at `at`: not when anyone has held it since (they make it dirty in
 * their turn), nor when a cleaning begun since is done.
 */
export function dirtiedAt(at: number, held: readonly BedAssignment[], lastCleaned: Task | undefined): boolean {
  const heldSince = held.some(({ endedAt }) => endedAt === null || endedAt > at);
  const cleanedSince = lastCleaned?.startedAt != null && lastCleaned.startedAt >= at;
  return !heldSince && !cleanedSince;
}

/** When each clock of a task runs out; null where it has stopped or the task has none. */
export interface TaskClocks {
  /** Dirty to start. */
  readonly responseDueAt: number | null;
  /** Start to done. */
  readonly cleanDueAt: number | null;
  /** Dirty to done. */
  readonly turnDueAt: number | null;
}

/** The clocks of a cleaning, from when the bed became dirty; targets are minutes. A transport has no clocks. */
export function taskClocks(task: Task, targets: ClinicSettings['cleaningTargets']): TaskClocks {
  const { kind, state, requestedAt, startedAt } = task;
  const open = kind === 'cleaning' && (state === 'requested' || state === 'started');
  return {
    responseDueAt: open && startedAt === null ? requestedAt + targets.response * MINUTE_MS : null,
    cleanDueAt: open && startedAt !== null ? startedAt + targets.clean * MINUTE_MS : null,
    turnDueAt: open ? requestedAt + targets.turn * MINUTE_MS : null,
  };
}

/** The next clock of a task to run out; null when it has none. */
export function nextDueAt({ responseDueAt, cleanDueAt, turnDueAt }: TaskClocks): number | null {
  const due = [responseDueAt, cleanDueAt, turnDueAt].flatMap((at) => at ?? []);
  return due.length > 0 ? Math.min(...due) : null;
}
