import { Button } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import type { EncounterId, UserId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { type PatientRecord, recordKeys, type Stay } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './PatientActions.module.css';
import { RecordActions } from './RecordActions.tsx';

export type PatientDialog = 'observe' | 'move' | 'discharge' | 'allergies';

interface PatientActionsProps {
  readonly patient: PatientRecord;
  readonly stay: Stay;
  readonly onOpen: (dialog: PatientDialog) => void;
  readonly onNote: () => void;
}

/** What can be done for the patient, each with its key; rests while the link is lost and says why. */
export function PatientActions({ patient, stay, onOpen, onNote }: PatientActionsProps) {
  const { may } = useMe();
  const writable = useWritable();
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  return (
    <div className={styles.actions}>
      {may('enter-observations') && (
        <Button variant="filled" rightSection={<kbd>O</kbd>} onClick={() => onOpen('observe')}>
          Enter observations
        </Button>
      )}
      {may('enter-observations') && (
        <Button rightSection={<kbd>N</kbd>} onClick={onNote}>
          Note
        </Button>
      )}
      {may('register-admit-move') && (
        <Button rightSection={<kbd>M</kbd>} {...rest} onClick={() => onOpen('move')}>
          Move
        </Button>
      )}
      {may('discharge') && (
        <Button rightSection={<kbd>D</kbd>} {...rest} onClick={() => onOpen('discharge')}>
          Discharge
        </Button>
      )}
      {may('enter-observations') && (
        <Button {...rest} onClick={() => onOpen('allergies')}>
          Allergies
        </Button>
      )}
      {may('enter-observations') && <Mine stay={stay} />}
      <RecordActions patient={patient} />
      {!writable.ok && <span className={styles.why}>{writable.why}</span>}
    </div>
  );
}

function Mine({ stay }: { readonly stay: Stay }) {
  const { user } = useMe();
  const writable = useWritable();
  const mine = stay.nurseId === user.id;
  const take = useCommand(
    (hub, input: { encounterId: EncounterId; userId: UserId | null }) => hub.encounters.assignNurse(input),
    { invalidate: [recordKeys.patients] },
  );
  return (
    <>
      <Button
        aria-pressed={mine}
        leftSection={mine ? <IconStarFilled size={14} aria-hidden /> : <IconStar size={14} aria-hidden />}
        disabled={!writable.ok}
        title={writable.why ?? ''}
        loading={take.pending}
        onClick={() => void take.run({ encounterId: stay.id, userId: mine ? null : user.id })}
      >
        {mine ? 'My patient' : 'Make my patient'}
      </Button>
      {take.error && <span role="alert">{sayError(take.error)}</span>}
    </>
  );
}
