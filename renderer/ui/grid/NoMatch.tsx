import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Blank } from '../Blank.tsx';

interface NoMatchProps {
  /** What is listed, in the singular: "bed". */
  readonly thing: string;
  readonly search: string;
  /** Whether a choice beside the search narrows the list too. */
  readonly narrowed?: boolean;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

/** A list that shows nothing because of what was asked of it, with the way back to all of it. */
export function NoMatch({ thing, search, narrowed = false, onClear, children }: NoMatchProps) {
  const words = search.trim();
  const among = narrowed ? ' in this group' : '';
  return (
    <Blank title={words === '' ? `No ${thing}${among}` : `No ${thing}${among} matches “${words}”`}>
      {children}
      {(words !== '' || narrowed) && <Button onClick={onClear}>Show all</Button>}
    </Blank>
  );
}
