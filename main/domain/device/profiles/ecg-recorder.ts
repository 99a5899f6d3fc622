import type { DeviceProfile } from '../profile.ts';

/** Speaks every second while it records. */
export const ecgRecorder = {
  type: 'ecg-recorder',
  label: 'ECG recorder',
  lostAfterMs: 10_000,
  bedside: true,
  spot: false,
  metrics: ['hr', 'rr'],
  waves: ['ecg-i', 'ecg-ii', 'ecg-v'],
  events: ['button', 'lead-off', 'battery-low'],
} as const satisfies DeviceProfile;
