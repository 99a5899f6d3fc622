import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { formalName } from '#domain/patient/patient.ts';
import { formatDay } from '#renderer/ui/format.ts';
import { useQueryOf } from '../hooks.ts';
import { type FoundPatient, recordKeys } from '../records.ts';
import styles from './PatientFinder.module.css';

interface PatientFinderProps {
  readonly chosen: Pick<FoundPatient, 'id'> | null;
  readonly onChoose: (patient: FoundPatient) => void;
  /** Told what is typed, by those who go on with it elsewhere. */
  readonly onType?: (typed: string) => void;
}

/**
 * Finds a registered patient by name or number; those already admitted are shown and cannot be chosen. Enter takes the
 * first, arrows walk; with one taken Enter goes on to what the dialog does.
 */
export function PatientFinder({ chosen, onChoose, onType }: PatientFinderProps) {
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const name = useId();
  const list = useRef<HTMLUListElement>(null);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 0,
  });
  const settled = query === typed.trim() && !found.isFetching;
  const open = (found.data ?? []).filter(({ encounter }) => encounter === null);
  const at = open.findIndex(({ id }) => id === chosen?.id);
  // Enter pressed before the hub has answered takes the first of the answer.
  const [asked, setAsked] = useState(false);
  const [first] = open;
  useEffect(() => {
    if (!asked || !settled) return;
    setAsked(false);
    if (first) onChoose(first);
  }, [asked, settled, first, onChoose]);
  useEffect(() => {
    if (chosen) list.current?.querySelector(':checked')?.closest('li')?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);

  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && open.length > 0) {
      event.preventDefault();
      const next = open[at === -1 ? 0 : Math.min(open.length - 1, Math.max(0, at + step))];
      if (next) onChoose(next);
    } else if (event.key === 'Enter' && typed.trim() !== '' && !(settled && at !== -1)) {
      event.preventDefault();
      setAsked(true);
    }
  }
  return (
    <div>
      <TextInput
        label="Patient"
        placeholder="Type a name or number"
        description="Enter takes the first, ↓ the next"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed}
        autoComplete="off"
        data-autofocus
        onKeyDown={onKey}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setAsked(false);
          onType?.(currentTarget.value);
        }}
      />
      {query !== '' && found.isPending && <p role="status">Searching…</p>}
      {found.isError && <p role="alert">The search did not work. Try again.</p>}
      {found.data?.length === 0 && <p>No registered patient fits. Register the patient first.</p>}
      <ul ref={list} className={styles.list} aria-label="Patients found">
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
