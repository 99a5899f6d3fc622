import { Modal, SegmentedControl, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand } from '#renderer/client/hooks.ts';
import { type PatientRecord, recordKeys } from '#renderer/client/records.ts';
import { ALLERGY_WORDS, allergyLines, allergyState } from './allergies.ts';

interface AllergiesInput {
  readonly patientId: PatientId;
  readonly allergies: string[] | null;
}

type Said = 'known' | 'none' | 'not-recorded';

/** What is known of a patient's allergies: known ones by name, none, or not recorded. */
export function AllergiesDialog({
  patient,
  onClose,
}: {
  readonly patient: PatientRecord;
  readonly onClose: () => void;
}) {
  const [said, setSaid] = useState<Said>(() => allergyState(patient.allergies, true) as Said);
  const [typed, setTyped] = useState((patient.allergies ?? []).join('\n'));
  const record = useCommand((hub, input: AllergiesInput) => hub.patients.recordAllergies(input), {
    invalidate: [recordKeys.patients],
    onDone: () => {
      notifications.show({ message: 'Allergies saved.' });
      onClose();
    },
  });
  const lines = allergyLines(typed);
  const allergies = said === 'not-recorded' ? null : said === 'none' ? [] : lines;
  return (
    <Modal opened onClose={onClose} title={`Allergies of ${formalName(patient.name)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void record.run({ patientId: patient.id, allergies });
        }}
      >
        <SegmentedControl
          fullWidth
          aria-label="What is known"
          data={(['known', 'none', 'not-recorded'] as const).map((value) => ({ value, label: ALLERGY_WORDS[value] }))}
          value={said}
          onChange={(chosen) => setSaid(chosen as Said)}
        />
        {said === 'known' && (
          <Textarea
            mt={12}
            label="Allergies"
            description="One a line, with the reaction if known, such as “Penicillin: rash”."
            autosize
            minRows={3}
            value={typed}
            data-autofocus
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <ActFoot
          verb="Save allergies"
          pending={record.pending}
          error={record.error}
          blocked={said === 'known' && lines.length === 0 ? 'Name at least one allergy.' : undefined}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
