import { type ReactNode, useEffect } from 'react';
import { useSeat } from '#renderer/client/context.ts';
import { useSettings, useZone } from '#renderer/client/hooks.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { clockParts } from '#renderer/ui/format.ts';
import { useLook } from '#renderer/ui/LookProvider.tsx';
import { isNight } from '#renderer/ui/look.ts';
import { AlarmAnnouncer } from './AlarmAnnouncer.tsx';
import { Finder } from './Finder.tsx';
import styles from './Frame.module.css';
import { KeyList } from './KeyList.tsx';
import { LinkBanner } from './LinkBanner.tsx';
import { Rail } from './Rail.tsx';
import { TopBar } from './TopBar.tsx';
import { useMenuCommands } from './useMenuCommands.ts';

/** Goes into the night look and out of it by the clinic's clock. */
function useNightHours() {
  const settings = useSettings();
  const zone = useZone();
  const { setNight } = useLook();
  const from = settings?.nightFromHour ?? 0;
  const to = settings?.nightToHour ?? 0;
  const night = useNowAs(10_000, (now) => isNight(Number(clockParts(now, zone).hour), from, to));
  useEffect(() => setNight(night), [night, setNight]);
}

/** What stands around every screen: rail, top bar, link, alarms told aloud, demo mark. */
export function Frame({ children }: { children: ReactNode }) {
  const { welcome } = useSeat();
  useNightHours();
  useMenuCommands();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#screen">
        Skip to the screen
      </a>
      <Rail />
      <div className={styles.right}>
        <TopBar />
        <LinkBanner />
        <main id="screen" className={styles.screen} tabIndex={-1}>
          {children}
        </main>
        {welcome.demo && (
          <p className={styles.demo}>
            <strong>Demonstration</strong> Invented patients. Not for care.
          </p>
        )}
      </div>
      <AlarmAnnouncer />
      <Finder />
      <KeyList />
    </div>
  );
}
