import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { formatDay, formatSex } from '#renderer/ui/format.ts';
import styles from './RegisterDialog.module.css';
import type { Registration } from './registration.ts';

interface NamesakesProps {
  readonly registration: Registration;
  /** It is one of these: nobody is registered a second time. */
  readonly onChoose: (patientId: PatientId) => void;
}

/** Patients already registered under this name or number: the same person twice is a danger. */
export function Namesakes({ registration, onChoose }: NamesakesProps) {
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
            {patient.birthDate !== null && patient.birthDate === registration.birthDate && <b> · same birth date</b>}{' '}
            {patient.encounter ? (
              <span>· here now{patient.bed ? `, bed ${patient.bed.label}` : ''}</span>
            ) : (
              <Button onClick={() => onChoose(patient.id)}>This one</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
