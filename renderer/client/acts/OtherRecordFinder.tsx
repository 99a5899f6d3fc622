import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { formalName } from '#domain/patient/patient.ts';
import { formatDay, formatSex } from '#renderer/ui/format.ts';
import { useQueryOf } from '../hooks.ts';
import { type FoundPatient, type PatientRecord, recordKeys } from '../records.ts';
import { sayError } from '../say-error.ts';
import styles from './MergeDialog.module.css';
import { identifierWords } from './patient-words.ts';

interface OtherRecordFinderProps {
  readonly patient: PatientRecord;
  readonly onChoose: (other: FoundPatient) => void;
  readonly onClose: () => void;
}

/** Looks for the second record of a person; begins with those of the same family name. */
export function OtherRecordFinder({ patient, onChoose, onClose }: OtherRecordFinderProps) {
  const [typed, setTyped] = useState(patient.name.family);
  const [query] = useDebouncedValue(typed.trim(), 150);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 0,
    staleTime: 0,
  });
  const others = (found.data ?? []).filter(({ id }) => id !== patient.id);
  return (
    <>
      <TextInput
        label="The other record of this person"
        placeholder="Type a name or number"
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {found.isError && <p role="alert">The search did not work. {sayError(found.error)}</p>}
      {found.data && others.length === 0 && <p>No other record has this name or number.</p>}
      <ul className={styles.found} aria-label="Records found">
        {others.map((other) => (
          <li key={other.id}>
            <span>
              <strong>{formalName(other.name)}</strong> · born {formatDay(other.birthDate)} · {formatSex(other.sex)}
              {other.birthDate !== null && other.birthDate === patient.birthDate && <b> · same birth date</b>}
              <small>
                {other.identifiers.map(identifierWords).join('; ') || 'No number recorded'}
                {other.encounter && ` · here now${other.bed ? `, bed ${other.bed.label}` : ''}`}
              </small>
            </span>
            <Button aria-label={`Compare with ${formalName(other.name)}`} onClick={() => onChoose(other)}>
              Compare
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  );
}
