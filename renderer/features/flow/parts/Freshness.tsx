import { useBoardAs } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useLink } from '#renderer/client/hooks.ts';
import { formatSeconds } from '#renderer/ui/format.ts';
import { useBoardDay } from '../board/board-day.ts';
import styles from './Freshness.module.css';

/** As of when the board is, once the hub does not tell any more. */
export function Freshness() {
  const { state } = useLink();
  const { zone } = useBoardDay();
  const at = useBoardAs(useBoardScope(), (board) => board.at) ?? 0;
  return state === 'live' ? null : <strong className={styles.old}>As of {formatSeconds(at, zone)}, not live</strong>;
}
