import { Button } from '@mantine/core';
import { memo, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
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
import { useNear } from './use-near.ts';

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
  const { until } = useBoardDay();
  const shown = useBoardAs(
    useBoardScope(),
    useCallback(
      (board: Board) =>
        [...board.tiles.values()]
          .filter((tile) => (list === undefined || inBedList(list, tile, until)) && fits(tile, board, find))
          .map(({ bed }) => [bed.wardId, wardName(board, bed.wardId), bed.roomId, bed.roomLabel, bed.bedId].join('\t'))
          .join('\n'),
      [list, find, until],
    ),
  );
  const wards = useMemo(() => groupsOf(shown ?? ''), [shown]);
  useEffect(() => {
    // Marked in the page: one bed opened draws no other again. The tiles may be new after each list.
    const tile = wards.length > 0 && openId && grid.current?.querySelector(`[data-bed="${CSS.escape(openId)}"]`);
    if (!tile) return;
    tile.setAttribute('data-open', '');
    return () => tile.removeAttribute('data-open');
  }, [grid, openId, wards]);
  return (
    <div ref={grid} className={styles.board}>
      {wards.length === 0 && <NoneFits find={find} onShowAll={onShowAll} />}
      {wards.map((ward, index) => (
        <Ward key={ward.wardId} ward={ward} first={index < 2} onOpen={onOpen} />
      ))}
    </div>
  );
});

interface WardProps {
  readonly ward: WardGroup;
  /** At the top, so in view from the beginning. */
  readonly first: boolean;
  readonly onOpen: (bedId: BedId) => void;
}

const TILE_PX = 100;
const HEAD_PX = 40;
const ABREAST = 6;

/** One ward's rooms; its tiles are made once it comes near the view. */
const Ward = memo(function Ward({ ward: { name, rooms }, first, onOpen }: WardProps) {
  const section = useRef<HTMLElement>(null);
  const near = useNear(section, first);
  const count = rooms.reduce((sum, { bedIds }) => sum + bedIds.length, 0);
  return (
    <section ref={section} className={styles.ward} aria-label={name}>
      <h2 className={styles.name}>
        {name} <small>{counted(count, 'bed')}</small>
      </h2>
      {near ? (
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
      ) : (
        <div style={{ height: Math.ceil(count / ABREAST) * TILE_PX + HEAD_PX }} />
      )}
    </section>
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
