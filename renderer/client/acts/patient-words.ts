import type { Identifier, Patient } from '#domain/patient/patient.ts';
import { formatDay, formatSex } from '#renderer/ui/format.ts';

/** Whose number it is, in words. */
export function systemWords(system: string): string {
  if (system === 'nhs') return 'NHS number';
  return system === 'mrn' ? 'Hospital number' : `Number of ${system}`;
}

/** `Hospital number 4711`, `NHS number 943 476 5919`. */
export function identifierWords({ system, value }: Identifier): string {
  return `${systemWords(system)} ${system === 'nhs' ? spacedNhsNumber(value) : value}`;
}

/** Ten digits as 3 3 4; anything else as it is. */
export function spacedNhsNumber(value: string): string {
  const digits = value.replace(/\s+/gu, '');
  return /^\d{10}$/u.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : value;
}

/** Allergies in one of the words there are for them. */
export function allergyWords(allergies: Patient['allergies']): string {
  if (allergies === null) return 'Not recorded';
  return allergies.length === 0 ? 'No known allergies' : allergies.join('; ');
}

/** What tells one person from another, a line each: heading and words. */
export function identityLines(patient: Patient): readonly (readonly [heading: string, words: string])[] {
  return [
    ['Family name', patient.name.family],
    ['Given names', patient.name.given.join(' ') || 'Not recorded'],
    ['Born', formatDay(patient.birthDate)],
    ['Sex', formatSex(patient.sex)],
    ['Numbers', patient.identifiers.map(identifierWords).join('; ') || 'Not recorded'],
    ['Allergies', allergyWords(patient.allergies)],
  ];
}
