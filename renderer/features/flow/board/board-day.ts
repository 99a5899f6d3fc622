import { createContext, useContext } from 'react';

/** The clinic's day and zone, worked out once for a whole board. */
export interface BoardDay {
  readonly zone: string;
  /** The next midnight, epoch ms. */
  readonly dayEnd: number;
}

export const BoardDayContext = createContext<BoardDay>({ zone: 'UTC', dayEnd: 0 });

export function useBoardDay(): BoardDay {
  return useContext(BoardDayContext);
}
