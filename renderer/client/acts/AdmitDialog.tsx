import { Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { useCommand } from '../hooks.ts';
import { type FoundPatient, recordKeys } from '../records.ts';
import { ActFoot } from './ActFoot.tsx';
import { FreeBedSelect } from './FreeBedSelect.tsx';
import { PatientFinder } from './PatientFinder.tsx';

export interface ChosenBed {
  readonly bedId: BedId;
  readonly words: string;
}

/** Who is to be admitted, as far as the dialog needs it. */
export type ToAdmit = Pick<FoundPatient, 'id' | 'name'>;

interface AdmitDialogProps {
  /** The patient the dialog was opened for; left out to choose one. */
  readonly patient?: ToAdmit;
  /** The bed the dialog was opened on; null to choose one. */
  readonly bed: ChosenBed | null;
  readonly onClose: () => void;
}

interface AdmitInput {
  readonly patientId: PatientId;
  readonly bedId?: BedId;
  readonly reason?: string;
}

/** Admits a registered patient to a free bed. */
export function AdmitDialog({ patient: known, bed: given, onClose }: AdmitDialogProps) {
  const [patient, setPatient] = useState<ToAdmit | null>(known ?? null);
  const [chosen, setChosen] = useState<ChosenBed | null>(given);
  const [reason, setReason] = useState('');
  const admit = useCommand((hub, input: AdmitInput) => hub.encounters.admit(input), {
    invalidate: [recordKeys.occupancy, recordKeys.patients],
    onDone: () => {
      notifications.show({
        message: `${patient ? formalName(patient.name) : 'The patient'} is admitted to ${chosen?.words}.`,
      });
      onClose();
    },
  });
  const blocked = !patient ? 'Choose a patient first.' : !chosen ? 'Choose a bed first.' : undefined;
  return (
    <Modal opened onClose={onClose} title={titleOf(known, given)} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!patient || !chosen) return;
          const why = reason.trim() === '' ? {} : { reason: reason.trim() };
          void admit.run({ patientId: patient.id, bedId: chosen.bedId, ...why });
        }}
      >
        {!known && <PatientFinder chosen={patient} onChoose={setPatient} />}
        {!given && (
          <FreeBedSelect
            label="Bed"
            autoFocus={known !== undefined}
            value={chosen?.bedId ?? null}
            onChange={(bedId, words) => setChosen(bedId && { bedId, words })}
          />
        )}
        <TextInput
          mt={8}
          label="Reason for admission"
          placeholder="optional"
          maxLength={200}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <ActFoot
          verb={chosen ? `Admit to ${chosen.words}` : 'Admit'}
          pending={admit.pending}
          error={admit.error}
          blocked={blocked}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function titleOf(patient: ToAdmit | undefined, bed: ChosenBed | null): string {
  if (patient) return `Admit ${formalName(patient.name)}`;
  return bed ? `Admit to ${bed.words}` : 'Admit a patient';
}
