import { NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { BedId, PatientId } from '#domain/ids.ts';
import { formalName, SEXES, type Sex } from '#domain/patient/patient.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useCommand, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { ageOf, formatDay, formatSex, isoDayOf } from '#renderer/ui/format.ts';
import { useOpenDialog } from './flow-dialog.ts';
import { Namesakes } from './Namesakes.tsx';
import styles from './RegisterDialog.module.css';
import { begunWith, type Registration, type RegistrationDraft, readRegistration } from './registration.ts';

interface RegisterDialogProps {
  /** The bed to go on to. */
  readonly bedId?: BedId | undefined;
  readonly next?: 'arrive' | 'expect' | undefined;
  /** A name or number that was looked for: stands in its field already. */
  readonly typed?: string | undefined;
  readonly onClose: () => void;
}

/** Registers a patient, after showing who is already here under that name, and goes on to what comes next for them. */
export function RegisterDialog({ bedId, next, typed = '', onClose }: RegisterDialogProps) {
  const zone = useZone();
  const now = useNow(60_000);
  const openDialog = useOpenDialog();
  const bed = useTile(useBoardScope(), bedId ?? ('' as BedId))?.bed;
  const { fields: draft, set, forget } = useDraft(`register ${bedId ?? next ?? ''} ${typed}`, begunWith(typed));
  const { registration, errors } = readRegistration(draft, isoDayOf(now, zone));
  const close = () => {
    forget();
    onClose();
  };
  function goOn(id: PatientId) {
    notifications.show({ message: `${formalName(registration.name)} is registered.` });
    close();
    openDialog(next ? { kind: next, patientId: id } : { kind: 'admit', patientId: id, ...(bedId ? { bedId } : {}) });
  }
  const register = useCommand((hub, input: Registration) => hub.patients.register(input), {
    invalidate: [recordKeys.patients],
    onDone: ({ id }) => goOn(id),
  });
  const text = (field: Exclude<keyof RegistrationDraft, 'sex'>, label: string, placeholder = '') => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={draft[field]}
      error={errors[field]}
      maxLength={100}
      autoComplete="off"
      data-autofocus={field === 'family' || undefined}
      onChange={({ currentTarget }) => set({ [field]: currentTarget.value })}
    />
  );
  const age = ageOf(registration.birthDate, now, zone);
  return (
    <ActDialog
      title={bed ? `Register a patient for bed ${bed.label}` : 'Register a patient'}
      verb={
        next === 'arrive'
          ? 'Register, then arrived'
          : next === 'expect'
            ? 'Register, then expect'
            : 'Register, then admit'
      }
      act={register}
      blocked={blockedBy(registration, errors)}
      size="lg"
      onRun={() => void register.run(registration)}
      onClose={close}
    >
      <div className={styles.fields}>
        {text('family', 'Family name')}
        {text('given', 'Given names', 'separated by spaces')}
        <div>
          {text('birth', 'Born', 'such as 12-Mar-1950')}
          {registration.birthDate !== null && age !== null && errors.birth === undefined && (
            <small>
              {formatDay(registration.birthDate)} ({age} y)
            </small>
          )}
        </div>
        <NativeSelect
          label="Sex"
          data={SEXES.map((sex) => ({ value: sex, label: formatSex(sex) }))}
          value={draft.sex}
          onChange={({ currentTarget }) => set({ sex: currentTarget.value as Sex })}
        />
        {text('hospitalNumber', 'Hospital number', 'optional')}
        {text('nhsNumber', 'NHS number', 'optional')}
      </div>
      <Namesakes registration={registration} onChoose={goOn} />
    </ActDialog>
  );
}

function blockedBy(registration: Registration, errors: object): string | undefined {
  if (registration.name.family === '') return 'Enter the family name first. If it is not known, enter “Unknown”.';
  return Object.keys(errors).length > 0 ? 'Correct the marked fields first.' : undefined;
}
