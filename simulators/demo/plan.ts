import type { Identifier } from '#domain/patient/patient.ts';
import { HOUR_MS } from '#domain/time.ts';
import { createRandom, seedOf } from '../physiology/random.ts';
import { MEDICINE, type Person, SURGERY } from './people.ts';

/** A bed of the plan, by its label, which is unique in its ward. */
export interface PlannedBed {
  readonly ward: string;
  readonly room: string;
  readonly bed: string;
}

/** One person of the demo with everything that is decided about them beforehand. Times are epoch ms. */
export interface PlannedPatient extends PlannedBed, Pick<Person, 'reason' | 'course' | 'age' | 'allergies' | 'sex'> {
  /** Hospital number: unique, the same at every start. */
  readonly mrn: string;
  readonly seed: number;
  readonly name: { readonly family: string; readonly given: readonly string[] };
  readonly birthDate: string;
  readonly identifiers: readonly Identifier[];
  readonly admittedAt: number;
  readonly courseStartedAt: number;
  readonly spo2Scale: 1 | 2;
  readonly pregnant: boolean;
  readonly notes: readonly string[];
}

/** A device of the demo and where it belongs: at a bed, on a patient, or to nobody. */
export interface PlannedDevice {
  readonly id: string;
  readonly type: string;
  readonly serial: string;
  readonly seed: number;
  /** Label of the bed it stands at. */
  readonly bed: string | null;
  /** Hospital number of the patient who wears it. */
  readonly mrn: string | null;
  /** Whose body it measures, if anyone's. */
  readonly measures: 'bed' | 'patient' | 'nobody';
  readonly waves: readonly string[];
  readonly fitted: readonly string[];
  /** Whether the demo admits it; one waits, so that admitting can be tried. */
  readonly admitted: boolean;
}

export interface ClinicPlan {
  readonly epoch: number;
  readonly seed: number;
  /** How far back values reach at the first start. */
  readonly historyFrom: number;
  readonly wards: readonly string[];
  readonly beds: readonly PlannedBed[];
  readonly patients: readonly PlannedPatient[];
  readonly devices: readonly PlannedDevice[];
}

const HISTORY_HOURS = 72;
const MEDICINE_WARD = 'Ward A – Medicine';
const SURGERY_WARD = 'Ward B – Surgery';
const WAVES = ['ecg-ii', 'pleth', 'resp'] as const;
/** The four whose course is worth watching beat by beat. */
const WITH_WAVES = ['A01', 'A02', 'B01', 'B02'];
const BED_DEVICES = new Set(['infusion-pump', 'pill-dispenser']);

/** Four-bed bays first, then single rooms. */
function bedsOf(ward: string, letter: string): PlannedBed[] {
  return Array.from({ length: 16 }, (_none, index) => {
    const number = index + 1;
    const room = number <= 12 ? `${letter} bay ${Math.ceil(number / 4)}` : `${letter} side ${number - 12}`;
    return { ward, room, bed: `${letter}${String(number).padStart(2, '0')}` };
  });
}

