import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { BedId, DeviceId, EncounterId, PatientId, RequestId, TaskId } from '#domain/ids.ts';
import type { ChartedObservation } from '#domain/observation/observation.ts';

/** What a committed command changed, told so that what is live can be brought up to date. Never told inside a transaction. */
export interface ClinicChanges {
  /** The stay itself, or the bed it lies in. */
  encounter(encounterId: EncounterId): void;
  /** Who lies in a bed, or that a bed is new or gone. */
  bed(bedId: BedId): void;
  patient(patientId: PatientId): void;
  /** A bed's readiness, block, reservation or attributes; not who lies in it. */
  bedState(bedId: BedId): void;
  /** Steps, place, triage, discharge plans of an encounter, waiting and expected ones too. */
  flow(encounterId: EncounterId): void;
  bedRequest(requestId: RequestId): void;
  task(taskId: TaskId): void;
  /** Messages of the HL7 feed came, were explained or settled; or the outgoing queue moved. */
  feed(): void;
  /** Admission, retirement or ties of a device. */
  device(deviceId: DeviceId): void;
  limits(encounterId: EncounterId): void;
  observation(encounterId: EncounterId, charted: readonly ChartedObservation[]): void;
  settings(settings: ClinicSettings): void;
  /** Wards, rooms or beds were added or removed. */
  locations(): void;
}

export interface ChangeEmitter extends ClinicChanges {
  /** Listeners are called in the order they came; answers how to stop listening. */
  on(listener: Partial<ClinicChanges>): () => void;
}

/** Hands each change to every listener; a listener names only what it wants to hear of. */
export function createChanges(): ChangeEmitter {
  const listeners = new Set<Partial<ClinicChanges>>();
  const tell = (say: (listener: Partial<ClinicChanges>) => void): void => {
    for (const listener of listeners) say(listener);
  };
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    encounter: (encounterId) => tell((listener) => listener.encounter?.(encounterId)),
    bed: (bedId) => tell((listener) => listener.bed?.(bedId)),
    bedState: (bedId) => tell((listener) => listener.bedState?.(bedId)),
    flow: (encounterId) => tell((listener) => listener.flow?.(encounterId)),
    bedRequest: (requestId) => tell((listener) => listener.bedRequest?.(requestId)),
    task: (taskId) => tell((listener) => listener.task?.(taskId)),
    feed: () => tell((listener) => listener.feed?.()),
    patient: (patientId) => tell((listener) => listener.patient?.(patientId)),
    device: (deviceId) => tell((listener) => listener.device?.(deviceId)),
    limits: (encounterId) => tell((listener) => listener.limits?.(encounterId)),
    observation: (encounterId, charted) => tell((listener) => listener.observation?.(encounterId, charted)),
    settings: (settings) => tell((listener) => listener.settings?.(settings)),
    locations: () => tell((listener) => listener.locations?.()),
  };
}
