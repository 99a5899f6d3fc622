import { type ReactNode, useMemo, useState } from 'react';
import { HistoryDialog } from '#renderer/client/acts/HistoryDialog.tsx';
import type { Board, BoardRow, Tile } from '#renderer/client/board/board.ts';
import type { Pending } from '#renderer/client/board/board-lists.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { DataGrid } from '#renderer/ui/grid/DataGrid.tsx';
import { NoMatch } from '#renderer/ui/grid/NoMatch.tsx';
import { useListAsk } from '#renderer/ui/grid/use-list-ask.ts';
import { BED_TIMED, bedColumns } from './bed-columns.ts';
import styles from './ListsScreen.module.css';
import { LIST_WORDS, type ListName } from './list-kinds.ts';
import { bedsOf, peopleOf, requestsOf } from './list-rows.ts';
import { type ColumnWorld, PEOPLE_TIMED, peopleColumns } from './people-columns.ts';
import { RowPane } from './RowPane.tsx';
import { requestColumns } from './request-columns.ts';

const TICK_MS = 10_000;

interface TheListProps {
  readonly list: ListName;
  readonly board: Board;
  readonly world: ColumnWorld;
}

/** One of the lists, with the row that is open beside it. */
export function TheList(props: TheListProps) {
  const [openId, setOpenId] = useState<string>();
  const open = openId === undefined ? undefined : props.board.rows.get(openId as BoardRow['encounterId']);
  const [history, setHistory] = useState<{ id: BoardRow['encounterId']; name: string } | null>(null);
  const grid = { ...props, openId: open && openId, onOpen: setOpenId };
  return (
    <div className={styles.list}>
      <GridOf {...grid} />
      {open && (
        <RowPane
          key={open.encounterId}
          row={open}
          world={props.world}
          onHistory={() => setHistory({ id: open.encounterId, name: props.world.called(open) })}
          onClose={() => setOpenId(undefined)}
        />
      )}
      {/* Outside the pane: a step that is taken back may take the patient off the list. */}
      {history && (
        <HistoryDialog encounterId={history.id} displayName={history.name} onClose={() => setHistory(null)} />
      )}
    </div>
  );
}

interface GridOfProps extends TheListProps {
  /** Of the encounter that is open. */
  readonly openId: string | undefined;
  readonly onOpen: (encounterId: string | undefined) => void;
}

function GridOf(props: GridOfProps) {
  switch (props.list) {
    case 'beds':
    case 'cleanings':
      return <BedGrid {...props} list={props.list} />;
    case 'pending-in':
    case 'pending-out':
      return <RequestGrid {...props} list={props.list} />;
    default:
      return <PeopleGrid {...props} list={props.list} />;
  }
}

function PeopleGrid({ list, board, world, openId, onOpen }: GridOfProps & { list: Parameters<typeof peopleOf>[1] }) {
  const rows = useMemo(() => peopleOf(board, list), [board, list]);
  const columns = useMemo(() => peopleColumns(list, world), [list, world]);
  return (
    <DataGrid<BoardRow>
      {...wordsOf(list)}
      rows={rows}
      rowId={encounterOf}
      columns={columns}
      empty={<None list={list} none={rows.length === 0} />}
      openId={openId}
      onOpen={({ encounterId }) => onOpen(encounterId)}
      timed={PEOPLE_TIMED}
      tick={useNow(TICK_MS)}
    />
  );
}

function BedGrid({ list, board, world, openId, onOpen }: GridOfProps & { list: Parameters<typeof bedsOf>[1] }) {
  const rows = useMemo(() => bedsOf(board, list), [board, list]);
  const columns = useMemo(() => bedColumns(list, world), [list, world]);
  const openBed = rows.find(({ occupants }) => occupants.some(({ encounterId }) => encounterId === openId));
  return (
    <DataGrid<Tile>
      {...wordsOf(list)}
      rows={rows}
      rowId={bedOf}
      columns={columns}
      empty={<None list={list} none={rows.length === 0} />}
      openId={openBed && bedOf(openBed)}
      onOpen={({ occupants }) => onOpen(occupants[0]?.encounterId)}
      timed={BED_TIMED}
      tick={useNow(TICK_MS)}
    />
  );
}

function RequestGrid({ list, board, world, openId, onOpen }: GridOfProps & { list: Parameters<typeof requestsOf>[1] }) {
  const rows = useMemo(() => requestsOf(board, list), [board, list]);
  const columns = useMemo(() => requestColumns(world), [world]);
  const openRequest = rows.find(({ row }) => row.encounterId === openId);
  return (
    <DataGrid<Pending>
      {...wordsOf(list)}
      rows={rows}
      rowId={requestOf}
      columns={columns}
      empty={<None list={list} none={rows.length === 0} />}
      openId={openRequest && requestOf(openRequest)}
      onOpen={({ row }) => onOpen(row.encounterId)}
    />
  );
}

const encounterOf = ({ encounterId }: BoardRow): string => encounterId;
const bedOf = ({ bed }: Tile): string => bed.bedId;
const requestOf = ({ request }: Pending): string => request.requestId;

function wordsOf(list: ListName) {
  const { label, thing, find } = LIST_WORDS[list];
  return { list: `lists-${list}`, label, thing, find };
}

/** Why a list shows nothing: because there is nothing, or because of what was asked. */
function None({ list, none }: { readonly list: ListName; readonly none: boolean }): ReactNode {
  const { ask, change } = useListAsk();
  const { thing, none: title, fills } = LIST_WORDS[list];
  if (none) {
    return (
      <Blank title={title}>
        <p>{fills}</p>
      </Blank>
    );
  }
  return (
    <NoMatch
      thing={thing}
      search={ask.search}
      narrowed={Object.keys(ask.only).length > 0}
      onClear={() => change({ search: '', only: {} })}
    />
  );
}
