import { Button } from '@mantine/core';
import { memo, type RefObject, useCallback, useEffect, useMemo } from 'react';
import type { BedId, WardId } from '#domain/ids.ts';
import type { Board, Tile } from '#renderer/client/board/board.ts';
import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { type BedList, inBedList } from '#renderer/client/board/board-lists.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { counted } from '#renderer/ui/format.ts';
import styles from './BedBoard.module.css';
import { BedTile } from './BedTile.tsx';
import { useBoardDay } from './board-day.ts';

interface BedBoardProps {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly list: BedList | undefined;
  readonly find: string;
  /** The bed that is open beside the board. */
  readonly openId: BedId | undefined;
  readonly onOpen: (bedId: BedId) => void;
  readonly onShowAll: () => void;
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly bedIds: BedId[];
}

interface WardGroup {
  readonly wardId: WardId;
  readonly name: string;
  readonly rooms: Group[];
}

/** Tiles of a board by ward and room; which ones follows the list and what is looked for. */
export const BedBoard = memo(function BedBoard({ grid, list, find, openId, onOpen, onShowAll }: BedBoardProps) {
  const { dayEnd } = useBoardDay();
  const shown = useBoardAs(
    useBoardScope(),
    useCallback(
      (board: Board) =>
        [...board.tiles.values()]
          .filter((tile) => (list === undefined || inBedList(list, tile, dayEnd)) && fits(tile, board, find))
          .map(({ bed }) => [bed.wardId, wardName(board, bed.wardId), bed.roomId, bed.roomLabel, bed.bedId].join('\t'))
          .join('\n'),
      [list, find, dayEnd],
    ),
  );
  const wards = useMemo(() => groupsOf(shown ?? ''), [shown]);
  useEffect(() => {
    const tile = openId && grid.current?.querySelector(`[data-bed="${CSS.escape(openId)}"]`);
    if (!tile) return;
    tile.setAttribute('data-open', '');
    return () => tile.removeAttribute('data-open');
  }, [grid, openId]);
  return (
    <div ref={grid} className={styles.board}>
      {wards.length === 0 && <NoneFits find={find} onShowAll={onShowAll} />}
      {wards.map(({ wardId, name, rooms }) => (
        <section key={wardId} className={styles.ward} aria-label={name}>
          <h2 className={styles.name}>
            {name} <small>{counted(rooms.flatMap(({ bedIds }) => bedIds).length, 'bed')}</small>
          </h2>
          <div className={styles.rooms}>
            {rooms.map(({ key, label, bedIds }) => (
              <div key={key} className={styles.room}>
                <h3>{label}</h3>
                <ul aria-label={`Beds of room ${label}`}>
                  {bedIds.map((bedId) => (
                    <BedTile key={bedId} bedId={bedId} onOpen={onOpen} />
                  ))}
                </ul>
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
});

function NoneFits({ find, onShowAll }: { readonly find: string; readonly onShowAll: () => void }) {
  return (
    <Blank title={find === '' ? 'No bed is in this list now' : `No bed here fits “${find}”`}>
      <Button onClick={onShowAll}>Show all beds</Button>
    </Blank>
  );
}

/** Whether a tile is what was looked for: its bed, its room, its ward, or who lies there. */
function fits({ bed, occupants }: Tile, board: Board, find: string): boolean {
  const plain = find.trim().toLowerCase();
  if (plain === '') return true;
  const people = occupants.map(({ displayName, visitNumber }) => `${displayName ?? ''} ${visitNumber ?? ''}`).join(' ');
  const words = `bed ${bed.label} room ${bed.roomLabel} ${wardName(board, bed.wardId)} ${people}`.toLowerCase();
  return plain.split(/\s+/u).every((word) => words.includes(word));
}

function wardName(board: Board, wardId: WardId): string {
  return board.wards.find(({ id }) => id === wardId)?.name ?? '';
}

function groupsOf(shown: string): readonly WardGroup[] {
  const wards: WardGroup[] = [];
  for (const line of shown === '' ? [] : shown.split('\n')) {
    const [wardId, name = '', roomId = '', label = '', bedId] = line.split('\t');
    if (wards.at(-1)?.wardId !== wardId) wards.push({ wardId: wardId as WardId, name, rooms: [] });
    const rooms = wards.at(-1)?.rooms ?? [];
    if (rooms.at(-1)?.key !== roomId) rooms.push({ key: roomId, label, bedIds: [] });
    rooms.at(-1)?.bedIds.push(bedId as BedId);
  }
  return wards;
}
