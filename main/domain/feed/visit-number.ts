import { DELETED, type Segment } from './message.ts';

const LONGEST = 100;
const BETWEEN = '^^^';

/** A visit's number with who gave it, `77^^^CITY`, since two hospitals may give one number; null: none is named. */
export function visitNumberOf(segment: Segment, field: number): string | null {
  const number = segment.value(field).slice(0, LONGEST);
  if (number === '' || number === DELETED) return null;
  const authority = segment.value(field, 4) || segment.value(field, 4, 2);
  return authority === '' || authority === DELETED ? number : `${number}${BETWEEN}${authority.slice(0, LONGEST)}`;
}

/** The number as people here know it. */
export function plainNumber(visitNumber: string): string {
  const end = visitNumber.indexOf(BETWEEN);
  return end === -1 ? visitNumber : visitNumber.slice(0, end);
}
