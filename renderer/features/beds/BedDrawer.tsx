import { Button, CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AdmitDialog } from '#renderer/client/acts/AdmitDialog.tsx';
import { DischargeDialog } from '#renderer/client/acts/DischargeDialog.tsx';
import { MoveDialog } from '#renderer/client/acts/MoveDialog.tsx';
import { useMe, useWritable, useZone } from '#renderer/client/hooks.ts';
import type { OccupancyRow } from '#renderer/client/records.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import styles from './BedDrawer.module.css';
import { RegisterDialog } from './RegisterDialog.tsx';

interface BedDrawerProps {
  readonly row: OccupancyRow;
  readonly onClose: () => void;
}

/** One bed beside the list, with what can be done there. */
export function BedDrawer({ row, onClose }: BedDrawerProps) {
  const zone = useZone();
  const place = `bed ${row.bed.label}, ${row.ward.name}`;
  return (
    <aside className={styles.drawer} aria-label={`Bed ${row.bed.label}`}>
      <header className={styles.head}>
        <h2>
          Bed {row.bed.label} <small>{row.ward.name}</small>
        </h2>
        <CloseButton aria-label="Close" onClick={onClose} />
      </header>
      <p>Room {row.roomLabel}</p>
      {row.status === 'occupied' ? (
        <>
          <p className={styles.who}>{row.displayName ?? 'Occupied'}</p>
          {row.since !== null && <p>Here since {formatDateTime(row.since, zone)}</p>}
          <OccupiedActions row={row} place={place} />
        </>
      ) : (
        <>
          <p>Free.</p>
          <FreeActions row={row} place={place} />
        </>
      )}
    </aside>
  );
}

interface ActionsProps {
  readonly row: OccupancyRow;
  readonly place: string;
}

function OccupiedActions({ row, place }: ActionsProps) {
  const { may } = useMe();
  const writable = useWritable();
  const [dialog, setDialog] = useState<'move' | 'discharge' | null>(null);
  const { encounterId, patientId } = row;
  if (encounterId === null || patientId === null) return null;
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  const about = { encounterId, displayName: row.displayName ?? 'the patient', place, onClose: () => setDialog(null) };
  return (
    <div className={styles.actions}>
      {may('see-names') && (
        <Link to="/patient/$patientId" params={{ patientId }} className={styles.link}>
          Open the patient
        </Link>
      )}
      {may('register-admit-move') && (
        <Button {...rest} onClick={() => setDialog('move')}>
          Move…
        </Button>
      )}
      {may('discharge') && (
        <Button {...rest} onClick={() => setDialog('discharge')}>
          Discharge…
        </Button>
      )}
      {dialog === 'move' && <MoveDialog {...about} />}
      {dialog === 'discharge' && <DischargeDialog {...about} />}
    </div>
  );
}

function FreeActions({ row, place }: ActionsProps) {
  const { may } = useMe();
  const writable = useWritable();
  const [dialog, setDialog] = useState<'admit' | 'register' | null>(null);
  if (!may('register-admit-move')) return null;
  const rest = { disabled: !writable.ok, title: writable.why ?? '' };
  const bed = { bedId: row.bed.id, words: place };
  return (
    <div className={styles.actions}>
      <Button variant="filled" {...rest} onClick={() => setDialog('admit')}>
        Admit to bed {row.bed.label}
      </Button>
      <Button {...rest} onClick={() => setDialog('register')}>
        Register and admit
      </Button>
      {dialog === 'admit' && <AdmitDialog bed={bed} onClose={() => setDialog(null)} />}
      {dialog === 'register' && <RegisterDialog bed={bed} onClose={() => setDialog(null)} />}
    </div>
  );
}
