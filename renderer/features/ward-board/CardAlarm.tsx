import { IconCheck } from '@tabler/icons-react';
import { memo } from 'react';
import type { AlarmId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import styles from './CardAlarm.module.css';
import { CARD_ACK } from './use-board-keys.ts';

interface CardAlarmProps {
  /** Worst first. */
  readonly alarms: BedLive['alarms'];
  readonly bedLabel: string;
}

/** The alarm to act on: the worst nobody has answered, else the worst. Symbol, word, message; one act answers it. */
export const CardAlarm = memo(
  function CardAlarm({ alarms, bedLabel }: CardAlarmProps) {
    const alarm = alarms.find(({ signal }) => signal !== 'ack') ?? alarms[0];
    if (!alarm) return null;
    const { priority, message, signal } = alarm;
    const answered = signal === 'ack';
    return (
      <div className={styles.alarm} data-priority={answered ? undefined : priority}>
        <AlarmSymbol priority={priority} faint={answered} inverted={!answered && priority !== 'low'} size={16} />
        <span className={styles.message} title={message}>
          <span className={styles.priority}>{PRIORITY_WORDS[priority]}</span> {message}
          {signal === 'latched' && ' (has ended)'}
        </span>
        {alarms.length > 1 && (
          <span className={styles.more} title={alarms.map((other) => other.message).join('\n')}>
            +{alarms.length - 1}
            <span className="visually-hidden"> more alarms</span>
          </span>
        )}
        {answered ? <span className={styles.answered}>Ack</span> : <AckButton alarmId={alarm.id} bedLabel={bedLabel} />}
      </div>
    );
  },
  (before, after) =>
    before.bedLabel === after.bedLabel && JSON.stringify(before.alarms) === JSON.stringify(after.alarms),
);

function AckButton({ alarmId, bedLabel }: { alarmId: AlarmId; bedLabel: string }) {
  const { may } = useMe();
  const writable = useWritable();
  const acknowledge = useCommand((hub, input: { alarmId: AlarmId }) => hub.alarms.acknowledge(input));
  if (!may('acknowledge-alarms')) return null;
  const mark = { [CARD_ACK]: '' };
  return (
    <button
      type="button"
      className={styles.ack}
      aria-label={`Acknowledge the alarm of bed ${bedLabel}`}
      title={writable.why ?? acknowledge.error?.message ?? 'Acknowledge (A)'}
      disabled={!writable.ok || acknowledge.pending}
      onClick={() => void acknowledge.run({ alarmId })}
      {...mark}
    >
      <IconCheck size={14} stroke={2.5} aria-hidden />
      Ack
    </button>
  );
}
