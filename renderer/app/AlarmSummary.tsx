import { Link } from '@tanstack/react-router';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import { useOpenAlarms } from '#renderer/client/live-hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import flash from '#renderer/ui/flash.module.css';
import { counted } from '#renderer/ui/format.ts';
import styles from './AlarmSummary.module.css';

/** Open alarms of the whole clinic by priority, always; each number opens the list it counts. */
export function AlarmSummary() {
  const alarms = useOpenAlarms();
  return (
    <nav className={styles.summary} aria-label="Open alarms" aria-live="off">
      {PRIORITIES.map((priority) => {
        const open = alarms?.filter((alarm) => alarm.priority === priority);
        const unanswered = open?.some(({ signal }) => signal !== 'ack') ?? false;
        const words = open ? counted(open.length, `${PRIORITY_WORDS[priority].toLowerCase()} priority alarm`) : '';
        return (
          <Link
            key={priority}
            to="/alarms"
            search={{ priority }}
            className={`${styles.count} ${flash.flash}`}
            data-priority={priority}
            data-none={open?.length === 0 || undefined}
            data-flash={unanswered ? priority : undefined}
            aria-label={
              open ? `${words}, ${unanswered ? 'not all acknowledged' : 'all acknowledged'}` : 'Alarms not read yet'
            }
          >
            <AlarmSymbol priority={priority} faint={!unanswered} />
            <strong>{open?.length ?? '–'}</strong>
            <span>{PRIORITY_WORDS[priority]}</span>
          </Link>
        );
      })}
    </nav>
  );
}
