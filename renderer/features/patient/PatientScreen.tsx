import { useParams } from '@tanstack/react-router';
import type { PatientId } from '#domain/ids.ts';
import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { PatientView } from './PatientView.tsx';

/** One patient, by the address `/patient/:patientId`. */
export function PatientScreen() {
  const { patientId } = useParams({ strict: false }) as { patientId?: string };
  const id = (patientId ?? '') as PatientId;
  const patient = useQueryOf(recordKeys.patient(id), (hub) => hub.patients.get({ id }), { enabled: id !== '' });
  if (patient.data) return <PatientView key={id} patient={patient.data} readable={!patient.isError} />;
  if (patient.isPending) return <p role="status">Reading the patient…</p>;
  if (patient.isError && 'code' in patient.error && patient.error.code === 'not-found') {
    return (
      <Blank title="No such patient">
        <p>The address may be old. Find the patient with Ctrl K.</p>
      </Blank>
    );
  }
  return (
    <Fault
      title="The patient could not be read."
      detail={patient.error ? sayError(patient.error) : ''}
      action="Try again"
      onAction={() => void patient.refetch()}
    />
  );
}
