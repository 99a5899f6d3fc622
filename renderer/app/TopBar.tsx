import { Kbd } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useMe, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { formatDate, formatTime } from '#renderer/ui/format.ts';
import { AlarmSummary } from './AlarmSummary.tsx';
import { LinkFreshness } from './LinkFreshness.tsx';
import styles from './TopBar.module.css';
import { UserMenu } from './UserMenu.tsx';
import { WardSwitch } from './WardSwitch.tsx';

function WallClock() {
  const now = useNow(1_000);
  const zone = useZone();
  return (
    <time className={styles.clock} dateTime={new Date(now).toISOString()} title={`Clinic time, ${zone}`}>
      <span>{formatDate(now, zone)}</span> <strong>{formatTime(now, zone)}</strong>
    </time>
  );
}

/** The line over every screen: which ward, find anything, what is alarming, is the link fresh, what time, who is here. */
export function TopBar() {
  const { may } = useMe();
  const finds = may('see-names') ? 'Find a patient, bed or screen' : 'Find a bed or screen';
  return (
    <header className={styles.bar}>
      {(may('see-board') || may('see-flow')) && <WardSwitch />}
      <button type="button" className={styles.find} aria-label={finds} onClick={spotlight.open}>
        <IconSearch size={16} stroke={1.75} aria-hidden />
        <span>{finds}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <span className={styles.gap} />
      <AlarmSummary />
      <LinkFreshness />
      <WallClock />
      <UserMenu />
    </header>
  );
}
