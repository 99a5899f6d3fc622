import { Button } from '@mantine/core';
import { Fragment, useRef } from 'react';
import { useMe } from '#renderer/client/hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import styles from './OpenTasks.module.css';
import { TaskItem } from './TaskItem.tsx';
import { groupOf, type TaskRecord } from './task-order.ts';
import { GROUP_WORDS } from './task-words.ts';
import type { TaskActs } from './use-task-acts.ts';
import { useTaskKeys } from './use-task-keys.ts';

interface OpenTasksProps {
  /** In the order of the screen. */
  readonly tasks: readonly TaskRecord[];
  /** How many there are without filters. */
  readonly all: number;
  readonly acts: TaskActs;
  readonly onHandOver: (task: TaskRecord) => void;
  readonly onLate: (task: TaskRecord) => void;
  readonly onShowAll: () => void;
}

/** Open tasks under three headings: in one's own hands, to do, in other hands; the most pressing first in each. */
export function OpenTasks({ tasks, all, acts, onHandOver, onLate, onShowAll }: OpenTasksProps) {
  const { user } = useMe();
  const list = useRef<HTMLUListElement>(null);
  useTaskKeys({ list, tasks, onHandOver, onLate, onUndo: acts.undo });
  if (tasks.length === 0) {
    return (
      <Blank title={all === 0 ? 'Nothing to do' : 'Nothing to do in this choice'}>
        {all === 0 ? <p>A new task appears here by itself.</p> : <Button onClick={onShowAll}>Show all tasks</Button>}
      </Blank>
    );
  }
  return (
    <ul ref={list} className={styles.tasks} aria-label="Open tasks">
      {tasks.map((task, index) => {
        const group = groupOf(task, user.id);
        const before = tasks[index - 1];
        const heads = !before || groupOf(before, user.id) !== group;
        return (
          <Fragment key={task.id}>
            {heads && (
              <li className={styles.heading}>
                <h2>
                  {GROUP_WORDS[group]} <span>{tasks.filter((one) => groupOf(one, user.id) === group).length}</span>
                </h2>
              </li>
            )}
            <li className={styles.task}>
              <TaskItem
                task={task}
                busy={acts.busy === task.id}
                onGo={() => acts.go(task)}
                onHandOver={() => onHandOver(task)}
                onLate={() => onLate(task)}
                onUndo={() => acts.undo(task)}
              />
            </li>
          </Fragment>
        );
      })}
    </ul>
  );
}
