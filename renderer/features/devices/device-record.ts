import type { Records } from '#renderer/client/records.ts';
import { formatDuration } from '#renderer/ui/format.ts';

export type DeviceRecord = Records['devices']['list'][number];

/** Where a device stands with the clinic. */
export type DeviceStanding = 'waiting' | 'in-use' | 'untied' | 'retired';

export function standingOf(device: Pick<DeviceRecord, 'admittedAt' | 'retiredAt' | 'tiedTo'>): DeviceStanding {
  if (device.retiredAt !== null) return 'retired';
  if (device.admittedAt === null) return 'waiting';
  return device.tiedTo ? 'in-use' : 'untied';
}

export const STANDING_WORDS: Readonly<Record<DeviceStanding, string>> = {
  waiting: 'Waiting for admission',
  'in-use': 'In use',
  untied: 'Not tied',
  retired: 'Retired',
};

const STANDING_ORDER: readonly DeviceStanding[] = ['waiting', 'untied', 'in-use', 'retired'];

/** Waiting ones first, then those without a place, then those in use; by id within. */
export function byStanding(one: DeviceRecord, other: DeviceRecord): number {
  return (
    STANDING_ORDER.indexOf(standingOf(one)) - STANDING_ORDER.indexOf(standingOf(other)) ||
    one.id.localeCompare(other.id)
  );
}

/** `87 %`, with "low" in words below a fifth; a dash when the device does not say. */
export function batteryWords(battery: number | null): string {
  if (battery === null) return '–';
  const percent = Math.round(battery * 100);
  return percent < 20 ? `${percent} %, low` : `${percent} %`;
}

/** How far the device's clock is off: "in step" within two seconds. */
export function skewWords({ skewMs, skewed }: Pick<DeviceRecord, 'skewMs' | 'skewed'>): string {
  if (skewMs === null) return '–';
  if (Math.abs(skewMs) < 2_000) return 'in step';
  const words = `${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
  return skewed ? `${words}: not trusted` : words;
}

/** Age of the last message, and whether the device is heard now. */
export function heardWords(device: Pick<DeviceRecord, 'online' | 'lastMessageAt'>, now: number): string {
  if (device.lastMessageAt === null) return 'Never heard';
  const age = now - device.lastMessageAt;
  const words = age < 2_000 ? 'now' : `${formatDuration(age)} ago`;
  return device.online ? words : `Silent, ${words}`;
}
