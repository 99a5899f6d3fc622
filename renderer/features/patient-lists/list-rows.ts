import type { Board, BoardRow, Tile } from '#renderer/client/board/board.ts';
import {
  discharges,
  expectedIn,
  openCleanings,
  type Pending,
  pendingIn,
  pendingOut,
  waiting,
} from '#renderer/client/board/board-lists.ts';
import type { ListName } from './list-kinds.ts';

export type PeopleListName = 'here' | 'expected' | 'waiting' | 'discharges';
export type BedListName = 'beds' | 'cleanings';
export type RequestListName = 'pending-in' | 'pending-out';

/** People of a list, in the order it stands in before anybody sorts it. */
export function peopleOf(board: Board, list: PeopleListName): readonly BoardRow[] {
  if (list === 'expected') return expectedIn(board);
  if (list === 'waiting') return waiting(board);
  if (list === 'discharges') return discharges(board);
  return here(board);
}

/** Those in a bed in the order of the beds, then all others by arrival. */
function here(board: Board): readonly BoardRow[] {
  const inBed = new Set([...board.tiles.values()].flatMap(({ occupants }) => occupants));
  const elsewhere = [...board.rows.values()]
    .filter((row) => row.status !== 'planned' && !inBed.has(row))
    .sort((one, other) => (one.arrivedAt ?? 0) - (other.arrivedAt ?? 0));
  return [...inBed, ...elsewhere];
}

export function bedsOf(board: Board, list: BedListName): readonly Tile[] {
  return list === 'cleanings' ? openCleanings(board) : [...board.tiles.values()];
}

export function requestsOf(board: Board, list: RequestListName): readonly Pending[] {
  return list === 'pending-in' ? pendingIn(board) : pendingOut(board);
}

/** How many rows each list has: the lengths of the very lists that are shown. */
export function lengthsOf(board: Board): Readonly<Record<ListName, number>> {
  return {
    here: peopleOf(board, 'here').length,
    expected: peopleOf(board, 'expected').length,
    waiting: peopleOf(board, 'waiting').length,
    discharges: peopleOf(board, 'discharges').length,
    beds: bedsOf(board, 'beds').length,
    'pending-in': requestsOf(board, 'pending-in').length,
    'pending-out': requestsOf(board, 'pending-out').length,
    cleanings: bedsOf(board, 'cleanings').length,
  };
}
