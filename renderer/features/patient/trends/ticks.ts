import { DAY_MS, MINUTE_MS } from '#domain/time.ts';
import { clockParts, formatDate, formatTime } from '#renderer/ui/format.ts';

interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Lines of a time axis at round times of the clinic's clock; midnight carries its date. */
export function timeTicks(from: number, to: number, everyMs: number, zone: string): Tick[] {
  const { hour, minute } = clockParts(from, zone);
  const sinceMidnight = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  const midnight = Math.floor(from / MINUTE_MS) * MINUTE_MS - sinceMidnight;
  const ticks: Tick[] = [];
  for (let at = midnight; at <= to; at += everyMs) {
    if (at < from) continue;
    const atMidnight = (at - midnight) % DAY_MS === 0;
    ticks.push({ at, label: atMidnight ? formatDate(at, zone).slice(0, 6) : formatTime(at, zone) });
  }
  return ticks;
}
