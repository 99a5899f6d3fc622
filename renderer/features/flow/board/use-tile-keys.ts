import type { RefObject } from 'react';
import type { BedId } from '#domain/ids.ts';
import { type KeyBinding, useKeys } from '#renderer/ui/keys.ts';

/** Mark in the page by which the board's keys find a tile; its value is the bed's id. */
export const TILE_LINK = 'data-tile-link';

function linksOf(grid: HTMLElement): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(`[${TILE_LINK}]`)];
}

/** The tile next in a direction: along the order, up and down to the nearest column. */
function neighbour(links: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const index = links.indexOf(from);
  if (key === 'ArrowRight') return links[index + 1];
  if (key === 'ArrowLeft') return links[index - 1];
  const boxOf = (link: HTMLElement) => (link.closest('li') ?? link).getBoundingClientRect();
  const here = boxOf(from);
  const down = key === 'ArrowDown' ? 1 : -1;
  const distance = (link: HTMLElement) => {
    const there = boxOf(link);
    return Math.abs(there.top - here.top) * 10 + Math.abs(there.left - here.left);
  };
  return links
    .filter((link) => (boxOf(link).top - here.top) * down > 8)
    .sort((one, other) => distance(one) - distance(other))[0];
}

/** The bed whose tile has the focus. */
export function focusedBed(grid: HTMLElement | null): BedId | undefined {
  const tile = document.activeElement?.closest('[data-bed]');
  return tile && grid?.contains(tile) ? ((tile.getAttribute('data-bed') ?? undefined) as BedId | undefined) : undefined;
}

/** Gives the focus back to a bed's tile. */
export function focusBed(grid: HTMLElement | null, bedId: BedId): void {
  grid?.querySelector<HTMLElement>(`[${TILE_LINK}="${CSS.escape(bedId)}"]`)?.focus();
}

/** Keys of a board: arrows walk the tiles; all else is asked of the tile in focus by `act`. */
export function useTileKeys(grid: RefObject<HTMLElement | null>, others: readonly KeyBinding[]): void {
  function walk({ key }: KeyboardEvent): boolean {
    if (!grid.current) return false;
    const links = linksOf(grid.current);
    const bedId = focusedBed(grid.current);
    if (bedId === undefined && document.activeElement?.closest('aside, nav, [role="toolbar"]')) return false;
    const from = bedId && links.find((link) => link.getAttribute(TILE_LINK) === bedId);
    const next = from ? neighbour(links, from, key) : links[0];
    next?.focus();
    return next !== undefined;
  }
  useKeys('Beds and flow', [
    { key: 'ArrowRight', label: 'Next bed', run: walk },
    { key: 'ArrowLeft', label: 'Bed before', run: walk },
    { key: 'ArrowDown', label: 'Bed below', run: walk },
    { key: 'ArrowUp', label: 'Bed above', run: walk },
    ...others,
  ]);
}
