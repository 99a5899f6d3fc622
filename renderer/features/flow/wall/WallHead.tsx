import { IconCloudOff } from '@tabler/icons-react';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useLink, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { formatDate, formatSeconds, formatTime } from '#renderer/ui/format.ts';
import { countsOf, LIST_WORDS } from '../board/BoardCounts.tsx';
import { useBoardDay } from '../board/board-day.ts';
import styles from './WallScreen.module.css';

/** Counts shown large, with where each stands among all counts. */
const SHOWN = [
  ['free', 1],
  ['dirty', 2],
  ['cleaning', 3],
  ['blocked', 4],
  ['reserved', 5],
  ['occupied', 6],
  ['out', 7],
  ['expected', 9],
  ['waiting', 10],
] as const;

/** Which ward, how many of each, what time it is, and whether any of it is old. */
export function WallHead() {
  const scope = useBoardScope();
  const { dayEnd } = useBoardDay();
  const zone = useZone();
  const now = useNow(1_000);
  const { state, since } = useLink();
  const name = useBoardAs(scope, ({ wards }) => (scope ? wards.find(({ id }) => id === scope)?.name : 'All wards'));
  const counts = (useBoardAs(scope, (board) => countsOf(board, dayEnd, scope).join()) ?? '').split(',').map(Number);
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <h1>{name}</h1>
        <time dateTime={new Date(now).toISOString()}>
          {formatDate(now, zone)} <strong>{formatTime(now, zone)}</strong>
        </time>
      </div>
      <ul className={styles.counts} aria-label="Counts">
        {SHOWN.map(([list, at]) => (
          <li key={list} data-list={list}>
            <strong>{counts[at] ?? 0}</strong> {LIST_WORDS[list]}
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
