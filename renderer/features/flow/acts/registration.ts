import { validNhsNumber } from '#domain/patient/nhs-number.ts';
import type { Sex } from '#domain/patient/patient.ts';
import { birthError, parseDay } from '#renderer/ui/parse-day.ts';

/** A registration as typed. */
export interface RegistrationDraft {
  readonly family: string;
  readonly given: string;
  readonly birth: string;
  readonly sex: Sex;
  readonly hospitalNumber: string;
  readonly nhsNumber: string;
}

export const EMPTY_REGISTRATION: RegistrationDraft = {
  family: '',
  given: '',
  birth: '',
  sex: 'unknown',
  hospitalNumber: '',
  nhsNumber: '',
};

/** A registration begun with what somebody was looked for by: `OKAFOR, Ann`, `Ann Okafor`, a family name, or a number. */
export function begunWith(typed: string): RegistrationDraft {
  const plain = typed.trim().replace(/\s+/gu, ' ');
  if (/\d/u.test(plain)) return { ...EMPTY_REGISTRATION, hospitalNumber: plain };
  const [family = '', ...after] = plain.split(/\s*,\s*/u);
  if (after.length > 0) return { ...EMPTY_REGISTRATION, family, given: after.join(' ') };
  const words = plain.split(' ');
  return { ...EMPTY_REGISTRATION, family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') };
}

export interface Registration {
  readonly name: { readonly family: string; readonly given: string[] };
  readonly birthDate: string | null;
  readonly sex: Sex;
  readonly identifiers: { system: string; value: string }[];
}

/** What would be sent, or beside each field what is wrong with it. `today`: `YYYY-MM-DD` at the clinic. */
export function readRegistration(
  draft: RegistrationDraft,
  today: string,
): {
  registration: Registration;
  errors: Partial<Record<keyof RegistrationDraft, string>>;
} {
  const errors: Partial<Record<keyof RegistrationDraft, string>> = {};
  const birthDate = draft.birth.trim() === '' ? null : parseDay(draft.birth);
  const birth = birthError(draft.birth, today);
  if (birth !== undefined) errors.birth = birth;
  const nhs = draft.nhsNumber.replace(/\s+/gu, '');
  if (nhs !== '' && !validNhsNumber(nhs)) errors.nhsNumber = 'This is not a valid NHS number: check each digit.';
  const mrn = draft.hospitalNumber.trim();
  return {
    errors,
    registration: {
      name: { family: draft.family.trim(), given: draft.given.split(/\s+/u).filter(Boolean) },
      birthDate: birthDate ?? null,
      sex: draft.sex,
      identifiers: [
        ...(mrn === '' ? [] : [{ system: 'mrn', value: mrn }]),
        ...(nhs === '' ? [] : [{ system: 'nhs', value: nhs }]),
      ],
    },
  };
}
