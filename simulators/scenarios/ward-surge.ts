import type { Scenario } from './scenario.ts';

export const wardSurge: Scenario = {
  name: 'ward-surge',
  title: 'A full ward on a bad afternoon: several patients worsen in the same hours.',
  startHour: 15,
  patients: [
    { course: 'sepsis', age: 67, courseHour: 8 },
    { course: 'bleeding', age: 54, courseHour: 6.5 },
    { course: 'opioid', age: 71, courseHour: 7.5 },
    { course: 'copd-exacerbation', age: 73, courseHour: 9 },
    { course: 'pneumonia-recovering', age: 62, courseHour: 0 },
    { course: 'atrial-fibrillation', age: 77, courseHour: 0 },
    { course: 'post-op', age: 48, courseHour: 0 },
    { course: 'urinary-infection', age: 81, courseHour: 0 },
  ],
  count: 32,
  devices: ['bedside-monitor'],
  faults: [
    { kind: 'no-value', devices: [5, 9], from: 120, to: 240, metrics: ['hr', 'rr'], why: 'lead-off' },
    { kind: 'link-cut', devices: [12], from: 300, to: 330 },
  ],
};
