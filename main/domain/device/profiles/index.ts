import { METRICS } from '#domain/observation/metric.ts';
import { EVENT_KINDS } from '../event-kind.ts';
import type { DeviceProfile } from '../profile.ts';
import { WAVES } from '../wave.ts';
import { bedSensor } from './bed-sensor.ts';
import { bedsideMonitor } from './bedside-monitor.ts';
import { bloodPressureCuff } from './blood-pressure-cuff.ts';
import { cgm } from './cgm.ts';
import { digitalStethoscope } from './digital-stethoscope.ts';
import { ecgRecorder } from './ecg-recorder.ts';
import { implantGateway } from './implant-gateway.ts';
import { infusionPump } from './infusion-pump.ts';
import { insulinPump } from './insulin-pump.ts';
import { medicineFridge } from './medicine-fridge.ts';
import { pillDispenser } from './pill-dispenser.ts';
import { pulseOximeter } from './pulse-oximeter.ts';
import { roomSensor } from './room-sensor.ts';
import { rtlsTag } from './rtls-tag.ts';
import { smartCabinet } from './smart-cabinet.ts';
import { thermometer } from './thermometer.ts';
import { wearablePatch } from './wearable-patch.ts';
import { weighingBin } from './weighing-bin.ts';

/** Every device type Wardline knows. A new one is a file beside this and a line here. */
export const PROFILES = [
  bedsideMonitor,
  wearablePatch,
  pulseOximeter,
  bloodPressureCuff,
  ecgRecorder,
  digitalStethoscope,
  thermometer,
  cgm,
  insulinPump,
  infusionPump,
  pillDispenser,
  smartCabinet,
  weighingBin,
  medicineFridge,
  bedSensor,
  roomSensor,
  rtlsTag,
  implantGateway,
] as const satisfies readonly DeviceProfile[];

/** What an unknown kind of device may send: everything but what only people chart. */
const genericProfile: DeviceProfile = {
  type: 'unknown',
  label: 'Unknown device',
  lostAfterMs: 900_000,
  bedside: false,
  spot: false,
  metrics: METRICS.map(({ code }) => code).filter((code) => code !== 'oxygen'),
  waves: WAVES.map(({ name }) => name),
  events: EVENT_KINDS,
};

const byType: ReadonlyMap<string, DeviceProfile> = new Map(PROFILES.map((profile) => [profile.type, profile]));

/** The profile of a type word; the generic one for a word nobody knows, or for a device that has not said. */
export function profileOf(type: string | null): DeviceProfile {
  return (type === null ? undefined : byType.get(type)) ?? genericProfile;
}

/** Whether a type word has a profile of its own. */
export function knownType(type: string | null): boolean {
  return type !== null && byType.has(type);
}
