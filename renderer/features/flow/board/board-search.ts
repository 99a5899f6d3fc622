import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { BED_LISTS, type BedList, PEOPLE_LISTS, type PeopleList } from '#renderer/client/board/board-lists.ts';

/** What the address says of a board: which list, what is looked for, which bed or person is open. */
export interface BoardSearch {
  readonly show: BedList | PeopleList | undefined;
  readonly find: string;
  readonly bed: BedId | undefined;
  readonly who: EncounterId | undefined;
}

const LISTS: readonly (BedList | PeopleList)[] = [...BED_LISTS, ...PEOPLE_LISTS];

/** Reads the address and writes it: a link copied from it shows the same. */
export function useBoardSearch(): BoardSearch & { choose(changes: Partial<BoardSearch>): void } {
  const navigate = useNavigate();
  const raw = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (raw[name] === undefined ? undefined : String(raw[name]));
  const search: BoardSearch = {
    show: LISTS.find((list) => list === raw.show),
    find: text('find') ?? '',
    bed: text('bed') as BedId | undefined,
    who: text('who') as EncounterId | undefined,
  };
  const choose = useCallback(
    (changes: Partial<BoardSearch>) =>
      void navigate({
        to: '.',
        replace: true,
        search: (before: Record<string, unknown>) => {
          const next = { ...before, ...changes };
          return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== ''));
        },
      }),
    [navigate],
  );
  return { ...search, choose };
}

/** Whether a list is one of beds. */
export function isBedList(list: BoardSearch['show']): list is BedList {
  return BED_LISTS.some((one) => one === list);
}
