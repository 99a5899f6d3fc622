import type { DeviceProfile } from '../profile.ts';

/** Speaks each minute or when presence changes. */
export const roomSensor = {
  type: 'room-sensor',
  label: 'Room sensor',
  lostAfterMs: 600_000,
  bedside: false,
  spot: false,
  metrics: ['room-occupied'],
  waves: [],
  events: ['door-open', 'battery-low'],
} as const satisfies DeviceProfile;
