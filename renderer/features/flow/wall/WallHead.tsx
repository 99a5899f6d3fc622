import { IconCloudOff } from '@tabler/icons-react';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import {
  BED_LISTS,
  type BedList,
  PEOPLE_LISTS,
  type PeopleList,
  STATE_LISTS,
} from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useLink, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { formatDate, formatSeconds, formatTime } from '#renderer/ui/format.ts';
import { countsOf, listWords } from '../board/BoardCounts.tsx';
import { soonWords, useBoardDay } from '../board/board-day.ts';
import styles from './WallScreen.module.css';

/** Counts shown large. */
const SHOWN = [...STATE_LISTS, 'out', 'expected', 'waiting'] as const;
const LISTS: readonly (BedList | PeopleList)[] = [...BED_LISTS, ...PEOPLE_LISTS];

/** Which ward, how many of each, what time it is, and whether any of it is old. */
export function WallHead() {
  const scope = useBoardScope();
  const day = useBoardDay();
  const { until } = day;
  const zone = useZone();
  const now = useNow(1_000);
  const { state, since } = useLink();
  const name = useBoardAs(scope, ({ wards }) => (scope ? wards.find(({ id }) => id === scope)?.name : 'All wards'));
  const counts = (useBoardAs(scope, (board) => countsOf(board, until, scope).join()) ?? '').split(',').map(Number);
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h1>{name}</h1>
        <time dateTime={new Date(now).toISOString()}>
          {formatDate(now, zone)} <strong>{formatTime(now, zone)}</strong>
        </time>
      </div>
      <ul className={styles.counts} aria-label="Counts">
        {SHOWN.map((list) => (
          <li key={list} data-list={list}>
            <strong>{counts[LISTS.indexOf(list) + 1] ?? 0}</strong> {listWords(list, soonWords(day))}
          </li>
        ))}
      </ul>
      {state !== 'live' && (
        <p className={styles.lost} role="alert">
          <IconCloudOff size={36} aria-hidden />
          <span>
            <strong>Not live.</strong> The link to the hub is lost since {formatSeconds(since, zone)}: this board is
            old.
          </span>
        </p>
      )}
    </header>
  );
}
