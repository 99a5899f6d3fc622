import { memo } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import type { Board, BoardRow } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { type PeopleList, peopleList } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { PersonLine } from '../parts/PersonLine.tsx';
import { listWords, peopleListsOf } from './BoardCounts.tsx';
import { soonWords, useBoardDay } from './board-day.ts';
import styles from './PeoplePanel.module.css';

interface PeoplePanelProps {
  /** One list alone; without it all of them, one below the other. */
  readonly list?: PeopleList | undefined;
  readonly openId: EncounterId | undefined;
  readonly onOpen: (row: BoardRow) => void;
}

const NONE: Readonly<Record<PeopleList, string>> = {
  expected: 'Nobody is expected. Expect somebody with X.',
  waiting: 'Nobody waits without a bed.',
  'pending-in': 'No ward asks for a bed here.',
  'pending-out': 'No bed is asked for elsewhere.',
};
/** In the order of what presses: others wait for an answer, then who is here, then who comes. */
const ORDER: readonly PeopleList[] = ['pending-in', 'waiting', 'expected', 'pending-out'];

/** People who need a bed: asked for, waiting, expected, and going elsewhere. */
export const PeoplePanel = memo(function PeoplePanel({ list, openId, onOpen }: PeoplePanelProps) {
  const offered = peopleListsOf(useBoardScope());
  const lists = ORDER.filter((one) => (list ? one === list : offered.includes(one)));
  return (
    <div className={styles.panel} data-alone={list !== undefined || undefined}>
      {lists.map((one) => (
        <People key={one} list={one} openId={openId} onOpen={onOpen} />
      ))}
    </div>
  );
});

function People({ list, openId, onOpen }: PeoplePanelProps & { readonly list: PeopleList }) {
  const scope = useBoardScope();
  const day = useBoardDay();
  const { until } = day;
  const title = listWords(list, soonWords(day));
  const rows = useBoardAs<readonly BoardRow[]>(scope, (board: Board) =>
    peopleList(board, list, { until, wardId: scope }),
  );
  const requestOf = useBoardAs(scope, (board) => board.requestOf);
  const pending = list === 'pending-in' || list === 'pending-out';
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>
        {title} <strong>{rows?.length ?? 0}</strong>
      </h2>
      {rows?.length === 0 && <p className={styles.none}>{NONE[list]}</p>}
      <ul>
        {rows?.map((row) => (
          <PersonLine
            key={row.encounterId}
            row={row}
            request={pending ? requestOf?.get(row.encounterId) : undefined}
            open={row.encounterId === openId}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  );
}
