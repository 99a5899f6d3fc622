import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type ListAsk, readListAsk, type SearchParams, writeListAsk } from './list-params.ts';

/** What the address asks of the list on screen, and the way to ask otherwise. */
export function useListAsk(): { readonly ask: ListAsk; change(changes: Partial<ListAsk>): void } {
  const params = useSearch({ strict: false }) as SearchParams;
  const navigate = useNavigate();
  const ask = useMemo(() => readListAsk(params), [params]);
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
