import type { Identifier } from '#domain/patient/patient.ts';

/** The number a banner shows: the NHS number before the hospital's before any other; null when there is none. */
export function leadingIdentifier(identifiers: readonly Identifier[]): { label: string; value: string } | null {
  const nhs = identifiers.find(({ system }) => system === 'nhs');
  if (nhs) return { label: 'NHS number', value: spacedNhsNumber(nhs.value) };
  const hospital = identifiers.find(({ system }) => system === 'mrn');
  if (hospital) return { label: 'Hospital number', value: hospital.value };
  const [other] = identifiers;
  return other ? { label: 'Number', value: other.value } : null;
}

/** Ten digits as 3 3 4; anything else as it is. */
function spacedNhsNumber(value: string): string {
  const digits = value.replace(/\s+/gu, '');
  return /^\d{10}$/u.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : value;
}
