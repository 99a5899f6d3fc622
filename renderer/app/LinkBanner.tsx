import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useLink, useZone } from '#renderer/client/hooks.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration, formatSeconds } from '#renderer/ui/format.ts';
import styles from './LinkBanner.module.css';
import { useBrokerLink } from './useBrokerLink.ts';

/** Says plainly that what is on screen is old: the hub is silent, or the hub hears no devices. Gone once it is not so. */
export function LinkBanner() {
  const link = useLink();
  const broker = useBrokerLink();
  if (link.state === 'lost') return <HubLost since={link.since} />;
  if (link.state === 'live' && broker?.broker === 'lost') return <BrokerLost since={broker.since} />;
  return null;
}

function Since({ since }: { since: number }) {
  const zone = useZone();
  const age = useNowAs(1_000, (now) => formatDuration(now - since));
  return (
    <span className={styles.since}>
      since {formatSeconds(since, zone)} ({age})
    </span>
  );
}

function HubLost({ since }: { since: number }) {
  return (
    <div className={styles.banner} role="alert">
      <IconCloudOff size={20} aria-hidden />
      <p>
        <strong>Link to the hub lost.</strong> Values on this screen are old and nothing can be saved. Watch the bedside
        monitors. Trying again all the time.
      </p>
      <span aria-live="off">
        <Since since={since} />
      </span>
    </div>
  );
}

function BrokerLost({ since }: { since: number }) {
  return (
    <div className={styles.banner} role="alert">
      <IconPlugConnectedX size={20} aria-hidden />
      <p>
        <strong>The hub hears no devices.</strong> Its link to the device network is lost; values grow old. Charting by
        hand still works. Watch the bedside monitors.
      </p>
      <span aria-live="off">
        <Since since={since} />
      </span>
    </div>
  );
}
