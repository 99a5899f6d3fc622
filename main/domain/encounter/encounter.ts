import type { BedId, EncounterId, PatientId, UserId } from '../ids.ts';

const ENCOUNTER_STATUSES = ['planned', 'in-progress', 'on-hold', 'discharged', 'completed', 'cancelled'] as const;
export type EncounterStatus = (typeof ENCOUNTER_STATUSES)[number];

/** One stay. Where the patient lies is read from BedAssignment, never from here. Times are epoch ms. */
export interface Encounter {
  readonly id: EncounterId;
  readonly patientId: PatientId;
  readonly status: EncounterStatus;
  /** When the stay began: arrival or admission, whichever was first; while planned, when it is expected to. */
  readonly admittedAt: number;
  readonly dischargedAt: number | null;
  readonly reason: string | null;
  /** NEWS2 SpO2 scale; 2 only when a clinician prescribed 88-92 %. */
  readonly spo2Scale: 1 | 2;
  readonly pregnant: boolean;
  /** The nurse whose patient this is today; null when nobody took over. */
  readonly nurseId: UserId | null;
}

/** A bed held by an encounter over `[startedAt, endedAt)`. */
export interface BedAssignment {
  readonly id: string;
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** An assignment with the events it follows from. */
export interface KeptAssignment extends BedAssignment {
  /** It began by this one. */
  readonly eventId: string | null;
  /** What the bed was told it was taken, and left, by; null: it was not told. */
  readonly takenBy: string | null;
  readonly leftBy: string | null;
}

export interface EncounterStore {
  find(id: EncounterId): Encounter | undefined;
  /** The stay that is going on, if any; of several, as a feed may tell, the one begun last. */
  findOpen(patientId: PatientId): Encounter | undefined;
  listByPatient(patientId: PatientId): Encounter[];
  listOpen(): Encounter[];
  save(encounter: Encounter): void;
}

export interface AssignmentStore {
  current(subject: { bedId: BedId } | { encounterId: EncounterId }): BedAssignment | undefined;
  listCurrent(): BedAssignment[];
  /** Assignments that touch `[from, to)`, oldest first. */
  listOf(subject: { bedId: BedId } | { encounterId: EncounterId }, from: number, to: number): BedAssignment[];
  /** Fails with a constraint when the bed or the encounter is already taken at any time of it. */
  start(assignment: BedAssignment): void;
  end(id: string, endedAt: number): void;
  /** Oldest first. */
  listByEncounter(encounterId: EncounterId): KeptAssignment[];
  /** Of those of a bed that are over, the one that ended last. */
  lastOver(bedId: BedId): KeptAssignment | undefined;
  /** Whether somebody still is to have left a bed by an event. */
  wasLeftBy(bedId: BedId, eventId: string): boolean;
  /** With what the bed was told; for the flow engine, of whose events assignments are made. */
  save(assignment: KeptAssignment): void;
  remove(id: string): void;
}
