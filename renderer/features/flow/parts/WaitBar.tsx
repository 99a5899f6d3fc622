import type { BoardRow } from '#renderer/client/board/board.ts';
import { useToldNowAs } from '#renderer/client/live-hooks.ts';
import { dueWords } from './Clock.tsx';
import styles from './WaitBar.module.css';

/** How much of the wait a category allows is used up: a bar, and in words. Who has no category yet counts from arrival. */
export function WaitBar({ row }: { readonly row: BoardRow }) {
  const { arrivedAt, seeBy, seenAt, triage } = row;
  const used = useToldNowAs(5_000, (now) => usedOf(arrivedAt, seeBy, now));
  const words = useToldNowAs(5_000, (now) => (seeBy === null ? '' : dueWords(seeBy, now)));
  if (seenAt !== null) return <span className={styles.words}>Seen</span>;
  if (seeBy === null || arrivedAt === null) {
    return <span className={styles.words}>{triage ? 'No target' : 'Triage first'}</span>;
  }
  return (
    <span className={styles.wait} data-over={used > 100 || undefined}>
      <progress max={100} value={Math.min(100, used)} aria-hidden="true" />
      <span className={styles.words}>{words}</span>
    </span>
  );
}

/** Percent of the allowed wait that is used, in steps of five so that it is drawn seldom; above 100 once it is over. */
function usedOf(arrivedAt: number | null, seeBy: number | null, now: number): number {
  if (arrivedAt === null || seeBy === null) return 0;
  if (now >= seeBy) return 105;
  return Math.min(100, Math.round((now - arrivedAt) / Math.max(1, seeBy - arrivedAt) / 0.05) * 5);
}
