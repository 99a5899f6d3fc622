import type { DeviceProfile } from '../profile.ts';

/** Closes the loop with a glucose sensor; its status comes each 5 min. */
export const insulinPump = {
  type: 'insulin-pump',
  label: 'Insulin pump',
  lostAfterMs: 900_000,
  bedside: true,
  spot: false,
  metrics: ['insulin-basal', 'insulin-bolus', 'iob', 'reservoir', 'glucose', 'ketone'],
  waves: [],
  events: ['occlusion', 'reservoir-low', 'battery-low', 'self-test-failed'],
} as const satisfies DeviceProfile;
