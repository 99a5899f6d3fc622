import { sameLabel } from '../location/place.ts';

const LONGEST = 200;

/** The room a location tag says it is in (`{ room }`), fit to be shown; null when it says none. */
export function heardRoom(detail: unknown): string | null {
  const room = typeof detail === 'object' && detail !== null && 'room' in detail ? detail.room : null;
  if (typeof room !== 'string') return null;
  const shown = room
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return shown === '' ? null : [...shown].slice(0, LONGEST).join('');
}

/** Whether a place in the words of a location system is one of the names a place goes by here. */
export function goesBy(heard: string, names: readonly (string | null | undefined)[]): boolean {
  return names.some((name) => name != null && sameLabel(name, heard));
}
