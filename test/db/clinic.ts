import type { Store } from '#domain/clinic/store.ts';
import type { DeviceTie } from '#domain/device/device.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { BedId, DeviceId, EncounterId, PatientId, RoomId, UserId, WardId } from '#domain/ids.ts';
import type { NewLedgerEntry } from '#domain/ledger/entry.ts';
import type { Patient } from '#domain/patient/patient.ts';

/** 2026-05-28, in the past of every test. */
export const NOW = 1_780_000_000_000;
export const WARD = 'ward-1' as WardId;
export const ROOM = 'room-1' as RoomId;
export const NURSE = 'user-nurse' as UserId;

export function makePatient(id: string, rest: Partial<Patient> = {}): Patient {
  return {
    id: id as PatientId,
    name: { family: 'Berg', given: ['Ann', 'Marie'] },
    birthDate: '1950-02-28',
    sex: 'female',
    identifiers: [],
    allergies: null,
    allergiesRecordedAt: null,
    ...rest,
  };
}

export function makeEncounter(id: string, patientId: string, rest: Partial<Encounter> = {}): Encounter {
  return {
    id: id as EncounterId,
    patientId: patientId as PatientId,
    status: 'in-progress',
    admittedAt: NOW,
    dischargedAt: null,
    reason: null,
    spo2Scale: 1,
    pregnant: false,
    nurseId: null,
    ...rest,
  };
}

export function makeTie(id: string, deviceId: string, rest: Partial<DeviceTie> = {}): DeviceTie {
  return {
    id,
    deviceId: deviceId as DeviceId,
    bedId: 'bed-1' as BedId,
    encounterId: null,
    startedAt: NOW,
    endedAt: null,
    ...rest,
  };
}

export function makeEntry(rest: Partial<NewLedgerEntry> = {}): NewLedgerEntry {
  return {
    at: NOW,
    actor: NURSE,
    station: 'ward-1-desk',
    act: 'bed.assigned',
    subject: 'encounter-1',
    before: null,
    after: { bedId: 'bed-1' },
    ...rest,
  };
}

/** One ward with beds 1, 2 and 10, two patients admitted to no bed, one device. */
export function furnish(store: Store): void {
  store.transact(() => {
    store.locations.saveWard({ id: WARD, name: 'North' });
    store.locations.saveRoom({ id: ROOM, wardId: WARD, label: '1' });
    for (const label of ['10', '1', '2']) {
      store.locations.saveBed({ id: `bed-${label}` as BedId, wardId: WARD, roomId: ROOM, label });
    }
    for (const name of ['ann', 'bo']) {
      store.patients.save(makePatient(name));
      store.encounters.save(makeEncounter(`stay-${name}`, name));
    }
    store.devices.save({
      id: 'monitor-1' as DeviceId,
      type: 'bedside-monitor',
      serial: null,
      model: null,
      firmware: null,
      metrics: ['hr'],
      units: { glucose: 'mmol/L' },
      helloAt: null,
      firstSeenAt: NOW,
      admittedAt: null,
      retiredAt: null,
    });
  });
}
