import { useEffect, useRef, useState } from 'react';
import { PRIORITIES } from '#domain/alarm/alarm.ts';
import { useMe } from '#renderer/client/hooks.ts';
import type { OpenAlarm } from '#renderer/client/live-alarms.ts';
import { useNow, useOpenAlarms } from '#renderer/client/live-hooks.ts';
import { counted } from '#renderer/ui/format.ts';

const SUM_UP_MS = 10_000;

function sayAlarm({ bedLabel, message }: OpenAlarm): string {
  return `High priority alarm: ${bedLabel ? `bed ${bedLabel}, ` : ''}${message}.`;
}

/** The alarms open now in one sentence. */
export function sumUp(alarms: readonly OpenAlarm[]): string {
  if (alarms.length === 0) return 'No open alarms.';
  const parts = PRIORITIES.map((priority) => {
    const count = alarms.filter((alarm) => alarm.priority === priority).length;
    return count > 0 ? `${count} ${priority}` : '';
  }).filter(Boolean);
  return `${counted(alarms.length, 'open alarm')}: ${parts.join(', ')} priority.`;
}

/** Tells a screen reader of each new high alarm at once, and of all others in a sum at most every ten seconds. */
export function AlarmAnnouncer() {
  return useMe().may('see-vitals') ? <Announcements /> : null;
}

function Announcements() {
  const alarms = useOpenAlarms();
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const [alert, setAlert] = useState('');
  const [summary, setSummary] = useState('');
  const tick = useNow(SUM_UP_MS);
  const latest = useRef(alarms);
  latest.current = alarms;

  useEffect(() => {
    if (!alarms) return;
    const high = alarms.filter(({ priority, signal }) => priority === 'high' && signal !== 'ack');
    const fresh = known.current ? high.filter(({ id }) => !known.current?.has(id)) : [];
    known.current = new Set(high.map(({ id }) => id));
    if (fresh.length > 0) setAlert(fresh.map(sayAlarm).join(' '));
  }, [alarms]);

  useEffect(() => {
    if (tick > 0 && latest.current) setSummary(sumUp(latest.current));
  }, [tick]);

  return (
    <>
      <p className="visually-hidden" role="alert">
        {alert}
      </p>
      <p className="visually-hidden" role="status">
        {summary}
      </p>
    </>
  );
}
