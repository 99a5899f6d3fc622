import { useLink, useQueryOf } from '#renderer/client/hooks.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import styles from './LinkFreshness.module.css';
import { useBrokerLink } from './useBrokerLink.ts';

/** Whether what is on screen is fresh: the link to the hub, and the hub's link to the devices. */
export function LinkFreshness() {
  const link = useLink();
  const age = useNowAs(1_000, (now) => formatDuration(now - link.since));
  const broker = useBrokerLink();
  const status = useQueryOf(['hub', 'status'], (hub) => hub.hub.status({})).data;
  const devices = broker?.broker ?? status?.mqtt.broker;
  if (link.state !== 'live') {
    const words = link.state === 'lost' ? `Link lost ${age}` : 'Connecting';
    return <Freshness state={link.state} words={words} />;
  }
  if (devices === 'lost') return <Freshness state="lost" words="Devices lost" />;
  if (devices === 'connecting') return <Freshness state="connecting" words="Devices connecting" />;
  return <Freshness state="live" words="Live" />;
}

function Freshness({ state, words }: { state: string; words: string }) {
  return (
    <span className={styles.freshness} data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      {words}
    </span>
  );
}
