import type { Scenario } from './scenario.ts';

export const quietNight: Scenario = {
  name: 'quiet-night',
  title: 'Eight stable patients asleep; one probe falls off, nothing else happens.',
  startHour: 1,
  patients: [
    { course: 'post-op', age: 58, courseHour: 0 },
    { course: 'heart-failure', age: 79, courseHour: 0 },
    { course: 'rate-controlled', age: 74, courseHour: 0 },
    { course: 'appendicitis', age: 23, courseHour: 0 },
    { course: 'hypertensive', age: 66, courseHour: 0 },
    { course: 'well', age: 41, courseHour: 0 },
    { course: 'diabetic', age: 35, courseHour: 0 },
    { course: 'hip-fracture', age: 86, courseHour: 0 },
  ],
  count: 8,
  devices: ['bedside-monitor'],
  faults: [{ kind: 'no-value', devices: [2], from: 600, to: 690, metrics: ['spo2', 'pr'], why: 'sensor-off' }],
};
