import { IconBiohazard, IconHourglassHigh } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import { TaskClocks } from './TaskClocks.tsx';
import styles from './TaskItem.module.css';
import type { TaskRecord } from './task-order.ts';
import { placeOf, verbOf, workOf } from './task-words.ts';

interface TaskItemProps {
  readonly task: TaskRecord;
  readonly busy: boolean;
  readonly onGo: () => void;
  readonly onHandOver: () => void;
  readonly onLate: () => void;
  readonly onUndo: () => void;
}

/** Marks a task's main button, for the keys of the screen. */
export const TASK_BUTTON = 'data-task';

/** A second touch of what was just touched does nothing for so long: start must not run on into done. Ms. */
const CALM_MS = 1_200;

/** One task: where, what, its clocks, and one large button for the next step. */
export function TaskItem({ task, busy, onGo, onHandOver, onLate, onUndo }: TaskItemProps) {
  const { user } = useMe();
  const writable = useWritable();
  const calm = useCalm(task.state);
  const rest = { disabled: !writable.ok || busy, title: writable.why ?? '' };
  return (
    <>
      <div className={styles.where}>
        <strong>{placeOf(task)}</strong>
        <span>{[task.roomLabel && `Room ${task.roomLabel}`, task.wardName].filter(Boolean).join(', ')}</span>
      </div>
      <div className={styles.what}>
        <p>{workOf(task)}</p>
        <Marks task={task} />
        {task.note && <p className={styles.note}>“{task.note}”</p>}
      </div>
      <div className={styles.clocks}>
        <TaskClocks task={task} />
      </div>
      <div className={styles.acts}>
        {task.state === 'started' && (
          <button type="button" className={styles.less} {...rest} onClick={onUndo}>
            Not started
          </button>
        )}
        <button type="button" className={styles.less} {...rest} onClick={onLate}>
          Late…
        </button>
        <button type="button" className={styles.less} {...rest} onClick={onHandOver}>
          Hand over…
        </button>
        <button
          type="button"
          className={styles.go}
          {...{ [TASK_BUTTON]: task.id }}
          {...rest}
          aria-label={`${verbOf(task)}: ${placeOf(task)}`}
          data-next={task.state === 'started' && task.assigneeId === user.id}
          onKeyDown={ignoreHeld}
          onClick={() => !calm && onGo()}
        >
          {verbOf(task)}
        </button>
      </div>
    </>
  );
}

/** A key held down presses once. */
function ignoreHeld(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault();
}

/** True for a moment after the state changed before one's eyes. */
function useCalm(state: string): boolean {
  const [seen, setSeen] = useState(state);
  const calm = seen !== state;
  useEffect(() => {
    if (!calm) return;
    const timer = setTimeout(() => setSeen(state), CALM_MS);
    return () => clearTimeout(timer);
  }, [calm, state]);
  return calm;
}

function Marks({ task }: { readonly task: TaskRecord }) {
  return (
    <p className={styles.marks}>
      {task.contaminated && (
        <span data-strong>
          <IconBiohazard size={18} stroke={1.75} aria-hidden /> Contaminated: clean as after isolation
        </span>
      )}
      {task.wanted && (
        <span>
          <IconHourglassHigh size={18} stroke={1.75} aria-hidden /> Somebody waits for this bed
        </span>
      )}
      {task.state === 'started' && <span>Started by {task.assigneeName ?? 'a colleague'}</span>}
      {task.state === 'requested' && task.assigneeName && <span>For {task.assigneeName}</span>}
    </p>
  );
}
