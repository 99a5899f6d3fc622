import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useBoard } from '#renderer/client/board/board-hooks.ts';
import { initialsOf } from '#renderer/client/board/board-words.ts';
import { usePrivacy } from '#renderer/client/board/privacy.ts';
import { useLink, useMe, useZone } from '#renderer/client/hooks.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatSeconds } from '#renderer/ui/format.ts';
import styles from './ListsScreen.module.css';
import { asListName, LIST_WORDS, LISTS } from './list-kinds.ts';
import { lengthsOf } from './list-rows.ts';
import type { ColumnWorld } from './people-columns.ts';
import { TheList } from './TheList.tsx';

/** Lists of everyone on the board, of beds and of requests: to search, filter, sort, save as a view and take away as a file. */
export function ListsScreen() {
  const { list: named } = useParams({ strict: false }) as { list?: string };
  const list = asListName(named);
  const { board, trouble } = useBoard();
  const { state } = useLink();
  const zone = useZone();
  const world = useColumnWorld();
  const lengths = useMemo(() => (board ? lengthsOf(board) : undefined), [board]);
  if (!board || !lengths) {
    return trouble ? (
      <Fault title="The lists could not be read." detail={`${trouble} They are asked for again all the time.`} />
    ) : (
      <p role="status">Reading the lists…</p>
    );
  }
  return (
    <div className={styles.screen}>
      <nav className={styles.tabs} aria-label="Lists">
        {LISTS.map((one) => (
          <Link
            key={one}
            to="/lists/{-$list}"
            params={{ list: one === 'here' ? undefined : one }}
            className={styles.tab}
            activeOptions={{ exact: true, includeSearch: false }}
          >
            {LIST_WORDS[one].tab} <strong>{lengths[one]}</strong>
          </Link>
        ))}
        <span className={styles.fresh} data-old={state !== 'live' || undefined}>
          {state === 'live' ? 'Live' : 'Not live'}, last change {formatSeconds(board.at, zone)}
        </span>
      </nav>
      <TheList key={list} list={list} board={board} world={world} />
    </div>
  );
}

function useColumnWorld(): ColumnWorld {
  const zone = useZone();
  const { hubNow } = useLink();
  const { may } = useMe();
  const { board } = useBoard();
  const { on: discreet } = usePrivacy();
  const wards = board?.wards;
  const vitals = may('see-vitals');
  const named = may('see-names');
  return useMemo(
    () => ({
      zone,
      now: hubNow,
      vitals,
      named,
      wardName: (id) => wards?.find((ward) => ward.id === id)?.name ?? '',
      called(row) {
        const name = row?.displayName ?? (row ? 'Name not shown' : '');
        return discreet && named && row?.displayName ? initialsOf(name) : name;
      },
    }),
    [zone, hubNow, vitals, wards, discreet, named],
  );
}
