import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ENCOUNTER_CLASSES, type EncounterClass } from '#domain/flow/event.ts';
import type { AreaId, EncounterId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { useDraft } from '#renderer/client/acts/drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from '#renderer/client/acts/MomentField.tsx';
import { PatientFinder } from '#renderer/client/acts/PatientFinder.tsx';
import { usePlaces } from '#renderer/client/acts/place-options.ts';
import { useBoardRow } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { useCalled } from '#renderer/client/board/privacy.ts';
import { useAct } from '#renderer/client/board/use-act.ts';
import { useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { useOpenDialog } from './flow-dialog.ts';

export const CLASS_WORDS: Readonly<Record<EncounterClass, string>> = {
  emergency: 'Emergency',
  inpatient: 'Inpatient',
  outpatient: 'Outpatient',
  'planned-admission': 'Planned admission',
};

interface ArriveDialogProps {
  /** Of an expected patient. */
  readonly encounterId?: EncounterId | undefined;
  /** Of a registered one. */
  readonly patientId?: PatientId | undefined;
  readonly onClose: () => void;
}

interface Arriving {
  readonly encounterId?: EncounterId;
  readonly patientId?: PatientId;
  readonly areaId?: AreaId;
  readonly class: EncounterClass;
  readonly reason?: string;
  readonly at?: number;
}

/** Somebody came, expected or not, and waits. */
export function ArriveDialog({ encounterId, patientId, onClose }: ArriveDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const openDialog = useOpenDialog();
  const called = useCalled();
  const row = useBoardRow(useBoardScope(), encounterId ?? ('' as EncounterId));
  const known = useKnown(patientId);
  const [found, setFound] = useState<{ id: PatientId; name: string } | null>(null);
  const [typed, setTyped] = useState('');
  const areas = (usePlaces().data?.areas ?? []).filter(({ kind }) => kind === 'waiting' || kind === 'treatment');
  const { fields, set, forget } = useDraft(`arrive ${encounterId ?? patientId ?? 'anybody'}`, {
    area: null as AreaId | null,
    class: (row?.class ?? 'emergency') as EncounterClass,
    reason: row?.reason ?? '',
    when: NO_MOMENT,
  });
  const close = () => {
    forget();
    onClose();
  };
  const patient = known ?? found;
  const name = called(row) ?? (patient ? called({ displayName: patient.name }) : undefined) ?? 'The patient';
  const area = areas.find(({ id }) => id === fields.area) ?? areas[0];
  const arrive = useAct((hub, input: Arriving) => hub.flow.arrive(input), {
    said: () => `${name} has arrived${area ? `: ${area.name}` : ''}.`,
    onDone: close,
  });
  const when = momentOf(fields.when, now, zone, true);
  const reason = fields.reason.trim();
  const chosen = encounterId !== undefined || patient !== null;
  return (
    <ActDialog
      title={chosen ? `${name} arrives` : 'Somebody arrives'}
      verb="Arrived"
      act={arrive}
      blocked={chosen ? when.why : 'Choose who came first.'}
      size="lg"
      onRun={() =>
        void arrive.run({
          ...(encounterId ? { encounterId } : patient ? { patientId: patient.id } : {}),
          ...(area ? { areaId: area.id } : {}),
          class: fields.class,
          ...(reason === '' ? {} : { reason }),
          ...(when.at == null ? {} : { at: when.at }),
        })
      }
      onClose={close}
    >
      {encounterId === undefined && patientId === undefined && (
        <>
          <PatientFinder
            chosen={found}
            onChoose={({ id, name: parts }) => setFound({ id, name: formalName(parts) })}
            onType={setTyped}
          />
          <p>
            Not registered yet?{' '}
            <Button onClick={() => openDialog({ kind: 'register', next: 'arrive', typed })}>Register a patient</Button>
          </p>
        </>
      )}
      <TextInput
        label="Reason for coming"
        placeholder="optional"
        data-autofocus={encounterId !== undefined || patientId !== undefined || undefined}
        maxLength={200}
        value={fields.reason}
        onChange={({ currentTarget }) => set({ reason: currentTarget.value })}
      />
      {areas.length > 0 && (
        <NativeSelect
          label="Waits in"
          data={areas.map(({ id, name: label }) => ({ value: id, label }))}
          value={area?.id ?? ''}
          onChange={({ currentTarget }) => set({ area: currentTarget.value as AreaId })}
        />
      )}
      <NativeSelect
        label="Comes as"
        data={ENCOUNTER_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value] }))}
        value={fields.class}
        onChange={({ currentTarget }) => set({ class: currentTarget.value as EncounterClass })}
      />
      <MomentField
        label="Arrived at"
        empty="now"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
    </ActDialog>
  );
}

/** A registered patient by id, with the name as it is written. */
export function useKnown(patientId: PatientId | undefined): { id: PatientId; name: string } | null {
  const id = patientId ?? ('' as PatientId);
  const found = useQueryOf(recordKeys.patient(id), (hub) => hub.patients.get({ id }), {
    enabled: patientId !== undefined,
  });
  return patientId && found.data ? { id: patientId, name: formalName(found.data.name) } : null;
}
