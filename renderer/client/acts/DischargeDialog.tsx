import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { EncounterId } from '#domain/ids.ts';
import { useCommand } from '../hooks.ts';
import { recordKeys } from '../records.ts';
import { ActFoot } from './ActFoot.tsx';

interface DischargeDialogProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  /** Where the patient lies now, in words; null when in no bed. */
  readonly place: string | null;
  readonly onClose: () => void;
}

/** Ends a stay, after saying what that does: it cannot be taken back. */
export function DischargeDialog({ encounterId, displayName, place, onClose }: DischargeDialogProps) {
  const discharge = useCommand((hub, input: { encounterId: EncounterId }) => hub.encounters.discharge(input), {
    invalidate: [recordKeys.occupancy, recordKeys.patients],
    onDone: () => {
      notifications.show({ message: `${displayName} is discharged.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Discharge ${displayName}?`}>
      <p>
        This ends the stay{place === null ? '' : ` and frees ${place}`}. Monitoring and alarms for this patient stop,
        and the patient’s own devices are untied. Everything recorded stays on record. A stay that has ended cannot be
        opened again; the patient can be admitted anew.
      </p>
      <ActFoot
        verb="Discharge"
        danger
        pending={discharge.pending}
        error={discharge.error}
        onCancel={onClose}
        onRun={() => void discharge.run({ encounterId })}
      />
    </Modal>
  );
}
