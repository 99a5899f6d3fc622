import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { CLEANING_CAUSES, TASK_KINDS } from '#domain/flow/task.ts';
import { command, commandInput, done, query } from './procedure.ts';
import { at, bedId, blockReason, encounterId, streamed, taskId, text, userId, wardId, words } from './schemas.ts';

/** A task as its worker sees it: bed and initials, never more. */
export const task = z.object({
  id: taskId,
  kind: z.enum(TASK_KINDS),
  state: z.enum(['requested', 'started', 'done', 'voided']),
  bedId: bedId.nullable(),
  bedLabel: z.string().nullable(),
  roomLabel: z.string().nullable(),
  wardId: wardId.nullable(),
  wardName: z.string().nullable(),
  encounterId: encounterId.nullable(),
  /** Initials, or the name for those who may see names. */
  displayName: z.string().nullable(),
  destination: z.string().nullable(),
  cause: z.enum(CLEANING_CAUSES).nullable(),
  contaminated: z.boolean(),
  requestedAt: at,
  startedAt: at.nullable(),
  doneAt: at.nullable(),
  assigneeId: userId.nullable(),
  assigneeName: z.string().nullable(),
  note: z.string().nullable(),
  /** When each clock runs out; null once it stopped. */
  responseDueAt: at.nullable(),
  turnDueAt: at.nullable(),
  cleanDueAt: at.nullable(),
  /** Somebody waits for this bed: reserved or requested. */
  wanted: z.boolean(),
});

export const taskPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), ...streamed, tasks: z.array(task) }),
  z.object({ kind: z.literal('changes'), ...streamed, tasks: z.array(task), removed: z.array(taskId) }),
]);

export const tasks = {
  /** Open tasks the caller may do, most pressing first, then each as it changes. Ended ones are removed. */
  watch: query({ may: 'tasks' })
    .input(z.object({ kind: z.enum(TASK_KINDS).optional(), wardId: wardId.optional() }))
    .output(eventIterator(taskPart)),
  list: query({ may: 'tasks' })
    .input(z.object({ kind: z.enum(TASK_KINDS).optional(), wardId: wardId.optional() }))
    .output(z.array(task)),
  /** Done ones of `[from, to)`, newest first, at most 500. */
  done: query({ may: 'tasks' })
    .input(z.object({ kind: z.enum(TASK_KINDS).optional(), from: at, to: at }))
    .output(z.array(task)),
  /**
   * Starts a task and takes it in hand. Refusals: already-started (by whom), already-done, task-voided, not-your-kind,
   * in-future, before-request.
   */
  start: command({ may: 'tasks' })
    .input(commandInput({ taskId, at: at.optional() }))
    .output(task),
  /**
   * Done: the bed is ready. A task never started is started and done at once. Refusals: already-done, task-voided,
   * in-future, before-request, before-start.
   */
  finish: command({ may: 'tasks' })
    .input(commandInput({ taskId, at: at.optional() }))
    .output(task),
  /** Back to before: a started task to requested, a done one to started. Refusals: bed-taken-since, nothing-to-undo. */
  undo: command({ may: 'tasks' }).input(commandInput({ taskId })).output(task),
  /** To a colleague, or null: to anybody. Refusals: not-a-worker, already-done. */
  handOver: command({ may: 'tasks' })
    .input(commandInput({ taskId, userId: userId.nullable(), note: text(200).optional() }))
    .output(task),
  /**
   * The code of a bed's label was scanned, or the bed's name typed. Answers the open task of that bed and what a second scan would do; with `act`
   * does it (start, or finish when started; within 2 s of the start nothing, for scanners read a label twice).
   * Refusals: unknown-code, several-beds (which wards), no-task, those of start and finish.
   */
  scan: command({ may: 'tasks' })
    .input(commandInput({ code: z.string().max(5_000), act: z.boolean() }))
    .output(z.object({ task: task.nullable(), bedLabel: z.string(), next: z.enum(['start', 'finish', 'nothing']) })),
  /** Asks for a bed to be cleaned. Refusals: bed-occupied, already-requested. */
  requestCleaning: command({ may: 'bed-states' })
    .input(commandInput({ bedId, note: text(200).optional() }))
    .output(task),
  /** Asks for a patient to be brought somewhere. Refusals: not-in-progress. */
  requestTransport: command({ may: 'bed-states' })
    .input(commandInput({ encounterId, destination: words(100), note: text(200).optional() }))
    .output(task),
  /** Takes a task back. Refusals: already-done, bed-still-dirty (a cleaning that follows from a patient leaving). */
  void: command({ may: 'bed-states' })
    .input(commandInput({ taskId, reason: words(200) }))
    .output(done),
  /** Who may be handed tasks of a kind. */
  workers: query({ may: 'tasks' })
    .input(z.object({ kind: z.enum(TASK_KINDS) }))
    .output(z.array(z.object({ userId, displayName: z.string() }))),
};

export const beds = {
  /**
   * Takes a free or dirty bed out of use from `at`, if not now, until `to` or until somebody ends it.
   * Refusals: bed-occupied, already-blocked, in-future, in-past.
   */
  block: command({ may: 'bed-states' })
    .input(
      commandInput({ bedId, reason: blockReason, note: text(200).optional(), at: at.optional(), to: at.nullish() }),
    )
    .output(z.object({ blockId: z.string() })),
  /** Refusals: not-blocked. */
  unblock: command({ may: 'bed-states' })
    .input(commandInput({ blockId: z.string().max(64) }))
    .output(done),
  /** A person looked: the board is right (`board`), for this doubt until what contradicts changes. */
  settleDoubt: command({ may: 'bed-states' })
    .input(commandInput({ doubtId: z.string().max(200), note: text(200).optional() }))
    .output(done),
  /** A doubt settled by mistake is shown again. */
  reopenDoubt: command({ may: 'bed-states' })
    .input(commandInput({ doubtId: z.string().max(200) }))
    .output(done),
  /** What a bed's label says: the text of its code and the words under it. */
  labels: query({ may: 'see-beds' })
    .input(z.object({ wardId: wardId.optional(), bedId: bedId.optional() }))
    .output(
      z.array(z.object({ bedId, code: z.string(), bedLabel: z.string(), roomLabel: z.string(), wardName: z.string() })),
    ),
};
