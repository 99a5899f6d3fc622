import type { CleaningCause } from '#domain/flow/task.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import type { TaskClock, TaskGroup, TaskRecord } from './task-order.ts';

export const GROUP_WORDS: Readonly<Record<TaskGroup, string>> = {
  mine: 'In your hands',
  open: 'To do',
  others: 'In other hands',
};

const CAUSE_WORDS: Readonly<Record<CleaningCause, string>> = {
  discharge: 'after a discharge',
  transfer: 'after a transfer',
  death: 'after a death',
  isolation: 'after an isolation',
  request: 'on request',
};

/** `Bed 7`, or where a transport starts. */
export function placeOf({ kind, bedLabel, displayName }: TaskRecord): string {
  if (kind === 'cleaning' || bedLabel !== null) return `Bed ${bedLabel ?? 'not known'}`;
  return displayName ?? 'Patient';
}

/** `Clean after a discharge`, `Bring A.O. to Theatre 2`. */
export function workOf({ kind, cause, displayName, destination }: TaskRecord): string {
  if (kind === 'cleaning') return ['Clean', cause && CAUSE_WORDS[cause]].filter(Boolean).join(' ');
  return `Bring ${displayName ?? 'the patient'} to ${destination ?? 'a place not named'}`;
}

export const CLOCK_WORDS: Readonly<Record<TaskClock['name'], string>> = {
  response: 'Start',
  clean: 'Cleaning',
  turn: 'Bed ready',
};

/** `12 min left`, `5 min overdue`: always with the word. */
export function dueWords({ dueAt }: TaskClock, now: number): string {
  const left = dueAt - now;
  return left >= 0 ? `${formatDuration(left)} left` : `${formatDuration(-left)} overdue`;
}

/** What the main button does. */
export function verbOf({ kind, state }: TaskRecord): string {
  if (state === 'requested') return 'Start';
  return kind === 'cleaning' ? 'Clean: bed is ready' : 'Arrived';
}
