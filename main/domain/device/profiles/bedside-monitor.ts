import type { DeviceProfile } from '../profile.ts';

/** Speaks every second; ten silent seconds at a bed are an alarm (spec: defaults). */
export const bedsideMonitor = {
  type: 'bedside-monitor',
  label: 'Bedside monitor',
  lostAfterMs: 10_000,
  bedside: true,
  spot: false,
  metrics: [
    'hr',
    'pr',
    'rr',
    'spo2',
    'temp',
    'nibp-sys',
    'nibp-dia',
    'nibp-mean',
    'art-sys',
    'art-dia',
    'art-mean',
    'etco2',
    'o2-flow',
    'acvpu',
  ],
  waves: ['ecg-i', 'ecg-ii', 'ecg-v', 'pleth', 'resp', 'abp'],
  events: ['button', 'lead-off', 'battery-low', 'self-test-failed'],
} as const satisfies DeviceProfile;
