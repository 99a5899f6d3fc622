import type { DeviceProfile } from '../profile.ts';

/** Speaks every second. */
export const pulseOximeter = {
  type: 'pulse-oximeter',
  label: 'Pulse oximeter',
  lostAfterMs: 10_000,
  bedside: true,
  spot: false,
  metrics: ['spo2', 'pr'],
  waves: ['pleth'],
  events: ['button', 'lead-off', 'battery-low'],
} as const satisfies DeviceProfile;