/** A number of the English range kept for tests (999), with its check digit; null where none exists. */
function testNhsNumber(counter: number): string | null {
  const digits = `999${String(counter).padStart(6, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : `${digits}${check}`;
}

function birthDateOf(age: number, epoch: number, chance: number): string {
  const days = age * 365.25 + 10 + chance * 340;
  return new Date(epoch - days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

function plannedPatient(
  person: Person,
  place: PlannedBed,
  number: number,
  epoch: number,
  seed: number,
): PlannedPatient {
  const mrn = `WL-${100_000 + number * 137}`;
  const own = seedOf(`${seed} ${mrn}`);
  const random = createRandom(own);
  const nhs = testNhsNumber(410_000 + number * 73);
  return {
    ...place,
    mrn,
    seed: own,
    name: { family: person.family, given: person.given },
    birthDate: birthDateOf(person.age, epoch, random.next()),
    sex: person.sex,
    age: person.age,
    identifiers: [{ system: 'mrn', value: mrn }, ...(nhs === null ? [] : [{ system: 'nhs', value: nhs }])],
    allergies: person.allergies,
    reason: person.reason,
    course: person.course,
    admittedAt: Math.round(epoch - random.between(HISTORY_HOURS + 2, 170) * HOUR_MS),
    courseStartedAt: Math.round(epoch - person.courseHour * HOUR_MS),
    spo2Scale: person.course === 'copd-exacerbation' ? 2 : 1,
    pregnant: person.pregnant ?? false,
    notes: person.notes ?? [],
  };
}

type DeviceSketch = Pick<PlannedDevice, 'id' | 'type'> & Partial<PlannedDevice>;

function plannedDevice(sketch: DeviceSketch, seed: number): PlannedDevice {
  const own = seedOf(`${seed} ${sketch.id}`);
  return {
    serial: `${sketch.type.slice(0, 3).toUpperCase()}-${String(own % 1_000_000).padStart(6, '0')}`,
    seed: own,
    bed: null,
    mrn: null,
    measures: 'nobody',
    waves: [],
    fitted: [],
    admitted: true,
    ...sketch,
  };
}

function monitorOf({ bed, course }: PlannedPatient): DeviceSketch {
  const fitted =
    course === 'opioid' || course === 'post-op-drowsy' ? ['etco2'] : course === 'bleeding' ? ['arterial'] : [];
  const waves = WITH_WAVES.includes(bed) ? WAVES : [];
  return { id: `monitor-${bed.toLowerCase()}`, type: 'bedside-monitor', bed, measures: 'bed', waves, fitted };
}

function ownDevices(person: Person, { bed, mrn }: PlannedPatient): DeviceSketch[] {
  return (person.devices ?? []).map((type) => {
    const id = `${type}-${bed.toLowerCase()}`;
    return BED_DEVICES.has(type) ? { id, type, bed, measures: 'bed' } : { id, type, mrn, measures: 'patient' };
  });
}

function houseDevices(): DeviceSketch[] {
  const numbered = (type: string, count: number): DeviceSketch[] =>
    Array.from({ length: count }, (_none, index) => ({ id: `${type}-${index + 1}`, type }));
  return [
    ...numbered('room-sensor', 4),
    ...['A04', 'A12', 'B04', 'B05'].map(
      (bed): DeviceSketch => ({ id: `bed-sensor-${bed.toLowerCase()}`, type: 'bed-sensor', bed, measures: 'bed' }),
    ),
    ...numbered('medicine-fridge', 1),
    ...numbered('smart-cabinet', 1),
    ...numbered('weighing-bin', 3),
    ...numbered('rtls-tag', 4),
    { id: 'digital-stethoscope-1', type: 'digital-stethoscope' },
    { id: 'pulse-oximeter-new', type: 'pulse-oximeter', admitted: false },
  ];
}

/** Decides the whole demo clinic: who lies where, since when, with what devices. Same epoch and seed, same clinic. */
export function planClinic(epoch: number, seed: number): ClinicPlan {
  const wards = [
    { ward: MEDICINE_WARD, beds: bedsOf(MEDICINE_WARD, 'A'), people: MEDICINE },
    { ward: SURGERY_WARD, beds: bedsOf(SURGERY_WARD, 'B'), people: SURGERY },
  ];
  const placed = wards.flatMap(({ beds, people }) =>
    people.flatMap((person, index) => {
      const place = beds[index];
      return place ? [{ person, place }] : [];
    }),
  );
  const cast = placed.map(({ person, place }, index) => ({
    person,
    patient: plannedPatient(person, place, index + 1, epoch, seed),
  }));
  const sketches = [
    ...cast.map(({ patient }) => monitorOf(patient)),
    ...cast.flatMap(({ person, patient }) => ownDevices(person, patient)),
    ...houseDevices(),
  ];
  return {
    epoch,
    seed,
    historyFrom: epoch - HISTORY_HOURS * HOUR_MS,
    wards: wards.map(({ ward }) => ward),
    beds: wards.flatMap(({ beds }) => beds),
    patients: cast.map(({ patient }) => patient),
    devices: sketches.map((sketch) => plannedDevice(sketch, seed)),
  };
}
