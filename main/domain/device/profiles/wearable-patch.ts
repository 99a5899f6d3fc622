import type { DeviceProfile } from '../profile.ts';

/** Radio on the body: allowed twice a monitor's silence before it counts as lost. */
export const wearablePatch = {
  type: 'wearable-patch',
  label: 'Wearable patch',
  lostAfterMs: 20_000,
  bedside: true,
  spot: false,
  metrics: ['hr', 'rr', 'spo2', 'temp', 'steps', 'activity'],
  waves: ['ecg-ii', 'resp'],
  events: ['button', 'fall', 'lead-off', 'battery-low'],
} as const satisfies DeviceProfile;
