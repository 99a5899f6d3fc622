import { IconBatteryOff, IconClockExclamation, IconPlugConnectedX } from '@tabler/icons-react';
import { memo } from 'react';
import type { BedLive } from '#renderer/client/live-beds.ts';
import styles from './DeviceMarks.module.css';

const LOW_BATTERY = 0.2;

/** What is wrong with a bed's devices, a mark each; nothing while all is well. */
export const DeviceMarks = memo(
  function DeviceMarks({ devices }: { devices: BedLive['devices'] }) {
    const lost = devices.filter(({ online }) => !online);
    const low = devices.filter(({ battery }) => battery !== null && battery < LOW_BATTERY);
    const skewed = devices.filter((device) => device.skewed);
    const lowest = Math.min(...low.map(({ battery }) => battery ?? 1));
    return (
      <>
        {lost.length > 0 && (
          <span className={styles.mark} title={`No link: ${lost.map(({ id }) => id).join(', ')}`}>
            <IconPlugConnectedX size={16} aria-hidden />
            <span className="visually-hidden">Device has no link</span>
          </span>
        )}
        {low.length > 0 && (
          <span className={styles.mark} title={`Battery low: ${low.map(({ id }) => id).join(', ')}`}>
            <IconBatteryOff size={16} aria-hidden />
            {Math.round(lowest * 100)} %<span className="visually-hidden"> battery</span>
          </span>
        )}
        {skewed.length > 0 && (
          <span className={styles.mark} title={`Clock wrong: ${skewed.map(({ id }) => id).join(', ')}`}>
            <IconClockExclamation size={16} aria-hidden />
            <span className="visually-hidden">Device clock is wrong</span>
          </span>
        )}
      </>
    );
  },
  (before, after) => marksOf(before.devices) === marksOf(after.devices),
);

/** The part of devices that shows: their last message does not. */
function marksOf(devices: BedLive['devices']): string {
  return devices.map(({ id, online, battery, skewed }) => [id, online, battery, skewed].join()).join('\n');
}
