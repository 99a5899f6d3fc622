import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { BedId } from '#domain/ids.ts';
import { ActDialog } from '#renderer/client/acts/ActDialog.tsx';
import { ChoicePicker } from '#renderer/client/acts/ChoicePicker.tsx';
import { useTile } from '#renderer/client/board/board-hooks.ts';
import { useBoardScope } from '#renderer/client/board/board-scope.ts';
import { type PersonChoice, usePeopleChoices } from './people-choices.ts';
import { HOURS, useReserve } from './use-reserve.ts';

interface KeepDialogProps {
  readonly bedId: BedId;
  readonly onClose: () => void;
}

/** For whom a bed is kept. */
export function KeepDialog({ bedId, onClose }: KeepDialogProps) {
  const tile = useTile(useBoardScope(), bedId);
  const people = usePeopleChoices(bedId, false);
  const all = people.groups.flatMap(({ options }) => options);
  const [chosenId, setChosenId] = useState<string>();
  const [hours, setHours] = useState('4');
  const chosen = all.find(({ id }) => id === chosenId) ?? all[0];
  const label = tile?.bed.label ?? '';
  const reserve = useReserve(() => `Bed ${label} is kept for ${chosen?.label ?? 'the patient'}.`, onClose);
  return (
    <ActDialog
      title={`Keep bed ${label} for…`}
      verb={chosen ? `Keep bed ${label} for ${chosen.label}` : 'Keep'}
      act={reserve}
      blocked={chosen?.encounterId ? undefined : 'Choose a patient first.'}
      size="lg"
      onRun={() =>
        chosen?.encounterId && void reserve.run({ bedId, encounterId: chosen.encounterId, hours: Number(hours) })
      }
      onClose={onClose}
    >
      <ChoicePicker<PersonChoice>
        label="Patient"
        placeholder="Type a name"
        groups={people.groups}
        value={chosen}
        onChange={(option) => setChosenId(option?.id)}
        onType={people.onType}
        none="Nobody waits, is expected or asked for on this board."
      />
      <NativeSelect
        label="For"
        data={HOURS}
        value={hours}
        onChange={({ currentTarget }) => setHours(currentTarget.value)}
      />
    </ActDialog>
  );
}
