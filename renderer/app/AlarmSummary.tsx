import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PRIORITIES, type Priority } from '#domain/alarm/alarm.ts';
import { useMe, useWards } from '#renderer/client/hooks.ts';
import { useBoardAlarms, useOpenAlarms } from '#renderer/client/live-hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import flash from '#renderer/ui/flash.module.css';
import { counted } from '#renderer/ui/format.ts';
import styles from './AlarmSummary.module.css';

/** What is counted of an alarm. */
interface Counted {
  readonly priority: Priority;
  readonly signal: string;
}

/** Open alarms by priority, always; for those who may see vital signs each number opens the list it counts. */
export function AlarmSummary() {
  const { may } = useMe();
  if (may('see-vitals')) return <OfTheClinic />;
  return may('see-board') ? <OfTheBoards /> : null;
}

function OfTheClinic() {
  const alarms = useOpenAlarms();
  return (
    <nav className={styles.summary} aria-label="Open alarms" aria-live="off">
      {PRIORITIES.map((priority) => {
        const { words, flashing, inside } = summarise(alarms, priority);
        return (
          <Link
            key={priority}
            to="/alarms"
            search={{ priority }}
            className={`${styles.count} ${flash.flash}`}
            data-flash={flashing}
            aria-label={words}
          >
            {inside}
          </Link>
        );
      })}
    </nav>
  );
}

/** A wall has no alarm list: it counts what its boards show. */
function OfTheBoards() {
  const wards = useWards().data;
  const alarms = useBoardAlarms(wards?.map(({ id }) => id) ?? []);
  return (
    <ul className={styles.summary} aria-label="Open alarms" aria-live="off">
      {PRIORITIES.map((priority) => {
        const { words, flashing, inside } = summarise(alarms, priority);
        return (
          <li key={priority} className={`${styles.count} ${flash.flash}`} data-flash={flashing} title={words}>
            {inside}
          </li>
        );
      })}
    </ul>
  );
}

interface Summary {
  readonly words: string;
  readonly flashing: Priority | undefined;
  readonly inside: ReactNode;
}

function summarise(alarms: readonly Counted[] | undefined, priority: Priority): Summary {
  const open = alarms?.filter((alarm) => alarm.priority === priority);
  const unanswered = open?.some(({ signal }) => signal !== 'ack') ?? false;
  const name = PRIORITY_WORDS[priority];
  const answered = unanswered ? 'not all acknowledged' : 'all acknowledged';
  return {
    words: open
      ? `${counted(open.length, `${name.toLowerCase()} priority alarm`)}, ${answered}`
      : 'Alarms not read yet',
    flashing: unanswered ? priority : undefined,
    inside: (
      <>
        <AlarmSymbol priority={priority} faint={!unanswered} />
        <strong>{open?.length ?? '–'}</strong>
        <span>{name}</span>
      </>
    ),
  };
}
