import { IconCheck } from '@tabler/icons-react';
import { memo } from 'react';
import type { BedId } from '#domain/ids.ts';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import styles from './CardAlarm.module.css';
import { CARD_ACK } from './use-board-keys.ts';
import { alarmWords, type CardAlarmRecord, toAnswer, useSafeAck } from './use-safe-ack.ts';

interface CardAlarmProps {
  readonly bedId: BedId;
  /** Worst first. */
  readonly alarms: readonly CardAlarmRecord[];
  readonly bedLabel: string;
}

/**
 * The alarm to act on: the worst nobody has answered, else the worst. Symbol, word, message; one act answers it. A worse
 * one that is answered already stays readable above it.
 */
export const CardAlarm = memo(
  function CardAlarm({ bedId, alarms, bedLabel }: CardAlarmProps) {
    const [worst] = alarms;
    const alarm = toAnswer(alarms) ?? worst;
    if (!worst || !alarm) return null;
    const answered = alarm.signal === 'ack';
    const above = worst.priority === alarm.priority ? undefined : worst;
    const { priority } = alarm;
    const rest = alarms.filter((other) => other !== alarm && other !== above);
    return (
      <div className={styles.alarm} data-priority={answered ? undefined : priority}>
        <AlarmSymbol priority={priority} faint={answered} inverted={!answered && priority !== 'low'} size={16} />
        <span
          className={styles.message}
          data-two={above && ''}
          title={[above && `${alarmWords(above)} acknowledged`, alarmWords(alarm)].filter(Boolean).join('\n')}
        >
          {above && (
            <span>
              <Words alarm={above} /> acknowledged
            </span>
          )}
          <span>
            <Words alarm={alarm} />
          </span>
        </span>
        {rest.length > 0 && (
          <span className={styles.more} title={rest.map(alarmWords).join('\n')}>
            +{rest.length}
            <span className="visually-hidden"> more alarms</span>
          </span>
        )}
        {answered ? (
          <span className={styles.answered}>Ack</span>
        ) : (
          <AckButton bedId={bedId} bedLabel={bedLabel} alarms={alarms} drawn={alarm} />
        )}
      </div>
    );
  },
  (before, after) =>
    before.bedId === after.bedId &&
    before.bedLabel === after.bedLabel &&
    JSON.stringify(before.alarms) === JSON.stringify(after.alarms),
);

function Words({ alarm: { priority, message, signal } }: { readonly alarm: CardAlarmRecord }) {
  return (
    <>
      <span className={styles.priority}>{PRIORITY_WORDS[priority]}</span> {message}
      {signal === 'latched' && ' (has ended)'}
    </>
  );
}

interface AckButtonProps extends CardAlarmProps {
  readonly drawn: CardAlarmRecord;
}

function AckButton(props: AckButtonProps) {
  const { may } = useMe();
  const writable = useWritable();
  const ack = useSafeAck(props);
  if (!may('acknowledge-alarms')) return null;
  const mark = { [CARD_ACK]: '' };
  return (
    <button
      type="button"
      className={styles.ack}
      aria-label={`Acknowledge the alarm of bed ${props.bedLabel}: ${alarmWords(props.drawn)}`}
      title={writable.why ?? ack.error ?? 'Acknowledge (A)'}
      disabled={!writable.ok || ack.pending}
      onPointerDown={ack.press}
      onClick={({ detail }) => void ack.answer(detail > 0)}
      {...mark}
    >
      <IconCheck size={14} stroke={2.5} aria-hidden />
      Ack
    </button>
  );
}
