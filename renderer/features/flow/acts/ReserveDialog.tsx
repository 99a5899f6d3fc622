import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { PlacePicker } from '#renderer/client/acts/PlacePicker.tsx';
import { type PlaceOption, useBedOptions } from '#renderer/client/acts/place-options.ts';
import { HOURS, useReserve } from './use-reserve.ts';
import { useSubject } from './use-subject.ts';

interface ReserveDialogProps {
  readonly encounterId: EncounterId;
  readonly onClose: () => void;
}

/** Keeps a bed for a patient: one that is free, or one that is about to be. */
export function ReserveDialog({ encounterId, onClose }: ReserveDialogProps) {
  const { name } = useSubject(encounterId);
  const beds = useBedOptions({ encounterId });
  const options = (beds.data ?? []).map(forKeeping);
  const [chosenId, setChosenId] = useState<string>();
  const [hours, setHours] = useState('4');
  const chosen = options.find(({ id }) => id === chosenId) ?? options.find(({ state }) => state === 'open');
  const reserve = useReserve(() => `${chosen?.label ?? 'The bed'} is kept for ${name}.`, onClose);
  return (
    <ActDialog
      title={`Keep a bed for ${name}`}
      verb={chosen ? `Keep ${chosen.words}` : 'Keep'}
      act={reserve}
      blocked={
        !chosen ? 'Choose a bed first.' : chosen.state === 'closed' ? `${chosen.label}: ${chosen.why}.` : undefined
      }
      size="xl"
      onRun={() => chosen?.bedId && void reserve.run({ bedId: chosen.bedId, encounterId, hours: Number(hours) })}
      onClose={onClose}
    >
      {beds.isPending && <p role="status">Looking for beds…</p>}
      <PlacePicker label="Bed" options={options} value={chosen} onChange={(option) => setChosenId(option?.id)} />
      <NativeSelect
        label="For"
        data={HOURS}
        value={hours}
        onChange={({ currentTarget }) => setHours(currentTarget.value)}
      />
    </ActDialog>
  );
}

/** Occupied and dirty beds may be kept for later; those kept for others or out of use may not. */
function forKeeping(option: PlaceOption): PlaceOption {
  const never = option.against.includes('reserved') || option.against.includes('blocked');
  if (option.state !== 'closed' || never) return option;
  return { ...option, state: 'open', closed: false, why: `for later: ${option.why}` };
}
