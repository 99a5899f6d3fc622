import type { Place } from './event.ts';

/** Somewhere nobody said. */
export const NOWHERE: Place = { wardId: null, roomId: null, bedId: null, areaId: null };

export function samePlace(one: Place | null, other: Place | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.bedId === other.bedId &&
    one.areaId === other.areaId &&
    one.roomId === other.roomId &&
    one.wardId === other.wardId
  );
}

/** The ward alone: what is sure of a place whose bed was not granted. */
export function wardOf({ wardId }: Place): Place {
  return { ...NOWHERE, wardId };
}
