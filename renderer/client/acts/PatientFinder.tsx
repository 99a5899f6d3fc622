import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState } from 'react';
import { formalName } from '#domain/patient/patient.ts';
import { formatDay } from '#renderer/ui/format.ts';
import { useQueryOf } from '../hooks.ts';
import { type FoundPatient, recordKeys } from '../records.ts';
import styles from './PatientFinder.module.css';

interface PatientFinderProps {
  readonly chosen: Pick<FoundPatient, 'id'> | null;
  readonly onChoose: (patient: FoundPatient) => void;
}

/** Finds a registered patient by name or number; those already admitted are shown and cannot be chosen. */
export function PatientFinder({ chosen, onChoose }: PatientFinderProps) {
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const name = useId();
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 0,
  });
  return (
    <div>
      <TextInput
        label="Patient"
        placeholder="Type a name or number"
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {query !== '' && found.isPending && <p role="status">Searching…</p>}
      {found.isError && <p role="alert">The search did not work. Try again.</p>}
      {found.data?.length === 0 && <p>No registered patient fits. Register the patient first.</p>}
      <ul className={styles.list} aria-label="Patients found">
        {found.data?.map((patient) => (
          <li key={patient.id}>
            <label className={styles.patient} data-admitted={patient.encounter !== null}>
              <input
                type="radio"
                name={name}
                checked={chosen?.id === patient.id}
                disabled={patient.encounter !== null}
                onChange={() => onChoose(patient)}
              />
              <span>
                <strong>{formalName(patient.name)}</strong> · born {formatDay(patient.birthDate)}
                <small>
                  {patient.identifiers[0]?.value ?? 'No number recorded'}
                  {patient.encounter && ` · already admitted${patient.bed ? `, bed ${patient.bed.label}` : ''}`}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
