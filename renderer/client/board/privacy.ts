import { createContext, useContext, useSyncExternalStore } from 'react';
import { useMe } from '../hooks.ts';
import type { BoardRow } from './board.ts';
import { initialsOf } from './board-words.ts';

const KEPT = 'wardline.privacy';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this station shows initials instead of names; kept by the station, not by the person. */
export function usePrivacy(): { readonly on: boolean; set(on: boolean): void } {
  const on = useSyncExternalStore(subscribe, () => localStorage.getItem(KEPT) === 'on');
  return {
    on,
    set(next) {
      if (next) localStorage.setItem(KEPT, 'on');
      else localStorage.removeItem(KEPT);
      for (const listener of listeners) listener();
    },
  };
}

/** A part of the screen that never shows names, whatever the station is set to. */
export const NamelessPart = createContext(false);

/** How a person is called on this screen: name, initials, or undefined for those who may know neither. The hub sends initials to whoever may not see names. */
export function useCalled(): (row: Pick<BoardRow, 'displayName'> | undefined) => string | undefined {
  const { on } = usePrivacy();
  const nameless = useContext(NamelessPart);
  const named = useMe().may('see-names');
  return (row) => {
    const name = row?.displayName ?? undefined;
    return name !== undefined && named && (on || nameless) ? initialsOf(name) : name;
  };
}
