import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { EditPatientDialog } from '#renderer/client/acts/EditPatientDialog.tsx';
import { MergeDialog } from '#renderer/client/acts/MergeDialog.tsx';
import { StaysDialog } from '#renderer/client/acts/StaysDialog.tsx';
import { useMe, useWritable } from '#renderer/client/hooks.ts';
import type { PatientRecord } from '#renderer/client/records.ts';
import { useKeys } from '#renderer/ui/keys.ts';

/** What can be done with the record itself: read and correct its history, correct who it is, make it one with another. */
export function RecordActions({ patient }: { readonly patient: PatientRecord }) {
  const { may } = useMe();
  const writable = useWritable();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'history' | 'edit' | 'merge' | null>(null);
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  const close = (): void => setOpen(null);
  useKeys('Record', [{ key: 'h', label: 'History of the stays', run: () => setOpen('history') }]);
  return (
    <>
      <Button rightSection={<kbd>H</kbd>} onClick={() => setOpen('history')}>
        History
      </Button>
      {may('register-admit-move') && (
        <Button {...rest} onClick={() => setOpen('edit')}>
          Edit
        </Button>
      )}
      {may('discharge') && (
        <Button {...rest} onClick={() => setOpen('merge')}>
          Merge records
        </Button>
      )}
      {open === 'history' && <StaysDialog patient={patient} onClose={close} />}
      {open === 'edit' && <EditPatientDialog patient={patient} onClose={close} />}
      {open === 'merge' && (
        <MergeDialog
          patient={patient}
          onClose={close}
          onMerged={(survivorId) => {
            close();
            if (survivorId !== patient.id) void navigate({ to: `/patient/${survivorId}`, replace: true });
          }}
        />
      )}
    </>
  );
}
