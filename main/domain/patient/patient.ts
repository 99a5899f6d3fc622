import type { PatientId } from '../ids.ts';

export const SEXES = ['female', 'male', 'other', 'unknown'] as const;
export type Sex = (typeof SEXES)[number];

export interface Identifier {
  /** Who gave it: `mrn`, `nhs`, or a URI. */
  readonly system: string;
  readonly value: string;
}

/** A person in care: identity only, kept out of logs. */
export interface Patient {
  readonly id: PatientId;
  readonly name: { readonly family: string; readonly given: readonly string[] };
  /** `YYYY-MM-DD`, or null when not known. */
  readonly birthDate: string | null;
  readonly sex: Sex;
  readonly identifiers: readonly Identifier[];
  /** null: not recorded. Empty: no known allergies. */
  readonly allergies: readonly string[] | null;
  readonly allergiesRecordedAt: number | null;
}

export interface PatientStore {
  find(id: PatientId): Patient | undefined;
  /** By part of a name or identifier, literally (no wildcards), at most `limit`, by family name. */
  search(query: string, limit: number): Patient[];
  findByIdentifier(identifier: Identifier): Patient | undefined;
  save(patient: Patient): void;
}

/** Whole years at `on` (`YYYY-MM-DD`); null when the birth date is not known. Born on 29 February: a year older on 1 March. */
export function ageInYears(birthDate: string | null, on: string): number | null {
  if (birthDate === null) return null;
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** `FAMILY, Given` as the NHS Common User Interface writes it. */
export function formalName(name: Patient['name']): string {
  return [name.family.toUpperCase(), name.given.join(' ')].filter(Boolean).join(', ');
}

/** What stands for a name that cannot be shortened. */
const NO_INITIALS = '–';

/**
 * First signs of given and family name, for screens whose reader may not see names. Never a whole name: one of a single
 * sign is left out, and so is what would spell another of the patient's names.
 */
export function initials(name: Patient['name']): string {
  const given = name.given.flatMap((words) => words.split(/\s+/u));
  const parts = [name.family, ...given].map(signsOf).filter((signs) => signs.length > 0);
  const [first, last] = [given[0] ?? '', name.family].map(signsOf).map(([sign = '']) => sign.toUpperCase());
  const tries = [`${first}${last}`, first, last].filter((letters) => letters !== undefined && letters !== '');
  const hides = (letters: string): boolean => !parts.some((part) => folded(letters).includes(folded(part.join(''))));
  return tries.find((letters) => letters !== undefined && hides(letters)) ?? NO_INITIALS;
}

/** Composed, so that a letter and its accent are one sign wherever Unicode has one for them. */
function signsOf(word: string): readonly string[] {
  return [...word.trim().normalize('NFC')];
}

function folded(words: string): string {
  return words.toUpperCase().normalize('NFC');
}
