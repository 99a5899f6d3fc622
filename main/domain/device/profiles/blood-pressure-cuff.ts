import type { DeviceProfile } from '../profile.ts';

/** Speaks per measurement, by default each 15 min: two missed ones and it counts as lost. */
export const bloodPressureCuff = {
  type: 'blood-pressure-cuff',
  label: 'Blood pressure cuff',
  lostAfterMs: 2_100_000,
  bedside: false,
  spot: true,
  metrics: ['nibp-sys', 'nibp-dia', 'nibp-mean', 'pr'],
  waves: [],
  events: ['button', 'battery-low', 'calibration-due', 'self-test-failed'],
} as const satisfies DeviceProfile;
