import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import { dayAt } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { PatientId } from '#domain/ids.ts';
import type { Identifier, Patient } from '#domain/patient/patient.ts';
import { distinctIdentifiers, register, tidyName } from '#domain/patient/registration.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import { createPatientMerge } from './patient-merge.ts';
import { readSettings } from './settings.ts';

type PatientsDeps = Pick<
  Store,
  'patients' | 'encounters' | 'assignments' | 'locations' | 'merges' | 'users' | 'settings' | 'ledger'
> & {
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

const SEARCH_LIMIT = 50;

/**
 * Who is in care: identity, allergies, and where the open stay lies. A record merged into another answers as that one.
 */
export function createPatients(deps: PatientsDeps): HandlersOf<typeof contract.patients> {
  const { patients, merges, ledger, clock, newId, changed } = deps;
  const now = clock;
  const today = () => dayAt(now(), readSettings(deps.settings).timeZone);
  const inForce = (id: PatientId): Patient => found(patients.find(merges.survivor(id)), 'This patient');

  return {
    register: (input, context) =>
      context.commit((afterCommit) => {
        const identifiers = distinctIdentifiers(input.identifiers ?? []);
        const taken = identifiers.filter((identifier) => patients.findByIdentifier(identifier) !== undefined);
        const decision = register(newPatient(newId() as PatientId, input, identifiers), taken, today());
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
      const patient = inForce(id);
      const { encounter, bed } = whereabouts(deps, patient.id);
      const ward = bed ? (deps.locations.findWard(bed.wardId) ?? null) : null;
      return { ...patient, encounter, bed, ward };
    },

    search: ({ query }) => {
      const sought = query.normalize('NFC').trim();
      if (sought === '') return [];
      return patients.search(sought, SEARCH_LIMIT).map((patient) => ({ ...patient, ...whereabouts(deps, patient.id) }));
    },

    update: (input, context) =>
      context.commit((afterCommit) => {
        const before = inForce(input.patientId);
        const identifiers = input.identifiers ? distinctIdentifiers(input.identifiers) : before.identifiers;
        const taken = identifiers.filter((identifier) => {
          const holder = patients.findByIdentifier(identifier);
          return holder !== undefined && holder.id !== before.id;
        });
        const wanted = {
          ...before,
          name: input.name ? tidyName(input.name) : before.name,
          birthDate: input.birthDate === undefined ? before.birthDate : input.birthDate,
          sex: input.sex ?? before.sex,
          identifiers,
        };
        const decision = register(wanted, taken, today());
        if (!decision.ok) throw refused(decision.refusal, registrationWords(decision.refusal, taken));
        const facts = changedFacts(before, decision.value);
        if (facts.length === 0) return before;
        patients.save(decision.value);
        ledger.append(
          entryBy(context, now(), {
            act: 'patient.updated',
            subject: before.id,
            before: pick(before, facts),
            after: pick(decision.value, facts),
          }),
        );
        afterCommit(() => changed.patient(before.id));
        return decision.value;
      }),

    ...createPatientMerge(deps),

    recordAllergies: (input, context) =>
      context.commit((afterCommit) => {
        const before = inForce(input.patientId);
        const { allergies } = input;
        const patientId = before.id;
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

const FACTS = ['name', 'birthDate', 'sex', 'identifiers'] as const;
type Fact = (typeof FACTS)[number];

function changedFacts(before: Patient, after: Patient): Fact[] {
  return FACTS.filter((fact) => JSON.stringify(before[fact]) !== JSON.stringify(after[fact]));
}

function pick(patient: Patient, facts: readonly Fact[]): Partial<Patient> {
  return Object.fromEntries(facts.map((fact) => [fact, patient[fact]]));
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
