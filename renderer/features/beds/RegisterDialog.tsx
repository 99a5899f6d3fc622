import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId, PatientId } from '#domain/ids.ts';
import { formalName, SEXES, type Sex } from '#domain/patient/patient.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import type { ChosenBed } from '#renderer/client/acts/AdmitDialog.tsx';
import { FreeBedSelect } from '#renderer/client/acts/FreeBedSelect.tsx';
import { useCommand, useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { ageOf, formatDay, formatSex } from '#renderer/ui/format.ts';
import styles from './RegisterDialog.module.css';
import { EMPTY_REGISTRATION, type Registration, type RegistrationDraft, readRegistration } from './registration.ts';

interface RegisterDialogProps {
  /** The bed to admit to at once; null to register only. */
  readonly bed: ChosenBed | null;
  readonly onClose: () => void;
}

/** Registers a patient, after showing who is already here under that name; on a bed, admits at once, else offers a bed. */
export function RegisterDialog({ bed, onClose }: RegisterDialogProps) {
  const zone = useZone();
  const now = useNow(60_000);
  const [draft, setDraft] = useState(EMPTY_REGISTRATION);
  const { registration, errors } = readRegistration(draft);
  /** Set once registered: from then on only the admission is tried again. */
  const [registered, setRegistered] = useState<PatientId | null>(null);
  const [place, setPlace] = useState(bed);
  const done = (words: string): void => {
    notifications.show({ message: `${formalName(registration.name)} is ${words}.` });
    onClose();
  };
  const admit = useCommand((hub, input: { patientId: PatientId; bedId: BedId }) => hub.encounters.admit(input), {
    invalidate: [recordKeys.patients, recordKeys.occupancy],
    onDone: () => done(`registered and admitted to ${place?.words}`),
  });
  const register = useCommand((hub, input: Registration) => hub.patients.register(input), {
    invalidate: [recordKeys.patients],
    onDone: ({ id }) => {
      setRegistered(id);
      if (bed) void admit.run({ patientId: id, bedId: bed.bedId });
    },
  });
  function run(): void {
    if (registered && place) void admit.run({ patientId: registered, bedId: place.bedId });
    else if (!registered && blockedBy(registration, errors) === undefined) void register.run(registration);
  }
  const text = (field: Exclude<keyof RegistrationDraft, 'sex'>, label: string, placeholder = '') => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={draft[field]}
      error={errors[field]}
      maxLength={100}
      autoComplete="off"
      data-autofocus={field === 'family' || undefined}
      onChange={({ currentTarget }) => setDraft({ ...draft, [field]: currentTarget.value })}
    />
  );
  const age = ageOf(registration.birthDate, now, zone);
  const title = registered
    ? `${formalName(registration.name)} is registered`
    : bed
      ? `Register and admit to ${bed.words}`
      : 'Register a patient';
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <fieldset className={styles.fields} disabled={registered !== null}>
          {text('family', 'Family name')}
          {text('given', 'Given names', 'separated by spaces')}
          <div>
            {text('birth', 'Born', 'such as 12-Mar-1950')}
            {registration.birthDate !== null && age !== null && (
              <small>
                {formatDay(registration.birthDate)} ({age} y)
              </small>
            )}
          </div>
          <NativeSelect
            label="Sex"
            data={SEXES.map((sex) => ({ value: sex, label: formatSex(sex) }))}
            value={draft.sex}
            onChange={({ currentTarget }) => setDraft({ ...draft, sex: currentTarget.value as Sex })}
          />
          {text('hospitalNumber', 'Hospital number', 'optional')}
          {text('nhsNumber', 'NHS number', 'optional')}
        </fieldset>
        {registered ? (
          <FreeBedSelect
            label="In no bed yet. Admit to"
            autoFocus
            value={place?.bedId ?? null}
            onChange={(bedId, words) => setPlace(bedId && { bedId, words })}
          />
        ) : (
          <Namesakes registration={registration} />
        )}
        <ActFoot
          leave={registered ? 'Not now' : 'Cancel'}
          verb={registered ? `Admit to ${place?.words ?? 'a bed'}` : bed ? 'Register and admit' : 'Register'}
          pending={register.pending || admit.pending}
          error={register.error ?? admit.error}
          blocked={registered ? (place ? undefined : 'Choose a bed first.') : blockedBy(registration, errors)}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function blockedBy(registration: Registration, errors: object): string | undefined {
  if (registration.name.family === '') return 'Enter the family name first. If it is not known, enter “Unknown”.';
  return Object.keys(errors).length > 0 ? 'Correct the marked fields first.' : undefined;
}

/** Patients already registered under this name or number: the same person twice is a danger. */
function Namesakes({ registration }: { readonly registration: Registration }) {
  const { family } = registration.name;
  const [query] = useDebouncedValue(registration.identifiers[0]?.value ?? family, 200);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 1,
  });
  const alike = (found.data ?? []).slice(0, 6);
  if (query.length < 2 || alike.length === 0) return null;
  return (
    <section className={styles.alike} aria-label="Already registered">
      <p>Already registered under this name or number. Is it one of these?</p>
      <ul>
        {alike.map((patient) => (
          <li key={patient.id}>
            <strong>{formalName(patient.name)}</strong> · born {formatDay(patient.birthDate)} · {formatSex(patient.sex)}
            {patient.birthDate !== null && patient.birthDate === registration.birthDate && <b> · same birth date</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}
