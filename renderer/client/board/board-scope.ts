import { createContext, useContext } from 'react';
import type { WardId } from '#domain/ids.ts';

/** Which board stands around a part of the screen: a ward's, or, undefined, the house's. */
export const BoardScope = createContext<WardId | undefined>(undefined);

export function useBoardScope(): WardId | undefined {
  return useContext(BoardScope);
}
