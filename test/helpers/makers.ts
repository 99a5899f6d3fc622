import type { PersonalLimit } from '#domain/alarm/alarm.ts';
import type { Device, DeviceTie } from '#domain/device/device.ts';
import type { BedAssignment, Encounter } from '#domain/encounter/encounter.ts';
import type { BedId, DeviceId, EncounterId, PatientId, RoomId, UserId, WardId } from '#domain/ids.ts';
import type { Bed, Room, Ward } from '#domain/location/location.ts';
import type { Patient } from '#domain/patient/patient.ts';
import type { Role } from '#domain/user/role.ts';
import type { User } from '#domain/user/user.ts';

/** A Tuesday at noon, UTC: the moment tests without a moment of their own happen at. */
export const NOON = Date.UTC(2026, 2, 3, 12);

let made = 0;
const nextId = (kind: string): string => {
  made += 1;
  return `${kind}-${made}`;
};

/** Ids of any kind that sort in the order they were made. */
export function sequentialIds(prefix = 'id'): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${prefix}-${String(count).padStart(8, '0')}`;
  };
}

export function makePatient(given: Partial<Patient> = {}): Patient {
  return {
    id: nextId('patient') as PatientId,
    name: { family: 'Okafor', given: ['Ann'] },
    birthDate: '1961-05-17',
    sex: 'female',
    identifiers: [],
    allergies: null,
    allergiesRecordedAt: null,
    ...given,
  };
}

/** A stay of its own patient, begun an hour before noon. */
export function makeEncounter(given: Partial<Encounter> = {}): Encounter {
  return {
    id: nextId('encounter') as EncounterId,
    patientId: nextId('patient') as PatientId,
    status: 'in-progress',
    admittedAt: NOON - 3_600_000,
    dischargedAt: null,
    reason: null,
    spo2Scale: 1,
    pregnant: false,
    nurseId: null,
    ...given,
  };
}

export function makeAssignment(given: Partial<BedAssignment> = {}): BedAssignment {
  return {
    id: nextId('assignment'),
    bedId: nextId('bed') as BedId,
    encounterId: nextId('encounter') as EncounterId,
    startedAt: NOON - 3_600_000,
    endedAt: null,
    ...given,
  };
}

export function makeWard(given: Partial<Ward> = {}): Ward {
  return { id: nextId('ward') as WardId, name: nextId('Ward'), ...given };
}

export function makeRoom(given: Partial<Room> = {}): Room {
  return { id: nextId('room') as RoomId, wardId: nextId('ward') as WardId, label: nextId('Room'), ...given };
}

export function makeBed(given: Partial<Bed> = {}): Bed {
  const place = { wardId: nextId('ward') as WardId, roomId: nextId('room') as RoomId };
  return { id: nextId('bed') as BedId, ...place, label: '01', ...given };
}

/** An admitted bedside monitor. */
export function makeDevice(given: Partial<Device> = {}): Device {
  return {
    id: nextId('monitor') as DeviceId,
    type: 'bedside-monitor',
    serial: null,
    model: null,
    firmware: null,
    metrics: [],
    units: {},
    helloAt: null,
    firstSeenAt: NOON - 7_200_000,
    admittedAt: NOON - 7_200_000,
    retiredAt: null,
    ...given,
  };
}

/** A tie to a bed of its own unless told otherwise, begun an hour before noon. */
export function makeTie(given: Partial<DeviceTie> = {}): DeviceTie {
  return {
    id: nextId('tie'),
    deviceId: nextId('monitor') as DeviceId,
    bedId: given.encounterId ? null : (nextId('bed') as BedId),
    encounterId: null,
    startedAt: NOON - 3_600_000,
    endedAt: null,
    ...given,
  };
}

/** Own limits of a stay that change no bound until told to. */
export function makePersonalLimit(given: Partial<PersonalLimit> = {}): PersonalLimit {
  return {
    encounterId: nextId('encounter') as EncounterId,
    code: 'hr',
    highLow: null,
    mediumLow: null,
    mediumHigh: null,
    highHigh: null,
    reason: 'agreed at the round',
    setBy: 'ward-nurse' as UserId,
    setAt: NOON,
    reviewAt: NOON + 86_400_000,
    ...given,
  };
}

/** Someone who can sign in, named after the first role. */
export function makeUser(roles: readonly Role[] = ['nurse'], given: Partial<User> = {}): User {
  const role = roles[0] ?? 'nobody';
  const id = nextId(role) as UserId;
  return { id, username: id, displayName: `The ${role}`, roles, disabled: false, ...given };
}
