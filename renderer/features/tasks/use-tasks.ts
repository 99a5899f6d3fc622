import { useEffect, useState } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { follow } from '#renderer/client/follow.ts';
import type { Records } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import type { TaskRecord } from './task-order.ts';

type TaskStream = Records['tasks']['watch'];
export type TaskPart = TaskStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;

interface TasksHeard {
  /** Open ones in no order; undefined until the hub has told. */
  readonly tasks: readonly TaskRecord[] | undefined;
  readonly trouble: string | undefined;
}

/** Every open task the reader may do, kept current as long as the component is on screen. */
export function useTasks(): TasksHeard {
  const { hub, link } = useClinic();
  const [heard, setHeard] = useState<TasksHeard>({ tasks: undefined, trouble: undefined });
  useEffect(() => {
    const byId = new Map<string, TaskRecord>();
    return follow<TaskPart>({
      hub,
      link,
      open: (signal) => hub.tasks.watch({}, { signal }),
      apply(part) {
        if (part.kind === 'whole') byId.clear();
        else for (const id of part.removed) byId.delete(id);
        for (const task of part.tasks) byId.set(task.id, task);
        setHeard({ tasks: [...byId.values()], trouble: undefined });
      },
      onTrouble: (error) =>
        setHeard((before) => ({ ...before, trouble: sayError(error instanceof Error ? error : new Error()) })),
    });
  }, [hub, link]);
  return heard;
}
