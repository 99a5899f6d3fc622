import type { DeviceProfile } from '../profile.ts';

/** Speaks each minute or when someone gets in or out. */
export const bedSensor = {
  type: 'bed-sensor',
  label: 'Bed sensor',
  lostAfterMs: 600_000,
  bedside: false,
  spot: false,
  metrics: ['bed-occupied', 'hr', 'rr', 'weight', 'activity'],
  waves: [],
  events: ['fall', 'button', 'battery-low'],
} as const satisfies DeviceProfile;
