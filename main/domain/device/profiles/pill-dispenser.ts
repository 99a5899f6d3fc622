import type { DeviceProfile } from '../profile.ts';

/** Speaks in events only; an hour without even a status counts as lost. */
export const pillDispenser = {
  type: 'pill-dispenser',
  label: 'Pill dispenser',
  lostAfterMs: 3_600_000,
  bedside: false,
  spot: false,
  metrics: [],
  waves: [],
  events: ['dose-due', 'dose-taken', 'dose-skipped', 'door-open', 'battery-low'],
} as const satisfies DeviceProfile;
