import { formatSeconds } from '#renderer/ui/format.ts';
import styles from './Freshness.module.css';
import { useLink, useZone } from './hooks.ts';

/** As of when what is on the screen was true, once the hub does not tell any more: its clocks stand still then. */
export function Freshness() {
  const { state, since } = useLink();
  const zone = useZone();
  return state === 'live' ? null : <strong className={styles.old}>As of {formatSeconds(since, zone)}, not live</strong>;
}
