import type { Scenario } from './scenario.ts';

export const septicShock: Scenario = {
  name: 'septic-shock',
  title: 'One patient from a first fever to septic shock, treatment and recovery; use --speed to see the hours.',
  startHour: 6,
  patients: [{ course: 'sepsis', age: 64, courseHour: 6 }],
  count: 1,
  devices: ['bedside-monitor', 'infusion-pump'],
  faults: [],
};
