import { validNhsNumber } from '#domain/patient/nhs-number.ts';
import type { Identifier, Patient, Sex } from '#domain/patient/patient.ts';
import { formatDay } from '#renderer/ui/format.ts';
import { birthError, parseDay } from '#renderer/ui/parse-day.ts';

/** Who somebody is, as typed. */
export interface PatientDraft {
  readonly family: string;
  readonly given: string;
  readonly birth: string;
  readonly sex: Sex;
  /** An emptied one is given up. */
  readonly numbers: readonly TypedNumber[];
}

interface TypedNumber extends Identifier {
  /** Tells the fields apart. */
  readonly field: string;
}

export function draftOf({ name, birthDate, sex, identifiers }: Patient): PatientDraft {
  const known = (system: string): Identifier[] =>
    identifiers.some((identifier) => identifier.system === system) ? [] : [{ system, value: '' }];
  return {
    family: name.family,
    given: name.given.join(' '),
    birth: birthDate === null ? '' : formatDay(birthDate),
    sex,
    numbers: [...identifiers, ...known('mrn'), ...known('nhs')].map((number, at) => ({
      ...number,
      field: `number-${at}`,
    })),
  };
}

export interface PatientChanges {
  readonly name?: { readonly family: string; readonly given: string[] };
  readonly birthDate?: string | null;
  readonly sex?: Sex;
  readonly identifiers?: Identifier[];
}

/** What would be sent (only what differs), or what is wrong with it, by field. `today`: `YYYY-MM-DD` at the clinic. */
export function readPatientDraft(
  patient: Patient,
  draft: PatientDraft,
  today: string,
): { changes: PatientChanges; errors: Readonly<Record<string, string>> } {
  const birthDate = draft.birth.trim() === '' ? null : parseDay(draft.birth);
  const identifiers = draft.numbers.map(tidy).filter(({ value }) => value !== '');
  const given = wordsOf(draft.given);
  const family = draft.family.trim();
  // A name with spaces of its own stays as it is unless somebody touched it.
  const sameName =
    family === patient.name.family.trim() && given.join(' ') === wordsOf(patient.name.given.join(' ')).join(' ');
  return {
    errors: errorsOf(draft, today),
    changes: {
      ...(sameName ? {} : { name: { family, given } }),
      ...(birthDate === undefined || birthDate === patient.birthDate ? {} : { birthDate }),
      ...(draft.sex === patient.sex ? {} : { sex: draft.sex }),
      ...(sameNumbers(identifiers, patient.identifiers) ? {} : { identifiers }),
    },
  };
}

function errorsOf(draft: PatientDraft, today: string): Record<string, string> {
  const numbers = draft.numbers.flatMap((number) => {
    const { system, value } = tidy(number);
    const wrong = system === 'nhs' && value !== '' && !validNhsNumber(value);
    return wrong ? [[number.field, 'This is not a valid NHS number: check each digit.']] : [];
  });
  const birth = birthError(draft.birth, today);
  return {
    ...Object.fromEntries(numbers),
    ...(draft.family.trim() === '' ? { family: 'Enter the family name. If it is not known, enter “Unknown”.' } : {}),
    ...(birth === undefined ? {} : { birth }),
  };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean);
}

function tidy({ system, value }: Identifier): Identifier {
  return { system, value: system === 'nhs' ? value.replace(/\s+/gu, '') : value.trim() };
}

function sameNumbers(one: readonly Identifier[], other: readonly Identifier[]): boolean {
  const words = (numbers: readonly Identifier[]) =>
    JSON.stringify(
      numbers
        .map(tidy)
        .map(({ system, value }) => [system, value])
        .sort(),
    );
  return words(one) === words(other);
}
