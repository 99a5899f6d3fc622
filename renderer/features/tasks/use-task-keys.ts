import { type RefObject, useEffect, useRef } from 'react';
import { useKeys } from '#renderer/ui/keys.ts';
import { TASK_BUTTON } from './TaskItem.tsx';
import type { TaskRecord } from './task-order.ts';

interface TaskKeys {
  readonly list: RefObject<HTMLUListElement | null>;
  readonly tasks: readonly TaskRecord[];
  readonly onHandOver: (task: TaskRecord) => void;
  readonly onLate: (task: TaskRecord) => void;
  readonly onUndo: (task: TaskRecord) => void;
}

/** Keys of the list: J and K go through it, Enter presses what is in focus, H hands over, L enters it late, U says it was not
 * started. */
export function useTaskKeys({ list, tasks, onHandOver, onLate, onUndo }: TaskKeys): void {
  const buttons = () => [...(list.current?.querySelectorAll<HTMLElement>(`[${TASK_BUTTON}]`) ?? [])];
  const here = useFocusKept(list, buttons);

  function walk(step: 1 | -1): boolean {
    const all = buttons();
    const at = all.findIndex((button) => button.closest('li')?.contains(document.activeElement));
    const next = at === -1 ? all[step === 1 ? 0 : all.length - 1] : all[at + step];
    next?.focus();
    return next !== undefined;
  }

  function onCurrent(run: (task: TaskRecord) => void, fits: (task: TaskRecord) => boolean = () => true): boolean {
    const task = tasks.find(({ id }) => id === here.current.id);
    if (!task || !fits(task)) return false;
    run(task);
    return true;
  }

  useKeys('Tasks', [
    { key: 'j', label: 'Next task', run: () => walk(1) },
    { key: 'k', label: 'Task before', run: () => walk(-1) },
    { key: 'ArrowDown', run: () => walk(1) },
    { key: 'ArrowUp', run: () => walk(-1) },
    { key: 'Enter', label: 'Start the task, or say it is done', run: () => false },
    { key: 'h', label: 'Hand the task over', run: () => onCurrent(onHandOver) },
    { key: 'l', label: 'It was started or done earlier', run: () => onCurrent(onLate) },
    { key: 'u', label: 'The task is not started', run: () => onCurrent(onUndo, ({ state }) => state === 'started') },
  ]);
}

/** Which task has the focus; it keeps it while the list is drawn anew, and gives its place on when it is gone. */
function useFocusKept(list: RefObject<HTMLUListElement | null>, buttons: () => HTMLElement[]) {
  const here = useRef({ id: '', index: 0 });
  useEffect(() => {
    const node = list.current;
    function focused(event: FocusEvent): void {
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      const button = item?.querySelector(`[${TASK_BUTTON}]`);
      if (button)
        here.current = { id: button.getAttribute(TASK_BUTTON) ?? '', index: buttons().indexOf(button as HTMLElement) };
    }
    node?.addEventListener('focusin', focused);
    return () => node?.removeEventListener('focusin', focused);
  });
  useEffect(() => {
    if (here.current.id === '' || document.activeElement !== document.body) return;
    const all = buttons();
    const same = all.find((button) => button.getAttribute(TASK_BUTTON) === here.current.id);
    (same ?? all[Math.min(here.current.index, all.length - 1)])?.focus({ preventScroll: true });
  });
  return here;
}
