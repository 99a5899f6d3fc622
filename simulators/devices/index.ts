import { bedSensorType } from './bed-sensor.ts';
import { bedsideMonitorType } from './bedside-monitor.ts';
import { bloodPressureCuffType } from './blood-pressure-cuff.ts';
import { cgmType } from './cgm.ts';
import type { DeviceType } from './device.ts';
import { digitalStethoscopeType } from './digital-stethoscope.ts';
import { ecgRecorderType } from './ecg-recorder.ts';
import { implantGatewayType } from './implant-gateway.ts';
import { infusionPumpType } from './infusion-pump.ts';
import { insulinPumpType } from './insulin-pump.ts';
import { medicineFridgeType } from './medicine-fridge.ts';
import { pillDispenserType } from './pill-dispenser.ts';
import { pulseOximeterType } from './pulse-oximeter.ts';
import { roomSensorType } from './room-sensor.ts';
import { rtlsTagType } from './rtls-tag.ts';
import { smartCabinetType } from './smart-cabinet.ts';
import { thermometerType } from './thermometer.ts';
import { wearablePatchType } from './wearable-patch.ts';
import { weighingBinType } from './weighing-bin.ts';

/** Every type of device that can be simulated. A new one is a file beside this and a line here. */
export const DEVICE_TYPES: readonly DeviceType[] = [
  bedsideMonitorType,
  wearablePatchType,
  pulseOximeterType,
  bloodPressureCuffType,
  ecgRecorderType,
  digitalStethoscopeType,
  thermometerType,
  cgmType,
  insulinPumpType,
  infusionPumpType,
  pillDispenserType,
  smartCabinetType,
  weighingBinType,
  medicineFridgeType,
  bedSensorType,
  roomSensorType,
  rtlsTagType,
  implantGatewayType,
];

/** The simulated type of a type word; fails for a word nobody simulates. */
export function deviceTypeOf(type: string): DeviceType {
  const found = DEVICE_TYPES.find((entry) => entry.type === type);
  if (!found) throw new RangeError(`There is no simulated device type "${type}".`);
  return found;
}
