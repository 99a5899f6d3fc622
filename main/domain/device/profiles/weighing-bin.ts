import type { DeviceProfile } from '../profile.ts';

/** Speaks each 5 min or when the weight changes. */
export const weighingBin = {
  type: 'weighing-bin',
  label: 'Weighing bin',
  lostAfterMs: 3_600_000,
  bedside: false,
  spot: false,
  metrics: ['bin-weight', 'bin-count'],
  waves: [],
  events: ['calibration-due', 'battery-low'],
} as const satisfies DeviceProfile;
