import { IconAlertTriangleFilled, IconCircleCheck, IconHelpCircle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formalName } from '#domain/patient/patient.ts';
import type { PatientRecord } from '#renderer/client/records.ts';
import { ageOf, formatDate, formatDateTime, formatDay, formatSex } from '#renderer/ui/format.ts';
import { ALLERGY_WORDS, type AllergyState, allergyState } from './allergies.ts';
import { leadingIdentifier } from './identifier-words.ts';
import styles from './PatientBanner.module.css';

interface PatientBannerProps {
  readonly patient: PatientRecord;
  readonly now: number;
  readonly zone: string;
  /** Whether the reader is clinical staff: others do not see allergies. */
  readonly clinical: boolean;
  /** False when the record could not be read again. */
  readonly readable: boolean;
}

const ALLERGY_ICONS: Readonly<Record<AllergyState, ReactNode>> = {
  known: <IconAlertTriangleFilled size={16} aria-hidden />,
  none: <IconCircleCheck size={16} aria-hidden />,
  'not-recorded': <IconHelpCircle size={16} aria-hidden />,
  unavailable: <IconPlugConnectedX size={16} aria-hidden />,
};

/** Who this is, by the NHS Common User Interface: name, birth, sex, number; below, allergies and where they lie. */
export function PatientBanner({ patient, now, zone, clinical, readable }: PatientBannerProps) {
  const number = leadingIdentifier(patient.identifiers);
  const { encounter, bed, ward } = patient;
  return (
    <section className={styles.banner} aria-label="Patient">
      <div className={styles.line}>
        <h1 className={styles.name}>{formalName(patient.name)}</h1>
        <Fact label="Born">{bornWords(patient.birthDate, now, zone)}</Fact>
        <Fact label="Sex">{formatSex(patient.sex)}</Fact>
        <Fact label={number?.label ?? 'Number'}>{number?.value ?? 'Not recorded'}</Fact>
      </div>
      <div className={styles.line}>
        {clinical && <Allergies patient={patient} zone={zone} readable={readable} />}
        <Fact label="Place">{bed ? `Bed ${bed.label}, ${ward?.name ?? 'ward not known'}` : 'In no bed'}</Fact>
        <Fact label="Admitted">{encounter ? formatDateTime(encounter.admittedAt, zone) : 'Not admitted'}</Fact>
        {encounter && <Fact label="Reason">{encounter.reason ?? 'Not recorded'}</Fact>}
      </div>
    </section>
  );
}

/** `12-Mar-1950 (76 y)`; an age is not guessed from an unknown date, nor counted from one to come. */
function bornWords(birthDate: string | null, now: number, zone: string): string {
  const age = ageOf(birthDate, now, zone);
  if (age !== null && age < 0) return `${formatDay(birthDate)} (in the future)`;
  return age === null ? formatDay(birthDate) : `${formatDay(birthDate)} (${age} y)`;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className={styles.fact}>
      <span className={styles.label}>{label}</span> <span className={styles.value}>{children}</span>
    </span>
  );
}

function Allergies({
  patient,
  zone,
  readable,
}: {
  readonly patient: PatientRecord;
  readonly zone: string;
  readonly readable: boolean;
}) {
  const state = allergyState(patient.allergies, readable);
  const { allergiesRecordedAt } = patient;
  return (
    <span className={styles.allergies} data-state={state}>
      {ALLERGY_ICONS[state]}
      <span className={styles.value}>{ALLERGY_WORDS[state]}</span>
      {state === 'known' && <span>{patient.allergies?.join(', ')}</span>}
      {allergiesRecordedAt !== null && state !== 'unavailable' && (
        <span className={styles.label}>updated {formatDate(allergiesRecordedAt, zone)}</span>
      )}
    </span>
  );
}
