import type { Scenario } from './scenario.ts';

export const clockSkew: Scenario = {
  name: 'clock-skew',
  title: 'Four clocks: right, forty seconds ahead, ten minutes ahead, an hour behind.',
  startHour: 9,
  patients: [{ course: 'well', age: 50, courseHour: 0 }],
  count: 4,
  devices: ['bedside-monitor'],
  faults: [
    { kind: 'clock', devices: [1], from: 5, byMs: 40_000 },
    { kind: 'clock', devices: [2], from: 5, byMs: 600_000 },
    { kind: 'clock', devices: [3], from: 5, byMs: -3_600_000 },
    { kind: 'clock', devices: [2, 3], from: 120, byMs: 0 },
  ],
};
