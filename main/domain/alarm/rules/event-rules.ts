import type { Alarm, Priority } from '../alarm.ts';

interface EventRule {
  readonly priority: Priority;
  readonly kind: Alarm['kind'];
  readonly message: string;
}

/**
 * What happened on a device that someone must see. Each stays until acknowledged. Priorities are Wardline's own: by how
 * soon harm may follow (IEC 60601-1-8's table of onset and outcome, from general knowledge).
 */
export const EVENT_RULES: Readonly<Record<string, EventRule>> = {
  button: { priority: 'low', kind: 'physiological', message: 'Patient calls' },
  fall: { priority: 'medium', kind: 'physiological', message: 'Fall detected' },
  occlusion: { priority: 'high', kind: 'technical', message: 'Occlusion: nothing is being delivered' },
  'air-in-line': { priority: 'high', kind: 'technical', message: 'Air in line: delivery stopped' },
  'door-open': { priority: 'low', kind: 'technical', message: 'Door open' },
  'end-of-infusion': { priority: 'medium', kind: 'technical', message: 'Infusion has ended' },
  'reservoir-low': { priority: 'medium', kind: 'technical', message: 'Reservoir is low' },
  'battery-low': { priority: 'low', kind: 'technical', message: 'Battery is low' },
  'lead-off': { priority: 'low', kind: 'technical', message: 'Lead off' },
  'calibration-due': { priority: 'low', kind: 'technical', message: 'Calibration is due' },
  'self-test-failed': { priority: 'medium', kind: 'technical', message: 'Self-test failed: take out of use' },
};
