import type { RefObject } from 'react';
import { useKeys } from '#renderer/ui/keys.ts';

/** Marks in the page by which the board's keys find a card's parts. */
export const CARD_LINK = 'data-card-link';
export const CARD_ACK = 'data-card-ack';
export const CARD_MINE = 'data-card-mine';

function linksOf(grid: HTMLElement): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(`[${CARD_LINK}]`)];
}

function cardInFocus(): Element | null {
  return document.activeElement?.closest('li') ?? null;
}

/** The card next in a direction: along the row by order, up and down to the nearest column. */
function neighbour(links: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const index = links.indexOf(from);
  if (key === 'ArrowRight') return links[index + 1];
  if (key === 'ArrowLeft') return links[index - 1];
  const here = from.getBoundingClientRect();
  const down = key === 'ArrowDown' ? 1 : -1;
  const distance = (link: HTMLElement) => {
    const there = link.getBoundingClientRect();
    return Math.abs(there.top - here.top) * 10 + Math.abs(there.left - here.left);
  };
  return links
    .filter((link) => (link.getBoundingClientRect().top - here.top) * down > 8)
    .sort((one, other) => distance(one) - distance(other))[0];
}

/** Keys of the board: arrows walk the cards, A answers the worst alarm of the card in focus, M makes it mine. */
export function useBoardKeys(grid: RefObject<HTMLElement | null>): void {
  function walk({ key }: KeyboardEvent): boolean {
    if (!grid.current) return false;
    const links = linksOf(grid.current);
    const focused = cardInFocus()?.querySelector<HTMLElement>(`[${CARD_LINK}]`);
    const next = focused ? neighbour(links, focused, key) : links[0];
    next?.focus();
    return next !== undefined;
  }
  function press(mark: string): boolean {
    const button = cardInFocus()?.querySelector<HTMLButtonElement>(`[${mark}]`);
    if (!button || button.disabled) return false;
    button.click();
    return true;
  }
  useKeys('Ward board', [
    { key: 'ArrowRight', label: 'Next bed', run: walk },
    { key: 'ArrowLeft', label: 'Bed before', run: walk },
    { key: 'ArrowDown', label: 'Bed below', run: walk },
    { key: 'ArrowUp', label: 'Bed above', run: walk },
    { key: 'Enter', label: 'Open the patient', run: () => false },
    { key: 'a', label: 'Acknowledge the worst alarm of the bed', run: () => press(CARD_ACK) },
    { key: 'm', label: 'Make the patient mine, or no longer mine', run: () => press(CARD_MINE) },
  ]);
}
