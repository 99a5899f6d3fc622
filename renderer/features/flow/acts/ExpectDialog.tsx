import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ENCOUNTER_CLASSES, type EncounterClass } from '#domain/flow/event.ts';
import type { PatientId, WardId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { PatientFinder } from '#renderer/client/acts/PatientFinder.tsx';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useWards, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { CLASS_WORDS, useKnown } from './ArriveDialog.tsx';
import { useOpenDialog } from './flow-dialog.ts';

interface ExpectDialogProps {
  readonly patientId?: PatientId | undefined;
  readonly onClose: () => void;
}

interface Expecting {
  readonly patientId: PatientId;
  readonly expectedAt: number | null;
  readonly wardId?: WardId;
  readonly class: EncounterClass;
  readonly reason?: string;
}

/** Somebody will come: a planned admission, or an arrival that was announced. */
export function ExpectDialog({ patientId, onClose }: ExpectDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const openDialog = useOpenDialog();
  const called = useCalled();
  const wards = useWards().data ?? [];
  const known = useKnown(patientId);
  const [found, setFound] = useState<{ id: PatientId; name: string } | null>(null);
  const [typed, setTyped] = useState('');
  const { fields, set, forget } = useDraft(`expect ${patientId ?? 'anybody'}`, {
    when: NO_MOMENT,
    ward: (useBoardScope() ?? '') as WardId | '',
    class: 'planned-admission' as EncounterClass,
    reason: '',
  });
  const close = () => {
    forget();
    onClose();
  };
  const patient = known ?? found;
  const name = (patient && called({ displayName: patient.name })) ?? 'The patient';
  const expect = useAct((hub, input: Expecting) => hub.flow.expect(input), {
    said: () => `${name} is expected.`,
    onDone: close,
  });
  const when = momentOf(fields.when, now, zone, false);
  const reason = fields.reason.trim();
  return (
    <ActDialog
      title={patient ? `Expect ${name}` : 'Expect somebody'}
      verb="Expect"
      act={expect}
      blocked={patient ? when.why : 'Choose who is coming first.'}
      size="lg"
      onRun={() =>
        patient &&
        void expect.run({
          patientId: patient.id,
          expectedAt: when.at ?? null,
          ...(fields.ward === '' ? {} : { wardId: fields.ward }),
          class: fields.class,
          ...(reason === '' ? {} : { reason }),
        })
      }
      onClose={close}
    >
      {patientId === undefined && (
        <>
          <PatientFinder
            chosen={found}
            onChoose={({ id, name: parts }) => setFound({ id, name: formalName(parts) })}
            onType={setTyped}
          />
          <p>
            Not registered yet?{' '}
            <Button onClick={() => openDialog({ kind: 'register', next: 'expect', typed })}>Register a patient</Button>
          </p>
        </>
      )}
      <MomentField
        label="Expected at"
        empty="not known"
        past={false}
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
      <NativeSelect
        label="For"
        data={[{ value: '', label: 'No ward yet' }, ...wards.map(({ id, name: label }) => ({ value: id, label }))]}
        value={fields.ward}
        onChange={({ currentTarget }) => set({ ward: currentTarget.value as WardId | '' })}
      />
      <NativeSelect
        label="Comes as"
        data={ENCOUNTER_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value] }))}
        value={fields.class}
        onChange={({ currentTarget }) => set({ class: currentTarget.value as EncounterClass })}
      />
      <TextInput
        label="Reason"
        placeholder="optional"
        maxLength={200}
        value={fields.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
    </ActDialog>
  );
}
