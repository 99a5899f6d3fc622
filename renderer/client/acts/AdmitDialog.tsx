import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BedId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { useAct } from '../board/use-act.ts';
import { useZone } from '../hooks.ts';
import { useNow } from '../live-hooks.ts';
import type { FoundPatient } from '../records.ts';
import { ActDialog } from './ActDialog.tsx';
import { useDraft } from './drafts.ts';
import { MomentField, momentOf, NO_MOMENT } from './MomentField.tsx';
import { OverrideReason } from './OverrideReason.tsx';
import { PatientFinder } from './PatientFinder.tsx';
import { PlacePicker } from './PlacePicker.tsx';
import { type PlaceOption, useBedOptions } from './place-options.ts';

/** Who is to be admitted, as far as the dialog needs it. */
export type ToAdmit = Pick<FoundPatient, 'id' | 'name'>;

interface AdmitDialogProps {
  /** The patient the dialog was opened for; left out to choose one. */
  readonly patient?: ToAdmit;
  /** The bed to begin with; without one, the best. */
  readonly bedId?: BedId | undefined;
  readonly onClose: () => void;
}

interface AdmitInput {
  readonly patientId: PatientId;
  readonly bedId: BedId;
  readonly reason?: string;
  readonly at?: number;
  readonly overrideReason?: string;
}

/** Admits a registered patient to a bed: the best that may be had, or another with why not. */
export function AdmitDialog({ patient: known, bedId, onClose }: AdmitDialogProps) {
  const zone = useZone();
  const now = useNow(10_000);
  const [patient, setPatient] = useState<ToAdmit | null>(known ?? null);
  const [chosenId, setChosenId] = useState<string | undefined>(bedId && `bed:${bedId}`);
  const { fields, set, forget } = useDraft(`admit ${known?.id ?? 'anybody'}`, {
    why: '',
    override: '',
    when: NO_MOMENT,
  });
  const close = () => {
    forget();
    onClose();
  };
  const beds = useBedOptions(patient ? { patientId: patient.id } : undefined);
  const options = beds.data ?? [];
  const chosen = options.find(({ id }) => id === chosenId) ?? options.find(({ state }) => state === 'open');
  const admit = useAct((hub, input: AdmitInput) => hub.encounters.admit(input), {
    said: () => `${patient ? formalName(patient.name) : 'The patient'} is admitted to ${chosen?.words}.`,
    onDone: close,
  });
  const when = momentOf(fields.when, now, zone, true);
  const reason = fields.why.trim();
  async function run() {
    if (!patient || !chosen?.bedId) return;
    const done = await admit.run({
      patientId: patient.id,
      bedId: chosen.bedId,
      ...(reason === '' ? {} : { reason }),
      ...(when.at == null ? {} : { at: when.at }),
      ...(chosen.state === 'reason' ? { overrideReason: fields.override.trim() } : {}),
    });
    if (!done) await beds.refetch();
  }
  return (
    <ActDialog
      title={known ? `Admit ${formalName(known.name)}` : 'Admit a patient'}
      verb={chosen ? `Admit to ${chosen.words}` : 'Admit'}
      act={admit}
      blocked={blockedBy(patient, chosen, fields.override) ?? when.why}
      size="xl"
      onRun={() => void run()}
      onClose={close}
    >
      {!known && <PatientFinder chosen={patient} onChoose={setPatient} />}
      {patient && (
        <PlacePicker
          label="Bed"
          options={options}
          value={chosen}
          onChange={(option) => setChosenId(option?.id)}
          autoFocus={known !== undefined}
        />
      )}
      {chosen?.state === 'reason' && (
        <OverrideReason against={chosen.why} value={fields.override} onChange={(words) => set({ override: words })} />
      )}
      <TextInput
        label="Reason for admission"
        placeholder="optional"
        maxLength={200}
        value={fields.why}
        onChange={({ currentTarget }) => set({ why: currentTarget.value })}
      />
      <MomentField
        label="Happened at"
        empty="now"
        past
        value={fields.when}
        onChange={(moment) => set({ when: moment })}
      />
    </ActDialog>
  );
}

function blockedBy(patient: ToAdmit | null, chosen: PlaceOption | undefined, override: string): string | undefined {
  if (!patient) return 'Choose a patient first.';
  if (!chosen) return 'No bed can be had now. Choose one to see why.';
  if (chosen.state === 'closed') return `${chosen.label}: ${chosen.why}.`;
  return chosen.state === 'reason' && override.trim() === '' ? 'Say why this bed all the same.' : undefined;
}
