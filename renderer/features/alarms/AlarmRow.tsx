import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { PatientId } from '#domain/ids.ts';
import { useMe, useZone } from '#renderer/client/hooks.ts';
import type { OpenAlarm } from '#renderer/client/live-alarms.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import flash from '#renderer/ui/flash.module.css';
import { formatDuration, formatRecent } from '#renderer/ui/format.ts';
import styles from './AlarmInbox.module.css';
import { AlarmNumber } from './AlarmNumber.tsx';
import { alarmNumbers, SIGNAL_WORDS } from './alarm-words.ts';

interface AlarmRowProps {
  readonly alarm: OpenAlarm;
  readonly selected: boolean;
  readonly patientId: PatientId | undefined;
  readonly canAnswer: boolean;
  /** Why nothing can be written now. */
  readonly why: string | undefined;
  onSelect(): void;
  onAnswer(): void;
}

/** One open alarm. Its frame flashes until somebody answers. */
export function AlarmRow({ alarm, selected, patientId, canAnswer, why, onSelect, onAnswer }: AlarmRowProps) {
  const { value, extreme, limit, unit } = alarmNumbers(alarm);
  const unanswered = alarm.signal !== 'ack';
  return (
    <tr
      className={`${styles.row} ${flash.flash}`}
      data-alarm={alarm.id}
      data-priority={alarm.priority}
      data-unanswered={unanswered || undefined}
      data-flash={unanswered ? alarm.priority : undefined}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onFocus={onSelect}
      onClick={onSelect}
    >
      <td className={styles.what}>
        <AlarmSymbol priority={alarm.priority} faint={!unanswered} />
        <span className={styles.priority}>{PRIORITY_WORDS[alarm.priority]}</span>
        <span className={styles.message}>{alarm.message}</span>
        {alarm.kind === 'technical' && <span className={styles.tag}>Technical</span>}
        {alarm.recurrences > 0 && <span className={styles.tag}>{`Again ×${alarm.recurrences}`}</span>}
      </td>
      <td>{alarm.bedLabel ?? '–'}</td>
      <td>
        {patientId ? (
          <Link to="/patient/$patientId" params={{ patientId }} className={styles.patient} tabIndex={-1}>
            {alarm.displayName}
          </Link>
        ) : (
          (alarm.displayName ?? '–')
        )}
      </td>
      <td>
        <Began at={alarm.beganAt} />
      </td>
      <td className={styles.number}>
        <AlarmNumber words={value} unit={unit} />
      </td>
      <td className={`${styles.number} ${styles.roomy}`}>
        <AlarmNumber words={extreme} unit={unit} />
      </td>
      <td className={`${styles.number} ${styles.roomy}`}>
        <AlarmNumber words={limit} unit={unit} />
      </td>
      <td>
        <State alarm={alarm} />
      </td>
      <td className={styles.act}>
        {unanswered && canAnswer && (
          <button
            type="button"
            tabIndex={-1}
            disabled={why !== undefined}
            title={why ?? 'Acknowledge (A)'}
            aria-label={`Acknowledge ${alarm.message}${alarm.bedLabel ? `, bed ${alarm.bedLabel}` : ''}`}
            onClick={(event) => {
              event.stopPropagation();
              onAnswer();
            }}
          >
            <IconCheck size={14} stroke={2.5} aria-hidden />
            Ack<span className={styles.roomy}>nowledge</span>
          </button>
        )}
      </td>
    </tr>
  );
}

const Began = memo(function Began({ at }: { at: number }) {
  const zone = useZone();
  const words = useNowAs(1_000, (now) => `${formatRecent(at, now, zone)}\n${formatDuration(now - at)}`);
  const [time, age] = words.split('\n');
  return (
    <>
      {time} <small className={styles.age}>{age}</small>
    </>
  );
});

function State({ alarm }: { alarm: OpenAlarm }) {
  const zone = useZone();
  const { user } = useMe();
  const recent = useNowAs(60_000, (now) => (alarm.acknowledgedAt ? formatRecent(alarm.acknowledgedAt, now, zone) : ''));
  if (alarm.signal !== 'ack') return <>{SIGNAL_WORDS[alarm.signal]}</>;
  return (
    <>
      Acknowledged {recent} {alarm.acknowledgedBy === user.id ? 'by you' : 'by a colleague'}
    </>
  );
}
