import { useToldNow } from '#renderer/client/live-hooks.ts';
import styles from './TaskClocks.module.css';
import { clocksOf, type TaskRecord } from './task-order.ts';
import { CLOCK_WORDS, dueWords } from './task-words.ts';

const EVERY_MS = 10_000;

/** The clocks of a task that run, each against its target. An overdue one says so. */
export function TaskClocks({ task }: { readonly task: TaskRecord }) {
  const now = useToldNow(EVERY_MS);
  const clocks = clocksOf(task);
  if (clocks.length === 0) return null;
  return (
    <dl className={styles.clocks}>
      {clocks.map((clock) => {
        const part = Math.min(1, Math.max(0, (now - clock.from) / Math.max(1, clock.dueAt - clock.from)));
        return (
          <div key={clock.name} data-overdue={now > clock.dueAt || undefined}>
            <dt>{CLOCK_WORDS[clock.name]}</dt>
            <dd>{dueWords(clock, now)}</dd>
            <span className={styles.bar} aria-hidden="true">
              <span style={{ width: `${part * 100}%` }} />
            </span>
          </div>
        );
      })}
    </dl>
  );
}
