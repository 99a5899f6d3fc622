import type { TaskRecord } from './task-order.ts';
import { placeOf } from './task-words.ts';

/** What the screen last did or asks, for the bar under the list. */
export type Said =
  | { readonly kind: 'done'; readonly words: string; readonly undo: TaskRecord | null }
  /** A scan would finish this task: said before it is done, since it gives the bed free. */
  | { readonly kind: 'ask'; readonly words: string; readonly code: string; readonly task: TaskRecord }
  | { readonly kind: 'refused'; readonly words: string };

/** What an act did to a task, in words; undo leads back from it. */
export function saidOf(act: 'start' | 'finish' | 'undo', task: TaskRecord): Said {
  const place = placeOf(task);
  const cleaning = task.kind === 'cleaning';
  if (act === 'start')
    return { kind: 'done', words: `${place}: ${cleaning ? 'cleaning' : 'transport'} started.`, undo: task };
  if (act === 'finish') {
    return { kind: 'done', words: `${place}: ${cleaning ? 'clean, the bed is ready.' : 'arrived.'}`, undo: task };
  }
  return {
    kind: 'done',
    words: `${place}: taken back, ${task.state === 'started' ? 'still in hand' : 'not started'}.`,
    undo: null,
  };
}

/** A code as one line that can be shown: what is long is cut, what cannot be seen is left out. */
export function shownCode(code: string): string {
  const plain = code.replace(/[\p{C}\s]+/gu, ' ').trim();
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
