import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { clockParts } from '#renderer/ui/format.ts';

/**
 * When something was taken, from `HH:mm` or `HHmm` on the clinic's clock: the last time it was that late. Empty is
 * null (now); what is no time of day is undefined.
 */
export function takenAt(typed: string, now: number, zone: string): number | null | undefined {
  const plain = typed.trim();
  if (plain === '') return null;
  const match = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/u.exec(plain);
  if (!match) return undefined;
  const wanted = Number(match[1]) * 60 + Number(match[2]);
  const thisMinute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const back = (minuteOfDay(thisMinute, zone) - wanted + 24 * 60) % (24 * 60);
  const guess = thisMinute - back * MINUTE_MS;
  // A clock that was put forward or back between then and now moves the guess by that much.
  return [guess, guess - HOUR_MS, guess + HOUR_MS].find((at) => at <= now && minuteOfDay(at, zone) === wanted) ?? guess;
}

function minuteOfDay(at: number, zone: string): number {
  const { hour, minute } = clockParts(at, zone);
  return Number(hour) * 60 + Number(minute);
}
