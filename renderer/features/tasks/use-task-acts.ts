import { useEffect, useRef, useState } from 'react';
import type { TaskId } from '#domain/ids.ts';
import { type Command, useCommand, useWritable } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import type { Scanned } from '#renderer/ui/use-scans.ts';
import { type Said, saidOf, shownCode } from './said.ts';
import type { TaskRecord } from './task-order.ts';
import { placeOf } from './task-words.ts';

export const DONE_KEY = ['tasks', 'done'] as const;

/** A scanner that reads the same label twice in a row means it once. Ms. */
const SAME_SCAN_MS = 3_000;
/** How long a question stands before a scan asks it anew. Ms. */
const QUESTION_MS = 30_000;

export interface TaskActs {
  readonly said: Said | null;
  /** The task something is being asked of the hub for. */
  readonly busy: TaskId | null;
  /** Starts a task, or finishes one that is started. */
  go(task: TaskRecord): void;
  undo(task: TaskRecord): void;
  scan(scanned: Scanned): void;
  /** Yes to the question of a scan. */
  confirm(): void;
  say(said: Said | null): void;
}

type OnTask = Command<{ taskId: TaskId }, TaskRecord>;
type Say = (said: Said | null) => void;

/** Says why the hub refused, and lets the refusal go on. */
function refusing(say: Say, words: (error: Error) => string): (error: unknown) => never {
  return (error) => {
    say({ kind: 'refused', words: words(error instanceof Error ? error : new Error()) });
    throw error;
  };
}

function useTaskCommand(act: 'start' | 'finish' | 'undo', say: Say): OnTask {
  return useCommand((hub, input) => hub.tasks[act](input).catch(refusing(say, sayError)), {
    invalidate: [DONE_KEY],
    onDone: (task) => say(saidOf(act, task)),
  });
}

const FAULT_WORDS = {
  incomplete: 'The scan broke off. Nothing was changed; scan again.',
  'too-long': 'This code is too long to be a bed’s label. Nothing was changed.',
} as const;

function scanRefusal(error: Error, code: string): string {
  return `${sayError(error)} Read: “${shownCode(code)}”.`;
}

/** Everything a worker does to tasks, by hand or by scan, and what came of the last of it. */
export function useTaskActs(): TaskActs {
  const writable = useWritable();
  const [said, say] = useState<Said | null>(null);
  const [busy, setBusy] = useState<TaskId | null>(null);
  const lastScan = useRef({ code: '', at: Number.NEGATIVE_INFINITY });
  const scanning = useRef(false);
  const commands = {
    start: useTaskCommand('start', say),
    finish: useTaskCommand('finish', say),
    undo: useTaskCommand('undo', say),
  };
  const look = useCommand((hub, input: { code: string; act: boolean }) =>
    hub.tasks.scan(input).catch(refusing(say, (error) => scanRefusal(error, input.code))),
  );

  useEffect(() => {
    if (said?.kind !== 'ask') return;
    const timer = setTimeout(() => say(null), QUESTION_MS);
    return () => clearTimeout(timer);
  }, [said]);

  async function run(command: OnTask, taskId: TaskId): Promise<void> {
    setBusy(taskId);
    await command.run({ taskId });
    setBusy(null);
  }

  // A start is easily taken back and done at once; giving a bed free is asked first. By the task, not by the code: what a
  // colleague did meanwhile is then refused, never carried on with.
  async function follow(code: string): Promise<void> {
    const found = await look.run({ code, act: false });
    if (!found) return;
    const { task, next, bedLabel } = found;
    if (task && next === 'start') return run(commands.start, task.id);
    if (task && next === 'finish') return say({ kind: 'ask', words: questionOf(task), code, task });
    say({ kind: 'refused', words: `There is nothing to do at bed ${bedLabel}.` });
  }

  async function take(code: string): Promise<void> {
    const again = code === lastScan.current.code && performance.now() - lastScan.current.at < SAME_SCAN_MS;
    if (again || scanning.current) return;
    lastScan.current = { code, at: performance.now() };
    scanning.current = true;
    await (said?.kind === 'ask' && said.code === code ? run(commands.finish, said.task.id) : follow(code));
    scanning.current = false;
  }

  return {
    said,
    busy,
    say,
    go: (task) => void run(task.state === 'started' ? commands.finish : commands.start, task.id),
    undo: (task) => void run(commands.undo, task.id),
    confirm: () => said?.kind === 'ask' && void run(commands.finish, said.task.id),
    scan(result) {
      if (!writable.ok) say({ kind: 'refused', words: `${writable.why} Nothing was changed.` });
      else if ('fault' in result) say({ kind: 'refused', words: FAULT_WORDS[result.fault] });
      else void take(result.code);
    },
  };
}

function questionOf(task: TaskRecord): string {
  const asked = task.kind === 'cleaning' ? 'is being cleaned. Is it clean now?' : 'is on the way. Arrived?';
  return `${placeOf(task)} ${asked} Scan it again or press Enter.`;
}
