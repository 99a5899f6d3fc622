import type { Scenario } from './scenario.ts';

export const opioidApnoea: Scenario = {
  name: 'opioid-apnoea',
  title:
    'Breathing slows after an operation, carbon dioxide rises, saturation follows late under oxygen; then the antidote.',
  startHour: 23,
  patients: [{ course: 'opioid', age: 69, courseHour: 7 }],
  count: 1,
  devices: ['bedside-monitor'],
  faults: [],
};
