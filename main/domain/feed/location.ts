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

/** From PV1-6 (prior location) to PV1-3, spelled alike; nothing where either is not said. */
export function wayOf(pv1: Segment | undefined): { told?: { from: string; to: string } } {
  const [from, to] = [locationOf(pv1, 6), locationOf(pv1, 3)].map(spelled);
  return from && to ? { told: { from, to } } : {};
}

function spelled(location: FeedLocation | null): string {
  if (!location) return '';
  const { unit, room, bed } = location;
  return [unit, room, bed].map((part) => part.toUpperCase().replace(/\s+/g, ' ')).join('^');
}
