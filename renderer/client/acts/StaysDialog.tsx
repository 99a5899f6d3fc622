import { Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { firstField } from '#renderer/ui/first-field.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { useQueryOf, useZone } from '../hooks.ts';
import { type PatientRecord, recordKeys, type Stay } from '../records.ts';
import { sayError } from '../say-error.ts';
import styles from './HistoryDialog.module.css';
import { StayHistory } from './HistoryDialog.tsx';

interface StaysDialogProps {
  readonly patient: PatientRecord;
  readonly onClose: () => void;
}

/** The history of a patient, one stay at a time, the present or latest first: also of a stay that ended by mistake. */
export function StaysDialog({ patient, onClose }: StaysDialogProps) {
  const zone = useZone();
  const [chosen, setChosen] = useState<EncounterId | null>(null);
  const stays = useQueryOf(recordKeys.stays(patient.id), (hub) => hub.encounters.list({ patientId: patient.id }), {
    staleTime: 0,
  });
  const shown = chosen ?? stays.data?.[0]?.id;
  return (
    <Modal opened onClose={onClose} title={`History of ${formalName(patient.name)}`} size={960}>
      <div ref={firstField} className={styles.told}>
        {stays.isPending && <p role="status">Reading the stays…</p>}
        {stays.isError && <Fault title="The stays could not be read." detail={sayError(stays.error)} />}
        {stays.data?.length === 0 && <Blank title="This patient has not been here yet" />}
        {stays.data && stays.data.length > 1 && (
          <NativeSelect
            mb={8}
            label="Stay"
            value={shown}
            data={stays.data.map((stay) => ({ value: stay.id, label: stayWords(stay, zone) }))}
            onChange={({ currentTarget }) => setChosen(currentTarget.value as EncounterId)}
          />
        )}
        {shown && <StayHistory key={shown} encounterId={shown} />}
      </div>
    </Modal>
  );
}

function stayWords({ status, admittedAt, dischargedAt }: Stay, zone: string): string {
  const from = formatDateTime(admittedAt, zone);
  if (status === 'planned') return `Expected from ${from}`;
  if (status === 'cancelled') return `Cancelled, from ${from}`;
  return dischargedAt === null ? `Here since ${from}` : `${from} to ${formatDateTime(dischargedAt, zone)}`;
}
