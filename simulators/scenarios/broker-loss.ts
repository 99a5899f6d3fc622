import type { Scenario } from './scenario.ts';

export const brokerLoss: Scenario = {
  name: 'broker-loss',
  title: 'Every device loses the network for a minute and then for ten seconds; nothing said meanwhile is lost.',
  startHour: 10,
  patients: [
    { course: 'post-op', age: 52, courseHour: 0 },
    { course: 'heart-failure', age: 80, courseHour: 0 },
    { course: 'pneumonia-recovering', age: 66, courseHour: 3 },
    { course: 'well', age: 38, courseHour: 0 },
  ],
  count: 8,
  devices: ['bedside-monitor'],
  faults: [
    { kind: 'link-cut', from: 20, to: 80 },
    { kind: 'link-cut', from: 120, to: 130 },
    { kind: 'restart', devices: [0], from: 140 },
  ],
};
