import type { DeviceProfile } from '../profile.ts';

/** Speaks at least twice a minute while it runs. */
export const infusionPump = {
  type: 'infusion-pump',
  label: 'Infusion pump',
  lostAfterMs: 60_000,
  bedside: true,
  spot: false,
  metrics: ['infusion-rate', 'infusion-volume'],
  waves: [],
  events: [
    'occlusion',
    'air-in-line',
    'door-open',
    'end-of-infusion',
    'reservoir-low',
    'battery-low',
    'self-test-failed',
  ],
} as const satisfies DeviceProfile;
