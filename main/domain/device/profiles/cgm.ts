import type { DeviceProfile } from '../profile.ts';

/** One value each 5 min: three missed ones and it counts as lost. Declares mmol/L or mg/dL in its hello. */
export const cgm = {
  type: 'cgm',
  label: 'Glucose sensor',
  lostAfterMs: 900_000,
  bedside: true,
  spot: false,
  metrics: ['glucose'],
  waves: [],
  events: ['calibration-due', 'battery-low', 'self-test-failed'],
} as const satisfies DeviceProfile;
