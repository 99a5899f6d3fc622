import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { BedId, EncounterId, WardId } from '#domain/ids.ts';
import { comingUntil, dayEnd } from '#renderer/ui/clinic-time.ts';
import { useClinic } from '../context.ts';
import { useZone } from '../hooks.ts';
import { useNowAs } from '../live-hooks.ts';
import { type Board, type BoardRow, sameItems, type Tile } from './board.ts';

/** Keeps the board of a ward, or of the house, open while the component is shown. */
export function useBoardWatch(wardId?: WardId): void {
  const live = useClinic().boards.of(wardId);
  useEffect(() => live.watch(), [live]);
}

/** Why the hub does not tell of a board, in words. */
export function useBoardTrouble(wardId?: WardId): string | undefined {
  const live = useClinic().boards.of(wardId);
  return useSyncExternalStore(live.subscribe, live.trouble);
}

/** The board of a ward, or of the house: kept open while the component is shown, drawn again with every change. */
export function useBoard(wardId?: WardId): { readonly board: Board | undefined; readonly trouble: string | undefined } {
  useBoardWatch(wardId);
  const live = useClinic().boards.of(wardId);
  return { board: useSyncExternalStore(live.subscribe, live.now), trouble: useBoardTrouble(wardId) };
}

/**
 * Something read from a board, drawn again only when it changes: lists by their items, all else by itself, so `read`
 * makes no new objects. Whoever uses it stands inside a component that keeps the board open.
 */
export function useBoardAs<Told>(wardId: WardId | undefined, read: (board: Board) => Told): Told | undefined {
  const live = useClinic().boards.of(wardId);
  const last = useRef<Told | undefined>(undefined);
  return useSyncExternalStore(live.subscribe, () => {
    const board = live.now();
    const next = board && read(board);
    const same = Array.isArray(next) && Array.isArray(last.current) && sameItems(next, last.current);
    if (!same) last.current = next;
    return last.current;
  });
}

/** One bed of a board with who lies in it; drawn again when that tile changes and for no other. */
export function useTile(wardId: WardId | undefined, bedId: BedId): Tile | undefined {
  return useBoardAs(
    wardId,
    useCallback((board: Board) => board.tiles.get(bedId), [bedId]),
  );
}

/** One encounter of a board. */
export function useBoardRow(wardId: WardId | undefined, encounterId: EncounterId): BoardRow | undefined {
  return useBoardAs(
    wardId,
    useCallback((board: Board) => board.rows.get(encounterId), [encounterId]),
  );
}

/** The clinic's next midnight, epoch ms. */
export function useDayEnd(): number {
  const zone = useZone();
  return useNowAs(60_000, (now) => dayEnd(now, zone));
}

/** Until when an arrival or a leaving counts as coming soon, epoch ms. */
export function useComingUntil(): number {
  const zone = useZone();
  return useNowAs(60_000, (now) => comingUntil(now, zone));
}
