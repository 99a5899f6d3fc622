import { allow, type Decision, refuse } from '../decision.ts';
import type { Identifier, Patient } from './patient.ts';

export type RegistrationRefusal = 'identifier-taken' | 'birth-date-in-future';

/** Names as they are kept: any run of white space, line ends among them, becomes one space. */
export function tidyName(name: Patient['name']): Patient['name'] {
  const tidy = (word: string) => word.replace(/\s+/gu, ' ').trim();
  return { family: tidy(name.family), given: name.given.map(tidy) };
}

/** Each identifier once; asking twice for the same one is no fault. */
export function distinctIdentifiers(identifiers: readonly Identifier[]): Identifier[] {
  const seen = new Map(identifiers.map((entry) => [JSON.stringify([entry.system, entry.value]), entry]));
  return [...seen.values()];
}

/** Whether a person may be entered; `taken` are those of the identifiers that already belong to somebody. */
export function register(
  patient: Patient,
  taken: readonly Identifier[],
  today: string,
): Decision<Patient, RegistrationRefusal> {
  if (patient.birthDate !== null && patient.birthDate > today) return refuse('birth-date-in-future');
  return taken.length > 0 ? refuse('identifier-taken') : allow(patient);
}
