import type { RefObject } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import type { KeyBinding } from '#renderer/ui/keys.ts';
import { PERSON_LINE } from './PersonLine.tsx';

function linesOf(screen: HTMLElement): HTMLElement[] {
  return [...screen.querySelectorAll<HTMLElement>(`[${PERSON_LINE}]`)];
}

/** Whose line has the focus. */
export function focusedPerson(): EncounterId | undefined {
  const line = document.activeElement?.closest(`[${PERSON_LINE}], tr`);
  const marked = line?.matches(`[${PERSON_LINE}]`) ? line : line?.querySelector(`[${PERSON_LINE}]`);
  return (marked?.getAttribute(PERSON_LINE) ?? undefined) as EncounterId | undefined;
}

/** Gives the focus back to somebody's line. */
export function focusPerson(screen: HTMLElement | null, id: EncounterId): void {
  screen?.querySelector<HTMLElement>(`[${PERSON_LINE}="${CSS.escape(id)}"]`)?.focus();
}

/** Keys that walk the lines of a list: arrows, or J and K. */
export function rowKeys(screen: RefObject<HTMLElement | null>): readonly KeyBinding[] {
  const walk = (step: 1 | -1) => (): boolean => {
    if (!screen.current || document.activeElement?.closest('aside')) return false;
    const lines = linesOf(screen.current);
    const at = lines.findIndex((line) => line.matches(':focus'));
    const next = at === -1 ? lines[0] : lines[at + step];
    next?.focus();
    return next !== undefined;
  };
  return [
    { key: 'ArrowDown', label: 'Next patient (also J)', run: walk(1) },
    { key: 'ArrowUp', label: 'Patient before (also K)', run: walk(-1) },
    { key: 'j', run: walk(1) },
    { key: 'k', run: walk(-1) },
  ];
}
