import type { DeviceProfile } from '../profile.ts';

/** Speaks when it enters a room, and a status now and then. */
export const rtlsTag = {
  type: 'rtls-tag',
  label: 'Location tag',
  lostAfterMs: 3_600_000,
  bedside: false,
  spot: false,
  metrics: [],
  waves: [],
  events: ['location', 'button', 'battery-low'],
} as const satisfies DeviceProfile;
