import type { DeviceProfile } from '../profile.ts';

/** Hands on an implant's report, at the least once a day. */
export const implantGateway = {
  type: 'implant-gateway',
  label: 'Implant gateway',
  lostAfterMs: 86_400_000,
  bedside: false,
  spot: false,
  metrics: ['hr', 'activity'],
  waves: ['ecg-ii'],
  events: ['battery-low', 'lead-off', 'self-test-failed', 'button'],
} as const satisfies DeviceProfile;
