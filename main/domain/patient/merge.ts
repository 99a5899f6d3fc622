import type { EncounterId, PatientId } from '../ids.ts';
import type { Patient } from './patient.ts';

/** Two records found to be one person. Enough is kept to part them again exactly. */
export interface Merge {
  readonly id: string;
  readonly survivorId: PatientId;
  readonly retiredId: PatientId;
  readonly at: number;
  readonly by: string;
  readonly reason: string | null;
  /** Both as they were. */
  readonly survivorBefore: Patient;
  readonly retiredBefore: Patient;
  /** Moved to the survivor. */
  readonly encounterIds: readonly EncounterId[];
  readonly undoneAt: number | null;
}

export interface MergeStore {
  save(merge: Merge): void;
  find(id: string): Merge | undefined;
  /** In force, whichever side the patient is on, newest first. */
  listOf(patientId: PatientId): Merge[];
  /** Whom a retired record now is, through any number of merges; itself when not merged. */
  survivor(patientId: PatientId): PatientId;
}
