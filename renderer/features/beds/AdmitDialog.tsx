import { Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { FreeBedSelect } from '#renderer/client/acts/FreeBedSelect.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { type FoundPatient, recordKeys } from '#renderer/client/records.ts';
import { PatientFinder } from './PatientFinder.tsx';

export interface ChosenBed {
  readonly bedId: BedId;
  readonly words: string;
}

interface AdmitDialogProps {
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
export function AdmitDialog({ bed: given, onClose }: AdmitDialogProps) {
  const [patient, setPatient] = useState<FoundPatient | null>(null);
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
    <Modal opened onClose={onClose} title={given ? `Admit to ${given.words}` : 'Admit a patient'} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!patient || !chosen) return;
          const why = reason.trim() === '' ? {} : { reason: reason.trim() };
          void admit.run({ patientId: patient.id, bedId: chosen.bedId, ...why });
        }}
      >
        <PatientFinder chosen={patient} onChoose={setPatient} />
        {!given && (
          <FreeBedSelect
            label="Bed"
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
