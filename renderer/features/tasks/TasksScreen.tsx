import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { TASK_KINDS, type TaskKind } from '#domain/flow/task.ts';
import { Freshness } from '#renderer/client/Freshness.tsx';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { useScans } from '#renderer/ui/use-scans.ts';
import { ActBar } from './ActBar.tsx';
import { DoneToday, useDoneToday } from './DoneToday.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { LateTaskDialog } from './LateTaskDialog.tsx';
import { OpenTasks } from './OpenTasks.tsx';
import styles from './TasksScreen.module.css';
import { type TaskRecord, tasksInOrder } from './task-order.ts';
import { useTaskActs } from './use-task-acts.ts';
import { useTasks } from './use-tasks.ts';

interface TaskSearch {
  readonly view?: string | undefined;
  readonly kind?: string | undefined;
  readonly ward?: string | undefined;
}

const KIND_WORDS: Readonly<Record<TaskKind, string>> = { cleaning: 'Cleaning', transport: 'Transport' };

/** Work of cleaners and porters, for hands in gloves: by touch, by keys, or by scanning a bed's label. */
export function TasksScreen() {
  const { user } = useMe();
  const search = useSearch({ strict: false }) as TaskSearch;
  const navigate = useNavigate();
  const wards = useWards().data ?? [];
  const { tasks, trouble } = useTasks();
  const done = useDoneToday();
  const acts = useTaskActs();
  const [handing, setHanding] = useState<TaskRecord | null>(null);
  const [late, setLate] = useState<TaskRecord | null>(null);
  useScans((scanned) => {
    if (handing === null && late === null) acts.scan(scanned);
    else acts.say({ kind: 'refused', words: 'Finish or leave the open dialog first; the scan was not used.' });
  });
  if (!tasks) {
    return trouble ? (
      <Fault title="The tasks could not be read." detail={trouble} />
    ) : (
      <p role="status">Reading the tasks…</p>
    );
  }
  const choose = (changes: TaskSearch) => void navigate({ to: '.', search: { ...search, ...changes }, replace: true });
  const kind = TASK_KINDS.find((one) => one === search.kind);
  const ward = wards.some(({ id }) => id === search.ward) ? search.ward : undefined;
  const shows = (task: TaskRecord) =>
    (kind === undefined || task.kind === kind) && (ward === undefined || task.wardId === ward);
  const open = tasksInOrder(tasks.filter(shows), user.id);
  const ended = (done.data ?? []).filter(shows);
  const isDone = search.view === 'done';
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>Tasks</h1>
        <Freshness />
        <fieldset>
          <legend className="visually-hidden">Open or done</legend>
          <button type="button" aria-pressed={!isDone} onClick={() => choose({ view: undefined })}>
            Open <strong>{open.length}</strong>
          </button>
          <button type="button" aria-pressed={isDone} onClick={() => choose({ view: 'done' })}>
            Done today {done.data && <strong>{ended.length}</strong>}
          </button>
        </fieldset>
        <KindChoice tasks={tasks} kind={kind} onChoose={(next) => choose({ kind: next })} />
        <label>
          <span className="visually-hidden">Ward</span>
          <select
            value={ward ?? ''}
            onChange={({ currentTarget }) => choose({ ward: currentTarget.value || undefined })}
          >
            <option value="">All wards</option>
            {wards.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </header>
      <div className={styles.list}>
        {isDone ? (
          <DoneToday done={done} shown={ended} acts={acts} />
        ) : (
          <OpenTasks
            tasks={open}
            all={tasks.length}
            acts={acts}
            onHandOver={setHanding}
            onLate={setLate}
            onShowAll={() => choose({ kind: undefined, ward: undefined })}
          />
        )}
      </div>
      <ActBar acts={acts} />
      {late && <LateTaskDialog task={late} onClose={() => setLate(null)} onDone={acts.say} />}
      {handing && (
        <HandOverDialog
          task={handing}
          onClose={() => setHanding(null)}
          onDone={(words) => acts.say({ kind: 'done', words, undo: null })}
        />
      )}
    </div>
  );
}

interface KindChoiceProps {
  readonly tasks: readonly TaskRecord[];
  readonly kind: TaskKind | undefined;
  readonly onChoose: (kind: TaskKind | undefined) => void;
}

/** Only for those who see both kinds. */
function KindChoice({ tasks, kind, onChoose }: KindChoiceProps) {
  const { user } = useMe();
  if (user.roles.every((role) => role === 'cleaner') || user.roles.every((role) => role === 'porter')) return null;
  return (
    <fieldset>
      <legend className="visually-hidden">Kind of task</legend>
      <button type="button" aria-pressed={kind === undefined} onClick={() => onChoose(undefined)}>
        All <strong>{tasks.length}</strong>
      </button>
      {TASK_KINDS.map((one) => (
        <button key={one} type="button" aria-pressed={kind === one} onClick={() => onChoose(one)}>
          {KIND_WORDS[one]} <strong>{tasks.filter((task) => task.kind === one).length}</strong>
        </button>
      ))}
    </fieldset>
  );
}
