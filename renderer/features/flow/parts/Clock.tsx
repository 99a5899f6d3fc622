import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';

/** `12:31`, from an hour on `1:02:31`: a clock that runs up. */
function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Time since a moment, second by second. */
export function RunningClock({ since }: { readonly since: number }) {
  return <span>{useNowAs(1_000, (now) => stopwatch(now - since))}</span>;
}

/** Time since a moment in words: `4 min`, `2 h 5 min`. Below a minute: `less than 1 min`. */
export function Since({ at }: { readonly at: number }) {
  return <span>{useNowAs(5_000, (now) => (now - at < 60_000 ? 'less than 1 min' : formatDuration(now - at)))}</span>;
}

/** A time limit in words: `in 8 min`, `due now`, `over by 12 min`. */
export function dueWords(due: number, now: number): string {
  const minutes = Math.floor((now - due) / 60_000);
  if (now < due) return `in ${formatDuration(Math.max(60_000, due - now))}`;
  return minutes < 1 ? 'due now' : `over by ${formatDuration(now - due)}`;
}

/** How far a limit is, in words that are drawn again only when they change; marked once it is past. */
export function Due({ at }: { readonly at: number }) {
  const words = useNowAs(5_000, (now) => dueWords(at, now));
  const over = useNowAs(5_000, (now) => now >= at);
  return over ? <strong>{words}</strong> : <span>{words}</span>;
}
