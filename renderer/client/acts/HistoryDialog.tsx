import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { firstField } from '#renderer/ui/first-field.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { useMe, useQueryOf, useZone } from '../hooks.ts';
import { type Records, recordKeys } from '../records.ts';
import { sayError } from '../say-error.ts';
import { CorrectStep } from './CorrectStep.tsx';
import styles from './HistoryDialog.module.css';

export type ToldStep = Records['flow']['history'][number];

interface HistoryDialogProps {
  readonly encounterId: EncounterId;
  readonly displayName: string;
  readonly onClose: () => void;
}

/** Every step of a stay with when it happened, when and by whom it was written down; each can be corrected with a reason. */
export function HistoryDialog({ encounterId, displayName, onClose }: HistoryDialogProps) {
  return (
    <Modal opened onClose={onClose} title={`History of ${displayName}`} size={960}>
      <div ref={firstField} className={styles.told}>
        <StayHistory encounterId={encounterId} />
      </div>
    </Modal>
  );
}

/** The steps of one stay, or the one that is being corrected. */
export function StayHistory({ encounterId }: { readonly encounterId: EncounterId }) {
  const [correcting, setCorrecting] = useState<ToldStep | null>(null);
  return correcting ? (
    <CorrectStep encounterId={encounterId} step={correcting} onClose={() => setCorrecting(null)} />
  ) : (
    <Steps encounterId={encounterId} onCorrect={setCorrecting} />
  );
}

interface StepsProps {
  readonly encounterId: EncounterId;
  readonly onCorrect: (step: ToldStep) => void;
}

function Steps({ encounterId, onCorrect }: StepsProps) {
  const { may } = useMe();
  const told = useQueryOf(recordKeys.history(encounterId), (hub) => hub.flow.history({ encounterId }), {
    staleTime: 0,
  });
  if (told.isPending) return <p role="status">Reading the history…</p>;
  if (told.isError) return <Fault title="The history could not be read." detail={sayError(told.error)} />;
  if (told.data.length === 0) return <Blank title="Nothing was told of this stay" />;
  return (
    <table className={styles.steps}>
      <caption className="visually-hidden">Steps in the order they happened</caption>
      <thead>
        <tr>
          <th scope="col">Happened</th>
          <th scope="col">What</th>
          <th scope="col">Recorded</th>
          <th scope="col">By</th>
          <th scope="col">
            <span className="visually-hidden">Correct</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {told.data.map((step) => (
          <Step
            key={step.eventId}
            step={step}
            {...(may('discharge') && !step.voided ? { onCorrect: () => onCorrect(step) } : {})}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Written down this much after it happened, a step says so. Ms. */
const LATE_MS = 5 * 60_000;

function Step({ step, onCorrect }: { readonly step: ToldStep; readonly onCorrect?: () => void }) {
  const zone = useZone();
  const { voided, unexplained, words, happenedAt, recordedAt, by, source } = step;
  const when = formatDateTime(happenedAt, zone);
  return (
    <tr data-voided={voided !== null || undefined}>
      <td className={styles.when}>{voided ? <s>{when}</s> : when}</td>
      <td>
        {voided ? <s>{words}</s> : words}
        {voided && (
          <small className={styles.note}>
            Taken back {formatDateTime(voided.at, zone)} by {voided.by}: {voided.reason}
          </small>
        )}
        {unexplained && !voided && <small className={styles.note}>Not in force: {unexplained}</small>}
      </td>
      <td className={styles.when}>
        {formatDateTime(recordedAt, zone)}
        {recordedAt - happenedAt > LATE_MS && <small className={styles.note}>entered later</small>}
      </td>
      <td>{source === 'console' ? by : SOURCES[source]}</td>
      <td>
        {onCorrect && (
          <Button size="compact-sm" aria-label={`Correct: ${words}, ${when}`} onClick={onCorrect}>
            Correct…
          </Button>
        )}
      </td>
    </tr>
  );
}

const SOURCES = { feed: 'HL7 feed', import: 'Import of past stays' } as const;
