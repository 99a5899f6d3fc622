import type { DeviceProfile } from '../profile.ts';

/** Speaks per measurement: half a day of silence is ordinary. */
export const thermometer = {
  type: 'thermometer',
  label: 'Thermometer',
  lostAfterMs: 43_200_000,
  bedside: false,
  spot: true,
  metrics: ['temp'],
  waves: [],
  events: ['battery-low', 'calibration-due'],
} as const satisfies DeviceProfile;
