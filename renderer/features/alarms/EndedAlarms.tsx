import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlarmId } from '#domain/ids.ts';
import { useHub, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { AlarmSymbol, PRIORITY_WORDS } from '#renderer/ui/AlarmSymbol.tsx';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { counted, formatDuration, formatRecent, formatTime } from '#renderer/ui/format.ts';
import { AlarmFilters, type Filtering } from './AlarmFilters.tsx';
import styles from './AlarmInbox.module.css';
import { AlarmNumber } from './AlarmNumber.tsx';
import { filtered } from './alarm-filter.ts';
import { alarmNumbers } from './alarm-words.ts';

const PAGE = 200;

interface Cursor {
  readonly before?: number;
  readonly beforeId?: AlarmId;
}

/** Alarms that are over, newest first, a page at a time. Counts are of what has been read. */
export function EndedAlarms({ filter, onChoose }: Filtering) {
  const hub = useHub();
  const zone = useZone();
  const now = useNow(60_000);
  const pages = useInfiniteQuery({
    queryKey: ['alarms', 'ended'],
    queryFn: ({ pageParam }) => hub.alarms.list({ ended: true, limit: PAGE, ...pageParam }),
    initialPageParam: {},
    getNextPageParam(page): Cursor | undefined {
      const last = page.length < PAGE ? undefined : page.at(-1);
      return last && { before: last.beganAt, beforeId: last.id };
    },
    refetchOnMount: 'always',
  });
  if (pages.isPending) return <p className={styles.waiting}>Reading ended alarms…</p>;
  if (pages.isError) {
    return (
      <Fault
        title="Ended alarms could not be read"
        detail={`${pages.error.message} Open alarms are not touched by this.`}
        action="Read again"
        onAction={() => void pages.refetch()}
      />
    );
  }
  const read = pages.data.pages.flat();
  const rows = filtered(read, filter);
  return (
    <>
      <AlarmFilters alarms={read} filter={filter} onChoose={onChoose} />
      <p className={styles.fresh}>
        {counted(rows.length, 'alarm')}, newest first. Read {formatTime(pages.dataUpdatedAt, zone)}.{' '}
        <button type="button" className={styles.plain} onClick={() => void pages.refetch()}>
          Read again
        </button>
      </p>
      {rows.length === 0 && <Blank title="No ended alarms here" />}
      {rows.length > 0 && (
        <table className={styles.table}>
          <caption className="visually-hidden">Ended alarms, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Alarm</th>
              <th scope="col">Bed</th>
              <th scope="col">Patient</th>
              <th scope="col">Began</th>
              <th scope="col">Lasted</th>
              <th scope="col" className={styles.number}>
                Worst
              </th>
              <th scope="col" className={styles.number}>
                Limit
              </th>
              <th scope="col">Acknowledged</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((alarm) => {
              const { extreme, limit, unit } = alarmNumbers(alarm);
              return (
                <tr key={alarm.id} className={styles.row}>
                  <td className={styles.what}>
                    <AlarmSymbol priority={alarm.priority} faint />
                    <span className={styles.priority}>{PRIORITY_WORDS[alarm.priority]}</span>
                    <span className={styles.message}>{alarm.message}</span>
                  </td>
                  <td>{alarm.bedLabel ?? '–'}</td>
                  <td>{alarm.displayName ?? '–'}</td>
                  <td>{formatRecent(alarm.beganAt, now, zone)}</td>
                  <td>{alarm.endedAt === null ? '–' : formatDuration(alarm.endedAt - alarm.beganAt)}</td>
                  <td className={styles.number}>
                    <AlarmNumber words={extreme} unit={unit} />
                  </td>
                  <td className={styles.number}>
                    <AlarmNumber words={limit} unit={unit} />
                  </td>
                  <td>{alarm.acknowledgedAt === null ? 'No' : formatRecent(alarm.acknowledgedAt, now, zone)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {pages.hasNextPage && (
        <button type="button" className={styles.older} onClick={() => void pages.fetchNextPage()}>
          Show older alarms
        </button>
      )}
    </>
  );
}
