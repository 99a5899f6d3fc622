import { Modal, Radio, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { PatientId } from '#domain/ids.ts';
import { formalName, type Patient } from '#domain/patient/patient.ts';
import { useCommand } from '../hooks.ts';
import { type FoundPatient, type PatientRecord, recordKeys } from '../records.ts';
import { ActFoot } from './ActFoot.tsx';
import styles from './MergeDialog.module.css';
import { MergedBefore } from './MergedBefore.tsx';
import { OtherRecordFinder } from './OtherRecordFinder.tsx';
import { identityLines } from './patient-words.ts';

interface MergeDialogProps {
  readonly patient: PatientRecord;
  readonly onClose: () => void;
  /** The record that stays, which may be the other one. */
  readonly onMerged: (survivorId: PatientId) => void;
}

interface MergeInput {
  readonly survivorId: PatientId;
  readonly retiredId: PatientId;
  readonly reason: string;
}

/** Two records found to be one person: compared side by side before one takes over the other; parted again from here too. */
export function MergeDialog({ patient, onClose, onMerged }: MergeDialogProps) {
  const [other, setOther] = useState<FoundPatient | null>(null);
  return (
    <Modal opened onClose={onClose} title={`Merge records with ${formalName(patient.name)}`} size={860}>
      <MergedBefore patientId={patient.id} />
      {other ? (
        <Comparison patient={patient} other={other} onBack={() => setOther(null)} onMerged={onMerged} />
      ) : (
        <OtherRecordFinder patient={patient} onChoose={setOther} onClose={onClose} />
      )}
    </Modal>
  );
}

interface ComparisonProps {
  readonly patient: PatientRecord;
  readonly other: FoundPatient;
  readonly onBack: () => void;
  readonly onMerged: (survivorId: PatientId) => void;
}

function Comparison({ patient, other, onBack, onMerged }: ComparisonProps) {
  const records = [patient, other];
  // Who is in care keeps their record: bed, alarms and labels go on under it.
  const [survivorId, setSurvivorId] = useState<PatientId>(
    other.encounter && !patient.encounter ? other.id : patient.id,
  );
  const [reason, setReason] = useState('');
  const retired = records.find(({ id }) => id !== survivorId) ?? other;
  const survivor = records.find(({ id }) => id === survivorId) ?? patient;
  const merge = useCommand((hub, input: MergeInput) => hub.patients.merge(input), {
    invalidate: [recordKeys.patients, recordKeys.occupancy],
    onDone: () => {
      notifications.show({ message: `The records are one now: ${formalName(survivor.name)}.` });
      onMerged(survivorId);
    },
  });
  const bothInCare = patient.encounter !== null && other.encounter !== null;
  const blocked = blockedBy(bothInCare, reason);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) void merge.run({ survivorId, retiredId: retired.id, reason: reason.trim() });
      }}
    >
      <Radio.Group label="Which record stays" value={survivorId} onChange={(id) => setSurvivorId(id as PatientId)}>
        <Side patient={patient} other={other} />
      </Radio.Group>
      <p>
        Every stay and number of <strong>{formalName(retired.name)}</strong> ({numberOf(retired)}) goes over to{' '}
        <strong>{formalName(survivor.name)}</strong> ({numberOf(survivor)}), whose name, birth date, sex and allergies
        stay as they are. <strong>{nameOf(retired, survivor)}</strong> is closed and leads there. The records can be
        parted again.
      </p>
      {unlike(patient, other) && (
        <p className={styles.caution}>
          <IconAlertTriangle size={16} aria-hidden /> Much of who they are differs. Make sure that this is one person: a
          wrong merge puts one patient’s record on another.
        </p>
      )}
      <TextInput
        label="Reason"
        placeholder="such as registered twice at night"
        value={reason}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <ActFoot
        verb="Merge into one record"
        danger
        leave="Choose another"
        pending={merge.pending}
        error={merge.error}
        blocked={blocked}
        onCancel={onBack}
      />
    </form>
  );
}

/** Two or more of family name, birth date and sex tell two people apart. */
function unlike(one: Patient, other: Patient): boolean {
  const family = one.name.family.toLowerCase() !== other.name.family.toLowerCase();
  return [family, one.birthDate !== other.birthDate, one.sex !== other.sex].filter(Boolean).length > 1;
}

function blockedBy(bothInCare: boolean, reason: string): string | undefined {
  if (bothInCare) {
    return 'Both are here now, and one person cannot be in two places. End or cancel the stay that is not true first.';
  }
  return reason.trim() === '' ? 'Give a reason: it stays in the record.' : undefined;
}

function numberOf({ identifiers }: FoundPatient | PatientRecord): string {
  return identifiers[0]?.value ?? 'no number';
}

/** Two records of the same name are told apart by their number. */
function nameOf(record: FoundPatient | PatientRecord, beside: FoundPatient | PatientRecord): string {
  const name = formalName(record.name);
  return name === formalName(beside.name) ? `${name} (${numberOf(record)})` : name;
}

/** Both records line by line; where they differ the line says so. */
function Side({ patient, other }: { readonly patient: PatientRecord; readonly other: FoundPatient }) {
  const [left, right] = [linesOf(patient), linesOf(other)];
  return (
    <table className={styles.compared}>
      <caption className="visually-hidden">Both records side by side</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <Radio value={patient.id} label={nameOf(patient, other)} />
          </th>
          <th scope="col">
            <Radio value={other.id} label={nameOf(other, patient)} />
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {left.map(([heading, words], at) => {
          const same = words === right[at]?.[1];
          return (
            <tr key={heading} data-differs={!same || undefined}>
              <th scope="row">{heading}</th>
              <td>{words}</td>
              <td>{right[at]?.[1]}</td>
              <td>{same ? 'same' : <strong>differs</strong>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function linesOf(patient: PatientRecord | FoundPatient): readonly (readonly [string, string])[] {
  const here = patient.encounter ? (patient.bed ? `Here, in bed ${patient.bed.label}` : 'Here') : 'Not here now';
  return [...identityLines(patient), ['Now', here]];
}
