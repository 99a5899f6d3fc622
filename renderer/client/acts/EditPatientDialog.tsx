import { NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { PatientId } from '#domain/ids.ts';
import { formalName, type Patient, SEXES, type Sex } from '#domain/patient/patient.ts';
import { formatSex, isoDayOf } from '#renderer/ui/format.ts';
import { useCommand, useZone } from '../hooks.ts';
import { useNow } from '../live-hooks.ts';
import { recordKeys } from '../records.ts';
import { ActDialog } from './ActDialog.tsx';
import { useDraft } from './drafts.ts';
import { draftOf, type PatientChanges, type PatientDraft, readPatientDraft } from './patient-edit.ts';
import { systemWords } from './patient-words.ts';

interface EditPatientDialogProps {
  readonly patient: Patient;
  readonly onClose: () => void;
}

/** Corrects who somebody is. What they were called before stays in the ledger. */
export function EditPatientDialog({ patient, onClose }: EditPatientDialogProps) {
  const { fields, set, forget } = useDraft<PatientDraft>(`edit ${patient.id}`, draftOf(patient));
  const { changes, errors } = readPatientDraft(patient, fields, isoDayOf(useNow(60_000), useZone()));
  const update = useCommand((hub, input: PatientChanges & { patientId: PatientId }) => hub.patients.update(input), {
    invalidate: [recordKeys.patients, recordKeys.occupancy],
    onDone: ({ name }) => {
      forget();
      notifications.show({ message: `${formalName(name)} is corrected.` });
      onClose();
    },
  });
  const text = (field: 'family' | 'given' | 'birth', label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={fields[field]}
      error={errors[field]}
      maxLength={100}
      autoComplete="off"
      data-autofocus={field === 'family' || undefined}
      onChange={({ currentTarget }) => set({ [field]: currentTarget.value })}
    />
  );
  return (
    <ActDialog
      title={`Correct who ${formalName(patient.name)} is`}
      verb="Save the correction"
      act={update}
      blocked={blockedBy(changes, errors)}
      onRun={() => void update.run({ patientId: patient.id, ...changes })}
      onClose={() => {
        forget();
        onClose();
      }}
    >
      {text('family', 'Family name', '')}
      {text('given', 'Given names', 'separated by spaces')}
      {text('birth', 'Born', 'such as 12-Mar-1950; empty if not known')}
      <NativeSelect
        label="Sex"
        data={SEXES.map((sex) => ({ value: sex, label: formatSex(sex) }))}
        value={fields.sex}
        onChange={({ currentTarget }) => set({ sex: currentTarget.value as Sex })}
      />
      {fields.numbers.map(({ field, system, value }) => (
        <TextInput
          key={field}
          label={systemWords(system)}
          placeholder="none recorded"
          value={value}
          error={errors[field]}
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget: { value: typed } }) =>
            set({ numbers: fields.numbers.map((one) => (one.field === field ? { ...one, value: typed } : one)) })
          }
        />
      ))}
      <p>What was recorded before stays in the ledger.</p>
    </ActDialog>
  );
}

function blockedBy(changes: PatientChanges, errors: object): string | undefined {
  if (Object.keys(errors).length > 0) return 'Correct the marked fields first.';
  return Object.keys(changes).length === 0 ? 'Nothing is changed yet.' : undefined;
}
