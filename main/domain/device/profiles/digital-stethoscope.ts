import type { DeviceProfile } from '../profile.ts';

/** Speaks only while in use: half a day of silence is ordinary. */
export const digitalStethoscope = {
  type: 'digital-stethoscope',
  label: 'Digital stethoscope',
  lostAfterMs: 43_200_000,
  bedside: false,
  spot: false,
  metrics: ['hr'],
  waves: ['heart-sound'],
  events: ['battery-low', 'calibration-due'],
} as const satisfies DeviceProfile;
