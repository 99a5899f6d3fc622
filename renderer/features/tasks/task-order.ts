import type { UserId } from '#domain/ids.ts';
import type { Records } from '#renderer/client/records.ts';

export type TaskRecord = Records['tasks']['list'][number];

/** Under which heading a task stands for one reader. */
export type TaskGroup = 'mine' | 'open' | 'others';
const TASK_GROUPS: readonly TaskGroup[] = ['mine', 'open', 'others'];

export function groupOf({ state, assigneeId }: TaskRecord, me: UserId): TaskGroup {
  if (assigneeId === me) return 'mine';
  return assigneeId === null && state === 'requested' ? 'open' : 'others';
}

/** When the next of a task's clocks runs out, epoch ms; after every clock when none runs. */
function nextDue({ responseDueAt, cleanDueAt, turnDueAt }: TaskRecord): number {
  return Math.min(...[responseDueAt, cleanDueAt, turnDueAt].map((at) => at ?? Number.MAX_SAFE_INTEGER));
}

/**
 * The most pressing first: what somebody waits for, then by the clock that runs out next (the longest overdue on top),
 * then the oldest.
 */
function byPress(one: TaskRecord, other: TaskRecord): number {
  return (
    Number(other.wanted) - Number(one.wanted) ||
    nextDue(one) - nextDue(other) ||
    one.requestedAt - other.requestedAt ||
    one.id.localeCompare(other.id)
  );
}

/** Tasks as they stand on the screen: one's own in hand, those for anybody, those others have; each by press. */
export function tasksInOrder(tasks: readonly TaskRecord[], me: UserId): TaskRecord[] {
  return TASK_GROUPS.flatMap((group) => tasks.filter((task) => groupOf(task, me) === group).sort(byPress));
}

/** A clock of a task that still runs. */
export interface TaskClock {
  readonly name: 'response' | 'clean' | 'turn';
  readonly from: number;
  readonly dueAt: number;
}

/** The clocks that run: until started, from start to done, and over both. */
export function clocksOf(task: TaskRecord): TaskClock[] {
  const { requestedAt, startedAt, responseDueAt, cleanDueAt, turnDueAt } = task;
  const clocks: (TaskClock | null)[] = [
    responseDueAt === null ? null : { name: 'response', from: requestedAt, dueAt: responseDueAt },
    cleanDueAt === null || startedAt === null ? null : { name: 'clean', from: startedAt, dueAt: cleanDueAt },
    turnDueAt === null ? null : { name: 'turn', from: requestedAt, dueAt: turnDueAt },
  ];
  return clocks.filter((clock) => clock !== null);
}
