import { SECOND_MS } from '#domain/time.ts';
import type { Finding } from '../alarm-state.ts';
import type { DeviceView, TimedRule } from './rule.ts';

function technical(
  rule: string,
  priority: Finding['priority'],
  message: string,
  value: number | null = null,
  limit: number | null = null,
): Finding[] {
  return [{ rule, kind: 'technical', priority, code: null, message, limit, value, worse: 'low' }];
}

/** A bedside device has fallen silent for its profile's time (10 s for a monitor): everything it measured is old. */
const deviceLost: TimedRule<DeviceView> = {
  name: 'device-lost',
  delayMs: 0,
  clearMs: 0,
  judge: ({ bedside, online, typeLabel }) =>
    bedside && !online ? technical('device-lost', 'medium', `${typeLabel} lost: no data`) : [],
};

/** It speaks (its status comes) but sends no value, or none that can be taken: nobody is watched by it. */
const noReadings: TimedRule<DeviceView> = {
  name: 'no-readings',
  delayMs: 0,
  clearMs: 0,
  judge: ({ noReadingsMs, typeLabel }) =>
    noReadingsMs !== null && noReadingsMs >= 30 * SECOND_MS
      ? technical('no-readings', 'medium', `${typeLabel} sends no values`)
      : [],
};

/** Nobody can tell whose values it sends: no patient of the bed is watched by it. */
const sharedBed: TimedRule<DeviceView> = {
  name: 'shared-bed',
  delayMs: 0,
  clearMs: 0,
  judge: ({ shared, typeLabel }) =>
    shared ? technical('shared-bed', 'medium', `${typeLabel} at a shared bed: tie it to its patient`) : [],
};

const LOW = 0.2;
const MEDIUM = 0.1;
const HYSTERESIS = 0.05;

/** Battery below 20 % low, below 10 % medium; over when 5 % above. */
const battery: TimedRule<DeviceView> = {
  name: 'battery',
  delayMs: 0,
  clearMs: 0,
  judge({ battery: charge, typeLabel, active }) {
    const back = active.has('battery') ? HYSTERESIS : 0;
    if (charge === null || charge >= LOW + back) return [];
    const percent = Math.round(charge * 100);
    return technical(
      'battery',
      charge < MEDIUM ? 'medium' : 'low',
      `${typeLabel} battery ${percent} %`,
      percent,
      charge < MEDIUM ? 10 : 20,
    );
  },
};

/** The device's clock is wrong enough that its times cannot be trusted. */
const clockSkew: TimedRule<DeviceView> = {
  name: 'clock-skew',
  delayMs: 30 * SECOND_MS,
  clearMs: 30 * SECOND_MS,
  judge: ({ skewed, typeLabel }) => (skewed ? technical('clock-skew', 'low', `${typeLabel} clock is wrong`) : []),
};

/** Three broken messages in a row: the device speaks, but not sense. */
const badData: TimedRule<DeviceView> = {
  name: 'bad-data',
  delayMs: 0,
  clearMs: 30 * SECOND_MS,
  judge: ({ badData: bad, typeLabel }) => (bad ? technical('bad-data', 'low', `${typeLabel} sends broken data`) : []),
};

export const DEVICE_RULES: readonly TimedRule<DeviceView>[] = [
  deviceLost,
  noReadings,
  sharedBed,
  battery,
  clockSkew,
  badData,
];
