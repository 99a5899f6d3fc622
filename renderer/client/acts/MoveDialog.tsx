import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BedId, EncounterId } from '#domain/ids.ts';
import { useCommand } from '../hooks.ts';
import { recordKeys } from '../records.ts';
import { ActFoot } from './ActFoot.tsx';
import { FreeBedSelect } from './FreeBedSelect.tsx';

interface MoveDialogProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  /** Where the patient lies now, in words; null when in no bed. */
  readonly place: string | null;
  readonly onClose: () => void;
}

/** Moves a patient to a free bed. Devices tied to the bed stay with the bed, and the dialog says so. */
export function MoveDialog({ encounterId, displayName, place, onClose }: MoveDialogProps) {
  const [target, setTarget] = useState<{ bedId: BedId; words: string } | null>(null);
  const move = useCommand((hub, input: { encounterId: EncounterId; bedId: BedId }) => hub.encounters.move(input), {
    invalidate: [recordKeys.occupancy, recordKeys.patients],
    onDone: () => {
      notifications.show({ message: `${displayName} is now in ${target?.words ?? 'the new bed'}.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Move ${displayName}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target) void move.run({ encounterId, bedId: target.bedId });
        }}
      >
        <p>{place === null ? 'In no bed now.' : `Now in ${place}.`}</p>
        <FreeBedSelect
          label="Move to"
          value={target?.bedId ?? null}
          onChange={(bedId, words) => setTarget(bedId && { bedId, words })}
          autoFocus
        />
        <p>Devices tied to the patient go along. Devices tied to the bed stay with the bed.</p>
        <ActFoot
          verb={target ? `Move to ${target.words}` : 'Move'}
          pending={move.pending}
          error={move.error}
          blocked={target ? undefined : 'Choose a bed first.'}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
