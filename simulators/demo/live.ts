import { HOUR_MS, SECOND_MS } from '#domain/time.ts';
import type { DeviceSource, TimedReading } from '../devices/device.ts';
import { deviceTypeOf } from '../devices/index.ts';
import type { MqttDevice } from '../mqtt-device.ts';
import type { Pacer } from '../pacer.ts';
import type { Vitals } from '../physiology/patient.ts';
import { seedOf } from '../physiology/random.ts';
import { type Body, bodyOf } from './bodies.ts';
import type { ClinicPlan, PlannedDevice, PlannedPatient } from './plan.ts';

/** Who lies where just now: hospital number, or the patient id of somebody the plan does not know, by bed label. */
export type Occupants = ReadonlyMap<string, string>;

const PUMP_WARM_UP_MS = 6 * HOUR_MS;

/** A stable body for somebody a user of the demo has admitted. */
function strangerOf(who: string, at: number): Pick<PlannedPatient, 'seed' | 'age' | 'course' | 'courseStartedAt'> {
  return { seed: seedOf(who), age: 50, course: 'well', courseStartedAt: at };
}

/** Vitals for a device at a bed: of whoever lies there at the moment, null for an empty bed. */
export function vitalsAtBed(plan: ClinicPlan, bed: string, occupants: () => Occupants): (at: number) => Vitals | null {
  let present: string | null = null;
  let body: Body | null = null;
  return (at) => {
    const who = occupants().get(bed) ?? null;
    if (who !== present) {
      present = who;
      const planned = plan.patients.find(({ mrn }) => mrn === who);
      body = who === null ? null : bodyOf(planned ?? strangerOf(who, at), at);
    }
    return body?.vitalsAt(at) ?? null;
  };
}

/** Readings from a moment on; what comes before is computed and left out. */
function* since(readings: Iterable<TimedReading>, at: number): Generator<TimedReading> {
  for (const reading of readings) if (reading.at >= at) yield reading;
}

/**
 * A sensor and a pump on one body, in step: the pump has run for some hours when they begin, so that glucose is where
 * a closed loop would have it.
 */
export function glucosePair(
  planned: PlannedPatient,
  seeds: { cgm: number; pump: number },
  from: number,
): { cgm: Generator<TimedReading>; pump: Generator<TimedReading> } {
  const begin = from - PUMP_WARM_UP_MS;
  const { patient, vitalsAt } = bodyOf(planned, begin);
  const deliver = (units: number): void => patient.deliver(units);
  const pumping = deviceTypeOf('insulin-pump').readings({ seed: seeds.pump, startedAt: begin, vitalsAt, deliver });
  const pump = since(pumping, from);
  const first = pump.next();
  const sensing = deviceTypeOf('cgm').readings({ seed: seeds.cgm, startedAt: from, vitalsAt });
  return { cgm: sensing, pump: followedBy(first, pump) };
}

function* followedBy(first: IteratorResult<TimedReading>, rest: Iterable<TimedReading>): Generator<TimedReading> {
  if (!first.done) yield first.value;
  yield* rest;
}

/** Devices start spread over a second, so that neither this process nor the hub sees them all at once. */
function staggered(device: PlannedDevice, from: number): number {
  return from + (device.seed % SECOND_MS);
}

/** Every device of the plan with its readings from a moment on. */
export function readingsOf(
  plan: ClinicPlan,
  from: number,
  occupants: () => Occupants,
): { device: PlannedDevice; readings: Iterator<TimedReading, unknown> }[] {
  const pairs = new Map<string, Iterator<TimedReading, unknown>>();
  for (const planned of plan.patients) {
    const worn = plan.devices.filter(({ mrn }) => mrn === planned.mrn);
    const cgm = worn.find(({ type }) => type === 'cgm');
    const pump = worn.find(({ type }) => type === 'insulin-pump');
    if (!cgm || !pump) continue;
    const pair = glucosePair(planned, { cgm: cgm.seed, pump: pump.seed }, from);
    pairs.set(cgm.id, pair.cgm).set(pump.id, pair.pump);
  }
  return plan.devices.map((device) => {
    const { seed, waves, fitted } = device;
    const source: DeviceSource = {
      seed,
      waves,
      fitted,
      startedAt: staggered(device, from),
      vitalsAt: vitalsFor(plan, device, occupants),
    };
    return { device, readings: pairs.get(device.id) ?? deviceTypeOf(device.type).readings(source) };
  });
}

function vitalsFor(plan: ClinicPlan, device: PlannedDevice, occupants: () => Occupants): (at: number) => Vitals | null {
  if (device.bed !== null && device.measures === 'bed') return vitalsAtBed(plan, device.bed, occupants);
  const planned = plan.patients.find(({ mrn }) => mrn === device.mrn);
  if (!planned) return () => null;
  let body: Body | null = null;
  return (at) => {
    body ??= bodyOf(planned, at);
    return body.vitalsAt(at);
  };
}

/** Lets every device speak from now on, each over its own connection. */
export function goLive(
  plan: ClinicPlan,
  devices: ReadonlyMap<string, MqttDevice>,
  pacer: Pacer,
  from: number,
  occupants: () => Occupants,
): void {
  for (const { device, readings } of readingsOf(plan, from, occupants)) {
    const link = devices.get(device.id);
    if (link) pacer.add({ readings, send: (reading) => link.send(reading) });
  }
}
