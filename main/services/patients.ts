import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import { dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { PatientId } from '#domain/ids.ts';
import type { Identifier, Patient } from '#domain/patient/patient.ts';
import { distinctIdentifiers, register, tidyName } from '#domain/patient/registration.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { readSettings } from './settings.ts';

type PatientsDeps = Pick<Store, 'patients' | 'encounters' | 'assignments' | 'locations' | 'settings' | 'ledger'> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

const SEARCH_LIMIT = 50;

/** Who is in care: identity, allergies, and where the open stay lies. */
export function createPatients(
  deps: PatientsDeps,
): Pick<HandlersOf<typeof contract.patients>, 'register' | 'get' | 'search' | 'recordAllergies'> {
  const { patients, ledger, clock, newId, changed } = deps;
  const now = clock;

  return {
    register: (input, context) =>
      context.commit((afterCommit) => {
        const identifiers = distinctIdentifiers(input.identifiers ?? []);
        const taken = identifiers.filter((identifier) => patients.findByIdentifier(identifier) !== undefined);
        const today = dayAt(now(), readSettings(deps.settings).timeZone);
        const decision = register(newPatient(newId() as PatientId, input, identifiers), taken, today);
        if (!decision.ok) throw refused(decision.refusal, registrationWords(decision.refusal, taken));
        const { id, name, birthDate, sex } = decision.value;
        patients.save(decision.value);
        ledger.append(
          entryBy(context, now(), {
            act: 'patient.registered',
            subject: id,
            before: null,
            after: { name, birthDate, sex, identifiers },
          }),
        );
        afterCommit(() => changed.patient(id));
        return { id };
      }),

    get: ({ id }) => {
      const patient = found(patients.find(id), 'This patient');
      const { encounter, bed } = whereabouts(deps, id);
      const ward = bed ? (deps.locations.findWard(bed.wardId) ?? null) : null;
      return { ...patient, encounter, bed, ward };
    },

    search: ({ query }) => {
      const sought = query.normalize('NFC').trim();
      if (sought === '') return [];
      return patients.search(sought, SEARCH_LIMIT).map((patient) => ({ ...patient, ...whereabouts(deps, patient.id) }));
    },

    recordAllergies: ({ patientId, allergies }, context) =>
      context.commit((afterCommit) => {
        const before = found(patients.find(patientId), 'This patient');
        const listed = allergies && [...new Set(allergies)];
        patients.save({ ...before, allergies: listed, allergiesRecordedAt: listed && now() });
        ledger.append(
          entryBy(context, now(), {
            act: 'patient.allergiesRecorded',
            subject: patientId,
            before: { allergies: before.allergies },
            after: { allergies: listed },
          }),
        );
        afterCommit(() => changed.patient(patientId));
        return { ok: true };
      }),
  };
}

function newPatient(
  id: PatientId,
  input: { name: Patient['name']; birthDate?: string | null; sex: Patient['sex'] },
  identifiers: readonly Identifier[],
): Patient {
  return {
    id,
    name: tidyName(input.name),
    birthDate: input.birthDate ?? null,
    sex: input.sex,
    identifiers,
    allergies: null,
    allergiesRecordedAt: null,
  };
}

function whereabouts({ encounters, assignments, locations }: PatientsDeps, patientId: PatientId) {
  const encounter = encounters.findOpen(patientId) ?? null;
  const assignment = encounter ? assignments.current({ encounterId: encounter.id }) : undefined;
  return { encounter, bed: assignment ? (locations.findBed(assignment.bedId) ?? null) : null };
}

function registrationWords(refusal: string, taken: readonly Identifier[]): string {
  if (refusal === 'birth-date-in-future') return 'The date of birth lies in the future. Nothing was saved.';
  const named = taken.map(({ system, value }) => `${system} ${value}`).join(', ');
  return `Already another patient's: ${named}. Nothing was saved; look for that patient first.`;
}
