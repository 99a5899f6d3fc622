import type { Scenario } from './scenario.ts';

export const badFirmware: Scenario = {
  name: 'bad-firmware',
  title: 'Two devices with broken firmware send every kind of refused payload between good readings.',
  startHour: 11,
  patients: [
    { course: 'post-op', age: 61, courseHour: 0 },
    { course: 'well', age: 33, courseHour: 0 },
    { course: 'hypertensive', age: 70, courseHour: 0 },
  ],
  count: 3,
  devices: ['bedside-monitor'],
  faults: [{ kind: 'garbage', devices: [0, 1], from: 2, to: 600, every: 0.5 }],
};
