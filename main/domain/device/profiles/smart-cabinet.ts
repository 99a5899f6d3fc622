import type { DeviceProfile } from '../profile.ts';

/** Events carry GTIN and lot of what was taken or returned. */
export const smartCabinet = {
  type: 'smart-cabinet',
  label: 'Smart cabinet',
  lostAfterMs: 3_600_000,
  bedside: false,
  spot: false,
  metrics: ['bin-count'],
  waves: [],
  events: ['item-taken', 'item-returned', 'door-open', 'self-test-failed'],
} as const satisfies DeviceProfile;
