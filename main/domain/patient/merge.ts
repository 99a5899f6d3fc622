import { allow, type Decision, refuse } from '../decision.ts';
import type { EncounterId, PatientId } from '../ids.ts';
import type { Patient } from './patient.ts';
import { distinctIdentifiers } from './registration.ts';

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

export type MergeRefusal = 'same-patient' | 'already-merged' | 'both-in-care';

/** Whether two records may become one. A person may only say so of a patient who has one encounter going on at most. */
export function mayMerge(question: {
  readonly survivorId: PatientId;
  readonly retiredId: PatientId;
  /** Either is already part of another record. */
  readonly retiredBefore: boolean;
  readonly bothInCare: boolean;
}): Decision<true, MergeRefusal> {
  if (question.survivorId === question.retiredId) return refuse('same-patient');
  if (question.retiredBefore) return refuse('already-merged');
  return question.bothInCare ? refuse('both-in-care') : allow(true);
}

/**
 * Both records once they are one person: the survivor is told what only the other knew, and of allergies all that either
 * knew; the retired record keeps everything but its identifiers, which now lead to the survivor.
 */
export function merged(survivor: Patient, retired: Patient): { survivor: Patient; retired: Patient } {
  const allergies = joined(survivor.allergies, retired.allergies);
  const recorded = [survivor.allergiesRecordedAt, retired.allergiesRecordedAt].filter((at) => at !== null);
  return {
    survivor: {
      ...survivor,
      birthDate: survivor.birthDate ?? retired.birthDate,
      sex: survivor.sex === 'unknown' ? retired.sex : survivor.sex,
      identifiers: distinctIdentifiers([...survivor.identifiers, ...retired.identifiers]),
      allergies,
      allergiesRecordedAt: recorded.length === 0 ? null : Math.max(...recorded),
    },
    retired: { ...retired, identifiers: [] },
  };
}

/**
 * Both records once they are two people again: each as it was, but for what somebody changed on the survivor since,
 * which stays with the survivor.
 */
export function parted(
  now: Patient,
  { survivorBefore, retiredBefore }: Pick<Merge, 'survivorBefore' | 'retiredBefore'>,
): { survivor: Patient; retired: Patient } {
  const then = merged(survivorBefore, retiredBefore).survivor;
  const unchanged = (field: keyof Patient) => JSON.stringify(now[field]) === JSON.stringify(then[field]);
  const kept = <Field extends keyof Patient>(field: Field): Patient[Field] =>
    unchanged(field) ? survivorBefore[field] : now[field];
  const theirs = new Set(retiredBefore.identifiers.map(identifierKey));
  const allergies = unchanged('allergies') && unchanged('allergiesRecordedAt') ? survivorBefore : now;
  return {
    survivor: {
      ...now,
      birthDate: kept('birthDate'),
      sex: kept('sex'),
      identifiers: unchanged('identifiers')
        ? survivorBefore.identifiers
        : now.identifiers.filter((identifier) => !theirs.has(identifierKey(identifier))),
      allergies: allergies.allergies,
      allergiesRecordedAt: allergies.allergiesRecordedAt,
    },
    retired: retiredBefore,
  };
}

function identifierKey({ system, value }: Patient['identifiers'][number]): string {
  return JSON.stringify([system, value]);
}

function joined(one: readonly string[] | null, other: readonly string[] | null): readonly string[] | null {
  if (one === null || other === null) return one ?? other;
  return [...new Set([...one, ...other])];
}
