import type { DeviceProfile } from '../profile.ts';

/** One value a minute; its own stock is at stake when it falls silent, not a patient. */
export const medicineFridge = {
  type: 'medicine-fridge',
  label: 'Medicine fridge',
  lostAfterMs: 900_000,
  bedside: false,
  spot: false,
  metrics: ['fridge-temp'],
  waves: [],
  events: ['door-open', 'calibration-due', 'self-test-failed', 'battery-low'],
} as const satisfies DeviceProfile;
