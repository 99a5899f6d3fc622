import { createContext, useContext } from 'react';
import { formatTime } from '#renderer/ui/format.ts';

/** The clinic's day and zone, worked out once for a whole board. */
export interface BoardDay {
  readonly zone: string;
  /** The next midnight, epoch ms. */
  readonly dayEnd: number;
  /** Until when an arrival or a leaving counts as coming soon, epoch ms: never before dayEnd. */
  readonly until: number;
}

export const BoardDayContext = createContext<BoardDay>({ zone: 'UTC', dayEnd: 0, until: 0 });

export function useBoardDay(): BoardDay {
  return useContext(BoardDayContext);
}

/** How lists of what comes soon say until when: `today`, in the evening `by 12:00`. */
export function soonWords({ zone, dayEnd, until }: BoardDay): string {
  return until <= dayEnd ? 'today' : `by ${formatTime(until, zone)}`;
}
