import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { PatientId } from '#domain/ids.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { useCommand, useMe, useQueryOf, useZone } from '../hooks.ts';
import { type Records, recordKeys } from '../records.ts';
import { ActFoot } from './ActFoot.tsx';
import styles from './MergeDialog.module.css';

type MergeInForce = Records['patients']['merges'][number];

/** Records that went into this one, each to be parted again with a reason. Nothing where there is none. */
export function MergedBefore({ patientId }: { readonly patientId: PatientId }) {
  const { may } = useMe();
  const zone = useZone();
  const [parting, setParting] = useState<MergeInForce | null>(null);
  const merges = useQueryOf(recordKeys.merges(patientId), (hub) => hub.patients.merges({ patientId }), {
    staleTime: 0,
  });
  if (!merges.data || merges.data.length === 0) return null;
  return (
    <section className={styles.merged} aria-label="Merged before">
      <h3>Merged before</h3>
      <ul>
        {merges.data.map((merge) => (
          <li key={merge.mergeId}>
            <span>
              {merge.survivorId === patientId ? 'Took over' : 'Was taken over with'}{' '}
              <strong>{merge.retiredName}</strong>, {formatDateTime(merge.at, zone)}, by {merge.by}
              {merge.reason ? `: ${merge.reason}` : ''}
            </span>
            {may('discharge') && parting?.mergeId !== merge.mergeId && (
              <Button onClick={() => setParting(merge)}>Part again…</Button>
            )}
          </li>
        ))}
      </ul>
      {parting && <Parting key={parting.mergeId} merge={parting} onClose={() => setParting(null)} />}
    </section>
  );
}

function Parting({ merge, onClose }: { readonly merge: MergeInForce; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const unmerge = useCommand((hub, input: { mergeId: string; reason: string }) => hub.patients.unmerge(input), {
    invalidate: [recordKeys.patients, recordKeys.occupancy],
    onDone: () => {
      notifications.show({ message: `${merge.retiredName} has a record of their own again.` });
      onClose();
    },
  });
  const blocked = reason.trim() === '' ? 'Give a reason: it stays in the record.' : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) void unmerge.run({ mergeId: merge.mergeId, reason: reason.trim() });
      }}
    >
      <p>
        {merge.retiredName} gets back the stays and numbers that came from there, exactly as they were. Stays begun
        since stay with this record.
      </p>
      <TextInput
        label="Reason"
        placeholder="such as two people of the same name"
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <ActFoot
        verb="Part the records"
        danger
        pending={unmerge.pending}
        error={unmerge.error}
        blocked={blocked}
        onCancel={onClose}
      />
    </form>
  );
}
