import { useToldNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';

/** Time since a moment where there is little room: `< 1 min`, `31 min`, `1 h 2 min`. */
export function RunningClock({ since }: { readonly since: number }) {
  return <span>{useToldNowAs(5_000, (now) => (now - since < 60_000 ? '< 1 min' : formatDuration(now - since)))}</span>;
}

/** Time since a moment in words: `4 min`, `2 h 5 min`. Below a minute: `less than 1 min`. */
export function Since({ at }: { readonly at: number }) {
  return (
    <span>{useToldNowAs(5_000, (now) => (now - at < 60_000 ? 'less than 1 min' : formatDuration(now - at)))}</span>
  );
}

/** A time limit in words: `in 8 min`, `due now`, `over by 12 min`. */
export function dueWords(due: number, now: number): string {
  const minutes = Math.floor((now - due) / 60_000);
  if (now < due) return `in ${formatDuration(Math.max(60_000, due - now))}`;
  return minutes < 1 ? 'due now' : `over by ${formatDuration(now - due)}`;
}

/** How far a limit is, in words that are drawn again only when they change; marked once it is past. */
export function Due({ at }: { readonly at: number }) {
  const words = useToldNowAs(5_000, (now) => dueWords(at, now));
  const over = useToldNowAs(5_000, (now) => now >= at);
  return over ? <strong>{words}</strong> : <span>{words}</span>;
}
