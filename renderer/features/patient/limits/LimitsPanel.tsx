import { Button } from '@mantine/core';
import { useState } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { metricOf } from '#domain/observation/metric.ts';
import { useMe, useQueryOf, useWritable, useZone } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { LimitDialog } from './LimitDialog.tsx';
import styles from './LimitsPanel.module.css';
import { boundWords, judgingWords, type LimitLine } from './limit-words.ts';

interface LimitsPanelProps {
  readonly encounterId: EncounterId;
  readonly spo2Scale: 1 | 2;
}

/** Alarm limits in force for a stay: the clinic's or the patient's own, with delay and hysteresis. */
export function LimitsPanel({ encounterId, spo2Scale }: LimitsPanelProps) {
  const limits = useQueryOf(recordKeys.limits(encounterId), (hub) => hub.limits.get({ encounterId }));
  const [editing, setEditing] = useState<LimitLine | null>(null);
  return (
    <section aria-label="Alarm limits" className={styles.panel}>
      <h2>Alarm limits</h2>
      {limits.isPending && <p role="status">Reading the limits…</p>}
      {limits.isError && <p role="alert">The limits could not be read.</p>}
      {limits.data && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Measurement</th>
              <th scope="col" title="High priority below">
                High ↓
              </th>
              <th scope="col" title="Medium priority below">
                Med ↓
              </th>
              <th scope="col" title="Medium priority above">
                Med ↑
              </th>
              <th scope="col" title="High priority above">
                High ↑
              </th>
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {limits.data.map((line) => (
              <LimitRow key={line.code} line={line} onEdit={() => setEditing(line)} />
            ))}
          </tbody>
        </table>
      )}
      {editing && (
        <LimitDialog encounterId={encounterId} spo2Scale={spo2Scale} line={editing} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function LimitRow({ line, onEdit }: { readonly line: LimitLine; readonly onEdit: () => void }) {
  const { may } = useMe();
  const writable = useWritable();
  const zone = useZone();
  const metric = metricOf(line.code);
  return (
    <>
      <tr data-personal={line.personal !== null}>
        <th scope="row">
          {metric?.short ?? line.code} <small>{metric?.unitLabel}</small>
        </th>
        <td>{boundWords(line.code, line.highLow)}</td>
        <td>{boundWords(line.code, line.mediumLow)}</td>
        <td>{boundWords(line.code, line.mediumHigh)}</td>
        <td>{boundWords(line.code, line.highHigh)}</td>
        <td>
          {may('personal-limits') && (
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={!writable.ok}
              title={writable.why ?? ''}
              aria-label={`Change the limits of ${metric?.label ?? line.code}`}
              onClick={onEdit}
            >
              Change
            </Button>
          )}
        </td>
      </tr>
      <tr className={styles.about}>
        <td colSpan={6}>
          {judgingWords(line)}
          {line.personal && (
            <span className={styles.personal}>
              Personal: {line.personal.reason} · set by {line.personal.setBy},{' '}
              {formatDateTime(line.personal.setAt, zone)} · review by {formatDateTime(line.personal.reviewAt, zone)}
            </span>
          )}
        </td>
      </tr>
    </>
  );
}
