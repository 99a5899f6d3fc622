import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { AlarmId } from '#domain/ids.ts';
import { useCommand, useMe, useQueryOf, useWritable } from '#renderer/client/hooks.ts';
import type { OpenAlarm } from '#renderer/client/live-alarms.ts';
import { useOpenAlarms } from '#renderer/client/live-hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { useKeys } from '#renderer/ui/keys.ts';
import { failureWords } from '#renderer/ui/words.ts';
import { AlarmFilters, type Filtering } from './AlarmFilters.tsx';
import styles from './AlarmInbox.module.css';
import { AlarmRow } from './AlarmRow.tsx';
import { filtered } from './alarm-filter.ts';

/** Alarms that need someone, the unanswered first. J and K walk, A answers, Enter opens the patient. */
export function OpenAlarms({ filter, onChoose }: Filtering) {
  const alarms = useOpenAlarms();
  const rows = filtered(alarms ?? [], filter);
  const { selected, select, walk } = useSelection(rows);
  const navigate = useNavigate();
  const { may } = useMe();
  const writable = useWritable();
  const acknowledge = useCommand((hub, input: { alarmId: AlarmId }) => hub.alarms.acknowledge(input));
  const mayAnswer = may('acknowledge-alarms') && writable.ok;
  const patientOf = usePatients(alarms);

  function answer(alarm: OpenAlarm | undefined) {
    if (!alarm || alarm.signal === 'ack' || !mayAnswer) return false;
    select(rows[rows.indexOf(alarm) + 1]?.id ?? rows[0]?.id);
    void acknowledge.run({ alarmId: alarm.id });
    return true;
  }
  function open(alarm: OpenAlarm | undefined) {
    const patientId = alarm && patientOf(alarm);
    if (!patientId) return false;
    void navigate({ to: '/patient/$patientId', params: { patientId } });
    return true;
  }
  useKeys('Alarms', [
    { key: 'j', label: 'Next alarm', run: () => walk(1) },
    { key: 'k', label: 'Alarm before', run: () => walk(-1) },
    { key: 'ArrowDown', run: () => walk(1) },
    { key: 'ArrowUp', run: () => walk(-1) },
    { key: 'a', label: 'Acknowledge the alarm', run: () => answer(selected) },
    {
      key: 'Enter',
      label: 'Open the patient',
      run: () =>
        document.activeElement?.tagName !== 'BUTTON' && document.activeElement?.tagName !== 'A' && open(selected),
    },
  ]);

  if (!alarms) return <p className={styles.waiting}>Reading the alarms…</p>;
  return (
    <>
      <AlarmFilters alarms={alarms} filter={filter} onChoose={onChoose} />
      {acknowledge.error && (
        <p role="alert" className={styles.trouble}>
          Not acknowledged. {failureWords(acknowledge.error)}
        </p>
      )}
      {rows.length === 0 ? (
        <Blank title={alarms.length === 0 ? 'No open alarms' : 'No open alarm in this filter'}>
          <p>
            {alarms.length === 0
              ? 'This list fills by itself as soon as there is one.'
              : 'Choose “All priorities” and “All wards” above to see every open alarm.'}
          </p>
        </Blank>
      ) : (
        <AlarmTable>
          {rows.map((alarm) => (
            <AlarmRow
              key={alarm.id}
              alarm={alarm}
              selected={alarm.id === selected?.id}
              patientId={patientOf(alarm)}
              canAnswer={may('acknowledge-alarms')}
              why={writable.why}
              onSelect={() => select(alarm.id)}
              onAnswer={() => answer(alarm)}
            />
          ))}
        </AlarmTable>
      )}
    </>
  );
}

function AlarmTable({ children }: { children: React.ReactNode }) {
  return (
    <table className={styles.table} aria-live="off">
      <caption className="visually-hidden">Open alarms: unanswered first, then by priority, then the newest</caption>
      <thead>
        <tr>
          <th scope="col">Alarm</th>
          <th scope="col">Bed</th>
          <th scope="col">Patient</th>
          <th scope="col">Began</th>
          <th scope="col" className={styles.number}>
            Now
          </th>
          <th scope="col" className={`${styles.number} ${styles.roomy}`}>
            Worst
          </th>
          <th scope="col" className={`${styles.number} ${styles.roomy}`}>
            Limit
          </th>
          <th scope="col">State</th>
          <th scope="col">
            <span className="visually-hidden">Acknowledge</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** The row the keys act on: kept by alarm while rows move; the first when it is gone. */
function useSelection(rows: readonly OpenAlarm[]) {
  const [id, select] = useState<string>();
  const focusNext = useRef(false);
  const selected = rows.find((alarm) => alarm.id === id) ?? rows[0];
  useEffect(() => {
    if (!focusNext.current || !selected) return;
    focusNext.current = false;
    document.querySelector<HTMLElement>(`[data-alarm="${CSS.escape(selected.id)}"]`)?.focus();
  }, [selected]);
  function walk(step: number) {
    const index = selected ? rows.indexOf(selected) : -1;
    const next = rows[index + step];
    if (!next) return false;
    focusNext.current = true;
    select(next.id);
    return true;
  }
  return { selected, select, walk };
}

/** The patient an alarm is about, by who lies where; read again when an alarm of somebody else appears. */
function usePatients(alarms: readonly OpenAlarm[] | undefined) {
  const about = [...new Set(alarms?.map(({ encounterId }) => encounterId))].sort().join();
  const rows = useQueryOf(['encounters', 'occupancy', 'alarms', about], (hub) => hub.encounters.occupancy({}), {
    placeholderData: keepPreviousData,
  }).data;
  return ({ encounterId }: OpenAlarm) =>
    encounterId === null ? undefined : (rows?.find((row) => row.encounterId === encounterId)?.patientId ?? undefined);
}
