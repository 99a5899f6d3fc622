import type { FeedLocation } from './feed.ts';
import { DELETED, type Segment } from './message.ts';

const LONGEST = 60;

/** A place as a message names it (PL): point of care, room, bed and facility; null where it names none. */
export function locationOf(segment: Segment | undefined, field: number): FeedLocation | null {
  if (!segment) return null;
  const part = (component: number) => {
    const text = segment.value(field, component).slice(0, LONGEST).trim();
    return text === DELETED ? '' : text;
  };
  const location = { unit: part(1), room: part(2), bed: part(3), facility: part(4) };
  return location.unit === '' && location.room === '' && location.bed === '' ? null : location;
}
