import { SegmentedControl, Switch } from '@mantine/core';
import type { EncounterId } from '#domain/ids.ts';
import { useCommand, useMe, useWritable } from '#renderer/client/hooks.ts';
import { recordKeys, type Stay } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './ScoringControl.module.css';

interface ScoringInput {
  readonly encounterId: EncounterId;
  readonly spo2Scale?: 1 | 2;
  readonly pregnant?: boolean;
}

/** The SpO2 scale and pregnancy: a physician decides, everyone else sees what was decided and why they cannot. */
export function ScoringControl({ stay }: { readonly stay: Stay }) {
  const { may } = useMe();
  const writable = useWritable();
  const change = useCommand((hub, input: ScoringInput) => hub.encounters.setScoring(input), {
    invalidate: [recordKeys.patients],
  });
  const why = may('spo2-scale') ? writable.why : 'Only a physician prescribes the SpO₂ scale.';
  return (
    <div className={styles.control}>
      <SegmentedControl
        size="xs"
        aria-label="SpO₂ scale"
        data={[
          { value: '1', label: 'SpO₂ scale 1' },
          { value: '2', label: 'Scale 2 (88–92 %)' },
        ]}
        value={String(stay.spo2Scale)}
        disabled={why !== undefined || change.pending}
        onChange={(scale) => void change.run({ encounterId: stay.id, spo2Scale: scale === '2' ? 2 : 1 })}
      />
      <Switch
        size="xs"
        label="Pregnant"
        checked={stay.pregnant}
        disabled={why !== undefined || change.pending}
        onChange={({ currentTarget }) => void change.run({ encounterId: stay.id, pregnant: currentTarget.checked })}
      />
      {why && <p className={styles.why}>{why}</p>}
      {change.error && <p role="alert">{sayError(change.error)}</p>}
    </div>
  );
}
