import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { formalName } from '#domain/patient/patient.ts';
import type { ToAdmit } from '#renderer/client/acts/AdmitDialog.tsx';
import { useMe, useQueryOf, useWritable } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { formatDay } from '#renderer/ui/format.ts';
import styles from './InNoBed.module.css';

interface InNoBedProps {
  readonly search: string;
  readonly onAdmit: (patient: ToAdmit) => void;
}

/** Registered patients whom the search names and whom no list of beds can show. */
export function InNoBed({ search, onAdmit }: InNoBedProps) {
  const { may } = useMe();
  const writable = useWritable();
  const [query] = useDebouncedValue(search.trim(), 150);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 1 && may('see-names'),
  });
  const patients = query.length > 1 ? (found.data ?? []).filter(({ bed }) => bed === null).slice(0, 4) : [];
  if (patients.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Patients in no bed">
      {patients.map((patient) => (
        <li key={patient.id}>
          <span>
            <Link to="/patient/$patientId" params={{ patientId: patient.id }}>
              {formalName(patient.name)}
            </Link>
            {patient.birthDate !== null && `, born ${formatDay(patient.birthDate)},`} is{' '}
            {patient.encounter ? 'admitted' : 'registered'}, in no bed.
          </span>
          {!patient.encounter && may('register-admit-move') && (
            <Button size="xs" disabled={!writable.ok} title={writable.why ?? ''} onClick={() => onAdmit(patient)}>
              Admit to a bed…
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
