import { useParams } from '@tanstack/react-router';
import type { PatientId } from '#domain/ids.ts';
import { useLink, useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { LastKnown } from './LastKnown.tsx';
import { PatientView } from './PatientView.tsx';
import { sayReadError } from './read-error.ts';

/** One patient, by the address `/patient/:patientId`. */
export function PatientScreen() {
  const { patientId } = useParams({ strict: false }) as { patientId?: string };
  const id = (patientId ?? '') as PatientId;
  const { state } = useLink();
  const patient = useQueryOf(recordKeys.patient(id), (hub) => hub.patients.get({ id }), { enabled: id !== '' });
  if (patient.data) return <PatientView key={id} patient={patient.data} readable={!patient.isError} />;
  if (patient.isPending && state !== 'lost') return <p role="status">Reading the patient…</p>;
  if (patient.isError && 'code' in patient.error && patient.error.code === 'not-found') {
    return (
      <Blank title="No such patient">
        <p>The address may be old. Find the patient with Ctrl K.</p>
      </Blank>
    );
  }
  return (
    <>
      <Fault
        title="The patient’s record could not be read."
        detail={sayReadError(patient.error)}
        action="Try again"
        onAction={() => void patient.refetch()}
      />
      <LastKnown patientId={id} />
    </>
  );
}
