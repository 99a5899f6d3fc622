import { badFirmware } from './bad-firmware.ts';
import { brokerLoss } from './broker-loss.ts';
import { clockSkew } from './clock-skew.ts';
import { opioidApnoea } from './opioid-apnoea.ts';
import { quietNight } from './quiet-night.ts';
import type { Scenario } from './scenario.ts';
import { sensorOff } from './sensor-off.ts';
import { septicShock } from './septic-shock.ts';
import { wardSurge } from './ward-surge.ts';

/** Every scenario, in the order shown to people. A new one is a file beside this and a line here. */
export const SCENARIOS: readonly Scenario[] = [
  quietNight,
  wardSurge,
  septicShock,
  opioidApnoea,
  brokerLoss,
  sensorOff,
  clockSkew,
  badFirmware,
];

export function scenarioOf(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
