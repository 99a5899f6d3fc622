import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { TaskKind } from '#domain/flow/task.ts';
import { kindsFor } from '#domain/flow/task-steps.ts';
import type { EncounterId, TaskId, WardId } from '#domain/ids.ts';
import { allows, type Role } from '#domain/user/role.ts';
import type { ChangeEmitter } from './changes.ts';
import { refused } from './command.ts';
import type { Streams } from './streams.ts';
import {
  asksForCleaning,
  asksForTransport,
  finishesTask,
  handsOver,
  scans,
  startsTask,
  type TaskActsDeps,
  undoesStep,
  voidsTask,
} from './task-acts.ts';
import { pressing, type TaskRow, taskRow, wardsAsked } from './task-rows.ts';

export type TasksDeps = Omit<TaskActsDeps, 'changed'> & {
  readonly changed: ChangeEmitter;
  readonly streams: Streams;
};

interface Asked {
  readonly kind?: TaskKind | undefined;
  readonly wardId?: WardId | undefined;
}

const DONE_AT_MOST = 500;

/** What cleaners and porters have to do. */
export function createTasks(deps: TasksDeps): HandlersOf<typeof contract.tasks> {
  const { tasks, users } = deps;
  const open = keepOpenTasks(deps);
  return {
    watch: (asked, context) => watchTasks(deps, open, asked, context),
    list: (asked, { actor }) => openRows(deps, asked, actor.roles),
    done: ({ kind, from, to }, { actor }) => {
      const kinds = kindsFor(actor.roles).filter((one) => kind === undefined || one === kind);
      return tasks.listDone(from, to, DONE_AT_MOST, kinds).map((task) => taskRow(deps, task, actor.roles));
    },
    start: (input, context) => context.commit((afterCommit) => startsTask(deps, input, context, afterCommit)),
    finish: (input, context) => context.commit((afterCommit) => finishesTask(deps, input, context, afterCommit)),
    undo: ({ taskId }, context) => context.commit((afterCommit) => undoesStep(deps, taskId, context, afterCommit)),
    handOver: (input, context) => context.commit((afterCommit) => handsOver(deps, input, context, afterCommit)),
    scan: (input, context) => context.commit((afterCommit) => scans(deps, input, context, afterCommit)),
    requestCleaning: (input, context) =>
      context.commit((afterCommit) => asksForCleaning(deps, input, context, afterCommit)),
    requestTransport: (input, context) =>
      context.commit((afterCommit) => asksForTransport(deps, input, context, afterCommit)),
    void: (input, context) =>
      context.commit((afterCommit) => {
        voidsTask(deps, input, context, afterCommit);
        return { ok: true };
      }),
    workers({ kind }, { actor }) {
      if (!kindsFor(actor.roles).includes(kind)) throw refused('not-your-kind', `You do no ${kind}.`);
      // Whose work it is before those who may do it too.
      const rank = (roles: readonly Role[]) => (allows(roles, 'bed-states') ? 1 : 0);
      return users
        .list()
        .filter(({ disabled, roles }) => !disabled && kindsFor(roles).includes(kind))
        .sort((left, right) => rank(left.roles) - rank(right.roles) || (left.displayName < right.displayName ? -1 : 1))
        .map(({ id, displayName }) => ({ userId: id, displayName }));
    },
  };
}

function openRows(deps: TasksDeps, asked: Asked, roles: readonly Role[]): TaskRow[] {
  const asking = wardsAsked(deps);
  const open = deps.tasks.listOpen().map((task) => taskRow(deps, task, roles, asking));
  return open.filter((row) => isAskedFor(row, asked, roles)).sort(pressing);
}

function isAskedFor({ kind, wardId, state }: TaskRow, asked: Asked, roles: readonly Role[]): boolean {
  if (state !== 'requested' && state !== 'started') return false;
  if (!kindsFor(roles).includes(kind) || (asked.kind !== undefined && asked.kind !== kind)) return false;
  return asked.wardId === undefined || asked.wardId === wardId;
}

type OpenTasks = () => ReadonlyMap<TaskId, EncounterId | null>;

/** Open tasks and whom they are about, kept in memory for all who watch: read once, then kept up by what changes. */
function keepOpenTasks({ tasks, changed }: Pick<TasksDeps, 'tasks' | 'changed'>): OpenTasks {
  let open: Map<TaskId, EncounterId | null> | undefined;
  changed.on({
    task(taskId) {
      const task = open && tasks.find(taskId);
      if (task?.state === 'requested' || task?.state === 'started') open?.set(taskId, task.encounterId);
      else open?.delete(taskId);
    },
  });
  return () => {
    open ??= new Map(tasks.listOpen().map(({ id, encounterId }) => [id, encounterId]));
    return open;
  };
}

function watchTasks(deps: TasksDeps, open: OpenTasks, asked: Asked, context: CallContext) {
  const { tasks, changed, streams } = deps;
  const { roles } = context.actor;
  const shown = new Set<TaskId>();
  const show = (row: TaskRow): TaskRow => {
    shown.add(row.id);
    return row;
  };
  const lookUp = (taskId: TaskId, asking: ReadonlySet<WardId>): TaskRow | undefined => {
    const task = tasks.find(taskId);
    const row = task && taskRow(deps, task, roles, asking);
    return row && isAskedFor(row, asked, roles) ? row : undefined;
  };
  return streams.latest({
    context,
    keyOf: (taskId: TaskId) => taskId,
    subscribe: (push) => subscribeTo(changed, tasks, open, push),
    whole: () => ({ kind: 'whole' as const, tasks: openRows(deps, asked, roles).map(show) }),
    changes(taskIds) {
      const asking = wardsAsked(deps);
      const rows = new Map(taskIds.map((taskId) => [taskId, lookUp(taskId, asking)]));
      return {
        kind: 'changes' as const,
        tasks: [...rows.values()].flatMap((row) => (row ? [show(row)] : [])),
        removed: taskIds.filter((taskId) => !rows.get(taskId) && shown.delete(taskId)),
      };
    },
  });
}

/** Hears of the tasks themselves and of all that shows in their rows: names, places, targets, and who wants the bed. */
function subscribeTo(
  changed: ChangeEmitter,
  tasks: TasksDeps['tasks'],
  open: OpenTasks,
  push: (taskId: TaskId) => void,
): () => void {
  const all = (): void => {
    for (const id of open().keys()) push(id);
  };
  return changed.on({
    task: push,
    bedState(bedId) {
      const cleaning = tasks.openCleaning(bedId);
      if (cleaning) push(cleaning.id);
    },
    flow(encounterId) {
      for (const [id, about] of open()) if (about === encounterId) push(id);
    },
    bedRequest: all,
    patient: all,
    settings: all,
    locations: all,
  });
}
