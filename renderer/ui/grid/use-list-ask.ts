import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { type ListAsk, readListAsk, type SearchParams, writeListAsk } from './list-params.ts';

/** What the address asks of the list on screen, and the way to ask otherwise. */
export function useListAsk(): { readonly ask: ListAsk; change(changes: Partial<ListAsk>): void } {
  const params = useSearch({ strict: false }) as SearchParams;
  const navigate = useNavigate();
  const ask = useAsk(params);
  const change = useCallback(
    (changes: Partial<ListAsk>) =>
      void navigate({
        to: '.',
        search: (before: SearchParams) => writeListAsk(before, { ...readListAsk(before), ...changes }),
        replace: true,
      }),
    [navigate],
  );
  return { ask, change };
}

/** Parts that say the same as before stay the same objects: a grid sorts and filters again only where it must. */
function useAsk(params: SearchParams): ListAsk {
  const read = readListAsk(params);
  const sort = useSame(read.sort);
  const shown = useSame(read.shown);
  const only = useSame(read.only);
  const { search } = read;
  return useMemo(() => ({ search, sort, shown, only }), [search, sort, shown, only]);
}

function useSame<Part>(next: Part): Part {
  const [kept, keep] = useState(next);
  if (kept === next || JSON.stringify(kept) === JSON.stringify(next)) return kept;
  keep(next);
  return next;
}

/** One of a screen's own choices (a chip, a tab) kept in the address; `usual` is what stands for nothing there. */
export function useListChoice(name: string, usual: string): readonly [string, (chosen: string) => void] {
  const params = useSearch({ strict: false }) as SearchParams;
  const navigate = useNavigate();
  const chosen = params[name];
  const choose = useCallback(
    (next: string) =>
      void navigate({
        to: '.',
        search: (before: SearchParams) => ({ ...before, [name]: next === usual ? undefined : next }),
        replace: true,
      }),
    [navigate, name, usual],
  );
  return [typeof chosen === 'string' || typeof chosen === 'number' ? String(chosen) : usual, choose];
}
