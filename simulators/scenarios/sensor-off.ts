import type { Scenario } from './scenario.ts';

export const sensorOff: Scenario = {
  name: 'sensor-off',
  title: 'Leads and probes come off and go on again: values are absent with a reason, never zero.',
  startHour: 14,
  patients: [
    { course: 'post-op', age: 45, courseHour: 0 },
    { course: 'atrial-fibrillation', age: 78, courseHour: 0 },
    { course: 'copd-exacerbation', age: 70, courseHour: 4 },
  ],
  count: 3,
  devices: ['bedside-monitor'],
  faults: [
    { kind: 'no-value', devices: [0], from: 15, to: 60, metrics: ['hr', 'rr'], why: 'lead-off' },
    { kind: 'no-value', devices: [1], from: 25, to: 120, metrics: ['spo2', 'pr'], why: 'sensor-off' },
    { kind: 'no-value', devices: [2], from: 40, to: 55, metrics: ['hr', 'pr', 'rr', 'spo2'], why: 'disconnected' },
    { kind: 'no-value', devices: [2], from: 55, to: 70, metrics: ['spo2', 'pr'], why: 'low-perfusion' },
  ],
};
