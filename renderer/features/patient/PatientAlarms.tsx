import { Button } from '@mantine/core';
import type { Alarm } from '#domain/alarm/alarm.ts';
import type { AlarmId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { formatRecent } from '#renderer/ui/format.ts';
import styles from './PatientAlarms.module.css';

/** The open alarms of the patient's bed, worst first, each with its acknowledgement. Nothing when there are none. */
export function PatientAlarms({ live }: { readonly live: BedLive | undefined }) {
  if (!live || live.alarms.length === 0) return null;
  return (
    <section aria-label="Alarms" className={styles.panel}>
      <ul className={styles.list}>
        {live.alarms.map((alarm) => (
          <AlarmLine key={alarm.id} alarm={alarm} />
        ))}
      </ul>
    </section>
  );
}

const SIGNAL_WORDS: Readonly<Record<Alarm['signal'], string>> = {
  on: 'since',
  latched: 'over, not acknowledged; began',
  ack: 'acknowledged; began',
  off: 'over; began',
};

function AlarmLine({ alarm }: { readonly alarm: Alarm }) {
  const { may } = useMe();
  const zone = useZone();
  const now = useNow(60_000);
  const writable = useWritable();
  const acknowledge = useCommand((hub, input: { alarmId: AlarmId }) => hub.alarms.acknowledge(input));
  const answered = alarm.signal === 'ack';
  return (
    <li className={styles.line} data-priority={alarm.priority} data-answered={answered}>
      <AlarmSymbol priority={alarm.priority} faint={answered} />
      <span className={styles.words}>
        <strong>{PRIORITY_WORDS[alarm.priority]}</strong> {alarm.message}
        <small>
          {SIGNAL_WORDS[alarm.signal]} {formatRecent(alarm.beganAt, now, zone)}
        </small>
        {acknowledge.error && <small role="alert">{sayError(acknowledge.error)}</small>}
      </span>
      {!answered && may('acknowledge-alarms') && (
        <Button
          disabled={!writable.ok}
          title={writable.why ?? ''}
          loading={acknowledge.pending}
          aria-label={`Acknowledge ${alarm.message}`}
          onClick={() => void acknowledge.run({ alarmId: alarm.id })}
        >
          Acknowledge
        </Button>
      )}
    </li>
  );
}
