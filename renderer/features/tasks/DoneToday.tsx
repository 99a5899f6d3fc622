import { useQueryOf, useWritable, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { dayStart, dayStartAfter } from '#renderer/ui/clinic-days.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatDuration, formatTime } from '#renderer/ui/format.ts';
import styles from './DoneToday.module.css';
import type { TaskRecord } from './task-order.ts';
import { placeOf, workOf } from './task-words.ts';
import { DONE_KEY, type TaskActs } from './use-task-acts.ts';

/** Tasks ended on the clinic's present day, the latest first. */
export function useDoneToday() {
  const zone = useZone();
  const from = dayStart(useNow(60_000), zone);
  return useQueryOf([...DONE_KEY, from], (hub) => hub.tasks.done({ from, to: dayStartAfter(from, 1, zone) }), {
    staleTime: 5_000,
  });
}

interface DoneTodayProps {
  readonly done: ReturnType<typeof useDoneToday>;
  readonly shown: readonly TaskRecord[];
  readonly acts: TaskActs;
}

/** What was done today, with how long each step took; the last step can be taken back. */
export function DoneToday({ done, shown, acts }: DoneTodayProps) {
  const zone = useZone();
  const writable = useWritable();
  if (done.isPending) return <p role="status">Reading what was done today…</p>;
  if (done.isError && !done.data) {
    return (
      <Fault
        title="What was done today could not be read."
        detail={sayError(done.error)}
        action="Try again"
        onAction={() => void done.refetch()}
      />
    );
  }
  if (shown.length === 0) return <Blank title="Nothing done yet today" />;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">Done today, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Done</th>
            <th scope="col">Where</th>
            <th scope="col">What</th>
            <th scope="col">Until start</th>
            <th scope="col">Start to done</th>
            <th scope="col">By</th>
            <th scope="col">
              <span className="visually-hidden">Undo</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((task) => (
            <tr key={task.id}>
              <td>{task.doneAt === null ? 'Taken back' : formatTime(task.doneAt, zone)}</td>
              <th scope="row">
                {placeOf(task)} <small>{task.wardName}</small>
              </th>
              <td>{workOf(task)}</td>
              <td>{between(task.requestedAt, task.startedAt)}</td>
              <td>{between(task.startedAt, task.doneAt)}</td>
              <td>{task.assigneeName ?? '–'}</td>
              <td>
                {task.state === 'done' && (
                  <button
                    type="button"
                    disabled={!writable.ok || acts.busy === task.id}
                    title={writable.why ?? ''}
                    aria-label={`Undo: ${placeOf(task)} is not done`}
                    onClick={() => acts.undo(task)}
                  >
                    Undo
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function between(from: number | null, to: number | null): string {
  return from === null || to === null ? '–' : formatDuration(to - from);
}
