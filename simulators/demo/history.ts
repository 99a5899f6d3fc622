import { MINUTE_MS } from '#domain/time.ts';
import type { TimedReading } from '../devices/device.ts';
import { deviceTypeOf } from '../devices/index.ts';
import type { MqttDevice } from '../mqtt-device.ts';
import { bodyOf } from './bodies.ts';
import { glucosePair } from './live.ts';
import type { ClinicPlan, PlannedDevice } from './plan.ts';

/** Types whose past is worth having: the monitors, glucose and its pump, the fridge. */
const REMEMBERED = new Set(['bedside-monitor', 'medicine-fridge', 'cgm', 'insulin-pump']);

/** What a device measured in `[from, to)`, one value a minute or its own slower pace, marked as replayed. */
export function* historyOf(plan: ClinicPlan, device: PlannedDevice, from: number, to: number): Generator<TimedReading> {
  for (const reading of pastReadings(plan, device, from)) {
    if (reading.at >= to) return;
    if (reading.kind === 'readings' && reading.at >= from) yield { ...reading, replay: true };
  }
}

function pastReadings(plan: ClinicPlan, device: PlannedDevice, from: number): Iterable<TimedReading> {
  const planned = plan.patients.find(
    ({ mrn, bed }) => mrn === device.mrn || (device.bed !== null && bed === device.bed),
  );
  if (planned && (device.type === 'cgm' || device.type === 'insulin-pump')) return glucoseHistory(plan, device, from);
  const body = planned && device.measures !== 'nobody' ? bodyOf(planned, from) : null;
  return deviceTypeOf(device.type).readings({
    seed: device.seed,
    startedAt: from,
    intervalMs: MINUTE_MS,
    fitted: device.fitted,
    vitalsAt: (at) => body?.vitalsAt(at) ?? null,
  });
}

/** Both of the pair run, for each needs the other; one of them speaks. */
function* glucoseHistory(plan: ClinicPlan, device: PlannedDevice, from: number): Generator<TimedReading> {
  const planned = plan.patients.find(({ mrn }) => mrn === device.mrn);
  const seedOfType = (type: string): number =>
    plan.devices.find((other) => other.mrn === device.mrn && other.type === type)?.seed ?? device.seed;
  if (!planned) return;
  const pair = glucosePair(planned, { cgm: seedOfType('cgm'), pump: seedOfType('insulin-pump') }, from);
  const [spoken, silent] = device.type === 'cgm' ? [pair.cgm, pair.pump] : [pair.pump, pair.cgm];
  let ahead = silent.next();
  for (const reading of spoken) {
    while (!ahead.done && ahead.value.at <= reading.at) ahead = silent.next();
    yield reading;
  }
}

/** Sends one device's past in order, with at most `window` messages waiting for the broker. Answers how many were sent. */
async function pour(readings: Iterable<TimedReading>, link: MqttDevice, window: number): Promise<number> {
  const waiting: Promise<void>[] = [];
  let sent = 0;
  for (const reading of readings) {
    waiting.push(link.sendAcked(reading));
    sent += 1;
    if (waiting.length >= window) await waiting.shift();
  }
  await Promise.all(waiting);
  return sent;
}

const WINDOW = 16;

/**
 * Sends the clinic's past, all devices at once. The broker's acknowledgements set the pace, so the hub is never given
 * more than it takes. `since` says from when on a device still owes its past.
 */
export async function backFill(
  plan: ClinicPlan,
  devices: ReadonlyMap<string, MqttDevice>,
  to: number,
  since: (device: PlannedDevice) => Promise<number>,
): Promise<number> {
  const counts = await Promise.all(
    plan.devices.map(async (device) => {
      const link = devices.get(device.id);
      if (!link || !device.admitted || !REMEMBERED.has(device.type)) return 0;
      const owed = await since(device);
      const readings = historyOf(plan, device, plan.historyFrom, to);
      return pour(later(readings, owed), link, WINDOW);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function* later(readings: Iterable<TimedReading>, since: number): Generator<TimedReading> {
  for (const reading of readings) if (reading.at >= since) yield reading;
}
