import { Modal, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId, DeviceId, PatientId } from '#domain/ids.ts';
import { formalName } from '#domain/patient/patient.ts';
import { ActFoot } from '#renderer/client/acts/ActFoot.tsx';
import { useCommand, useQueryOf } from '#renderer/client/hooks.ts';
import { byLabel } from '#renderer/client/live-beds.ts';
import { recordKeys } from '#renderer/client/records.ts';
import type { DeviceRecord } from './device-record.ts';

interface TieDialogProps {
  readonly device: DeviceRecord;
  readonly onClose: () => void;
}

interface TieInput {
  readonly device: DeviceId;
  readonly bedId?: BedId;
  readonly patientId?: PatientId;
}

interface Target {
  readonly input: { readonly bedId: BedId } | { readonly patientId: PatientId };
  readonly words: string;
}

/** Ties a device to a bed, whoever lies in it, or to one patient, wherever they go. */
export function TieDialog({ device, onClose }: TieDialogProps) {
  const [kind, setKind] = useState<'bed' | 'patient'>('bed');
  const [target, setTarget] = useState<Target | null>(null);
  const tie = useCommand((hub, input: TieInput) => hub.devices.tie(input), {
    onDone: () => {
      notifications.show({ message: `${device.id} is tied to ${target?.words ?? 'its new place'}.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Tie ${device.id}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target) void tie.run({ device: device.id, ...target.input });
        }}
      >
        {device.tiedTo && <p>Now tied to {device.tiedTo.label}. That tie ends.</p>}
        <SegmentedControl
          aria-label="Tie to"
          data={[
            { value: 'bed', label: 'A bed' },
            { value: 'patient', label: 'A patient' },
          ]}
          value={kind}
          onChange={(chosen) => {
            setKind(chosen as 'bed' | 'patient');
            setTarget(null);
          }}
        />
        {kind === 'bed' ? <BedChoice onChoose={setTarget} /> : <PatientChoice onChoose={setTarget} />}
        <p>
          {kind === 'bed'
            ? 'The device stays with the bed: its values go to whoever lies there.'
            : 'The device goes with the patient until the stay ends.'}
        </p>
        <ActFoot
          verb={target ? `Tie to ${target.words}` : 'Tie'}
          pending={tie.pending}
          error={tie.error}
          blocked={target ? undefined : 'Choose where first.'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

interface ChoiceProps {
  readonly onChoose: (target: Target | null) => void;
}

function BedChoice({ onChoose }: ChoiceProps) {
  const rows = useQueryOf(recordKeys.occupancy, (hub) => hub.encounters.occupancy({}));
  const [chosen, setChosen] = useState<string | null>(null);
  const sorted = [...(rows.data ?? [])].sort(
    (one, other) => one.ward.name.localeCompare(other.ward.name) || byLabel(one.bed, other.bed),
  );
  return (
    <Select
      mt={12}
      label="Bed"
      placeholder={rows.isPending ? 'Reading the beds…' : 'Type a bed, ward or name'}
      searchable
      data-autofocus
      nothingFoundMessage="No such bed."
      data={sorted.map(({ bed, ward, displayName }) => ({
        value: bed.id,
        label: `Bed ${bed.label} · ${ward.name}${displayName === null ? '' : ` · ${displayName}`}`,
      }))}
      value={chosen}
      onChange={(id) => {
        setChosen(id);
        const row = sorted.find(({ bed }) => bed.id === id);
        onChoose(row ? { input: { bedId: row.bed.id }, words: `bed ${row.bed.label}, ${row.ward.name}` } : null);
      }}
    />
  );
}

function PatientChoice({ onChoose }: ChoiceProps) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [query] = useDebouncedValue(typed.trim(), 150);
  const found = useQueryOf([...recordKeys.patients, 'search', query], (hub) => hub.patients.search({ query }), {
    enabled: query.length > 0,
  });
  const admitted = (found.data ?? []).filter(({ encounter }) => encounter !== null);
  return (
    <Select
      mt={12}
      label="Patient"
      placeholder="Type a name or number"
      searchable
      data-autofocus
      filter={({ options }) => options}
      nothingFoundMessage={query === '' ? 'Type a name or number.' : 'No admitted patient fits.'}
      data={admitted.map((patient) => ({
        value: patient.id,
        label: `${formalName(patient.name)}${patient.bed ? ` · bed ${patient.bed.label}` : ''}`,
      }))}
      value={chosen}
      onSearchChange={setTyped}
      onChange={(id) => {
        setChosen(id);
        const patient = admitted.find((one) => one.id === id);
        onChoose(patient ? { input: { patientId: patient.id }, words: formalName(patient.name) } : null);
      }}
    />
  );
}
