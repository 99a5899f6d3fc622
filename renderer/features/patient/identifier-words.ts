import type { Identifier } from '#domain/patient/patient.ts';
import { spacedNhsNumber } from '#renderer/client/acts/patient-words.ts';

/** The number a banner shows: the NHS number before the hospital's before any other; null when there is none. */
export function leadingIdentifier(identifiers: readonly Identifier[]): { label: string; value: string } | null {
  const nhs = identifiers.find(({ system }) => system === 'nhs');
  if (nhs) return { label: 'NHS number', value: spacedNhsNumber(nhs.value) };
  const hospital = identifiers.find(({ system }) => system === 'mrn');
  if (hospital) return { label: 'Hospital number', value: hospital.value };
  const [other] = identifiers;
  return other ? { label: 'Number', value: other.value } : null;
}
