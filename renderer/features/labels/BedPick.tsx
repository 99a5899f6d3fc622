import { Checkbox } from '@mantine/core';
import styles from './LabelsScreen.module.css';
import type { LabelRecord } from './labels-shown.ts';

interface BedPickProps {
  readonly labels: readonly LabelRecord[];
  readonly without: ReadonlySet<string>;
  readonly onChange: (without: readonly string[]) => void;
}

/** Which beds get a label. */
export function BedPick({ labels, without, onChange }: BedPickProps) {
  if (labels.length < 2) return null;
  const left = labels.filter(({ bedId }) => without.has(bedId));
  return (
    <fieldset className={styles.pick}>
      <legend>Beds</legend>
      <Checkbox
        size="xs"
        label="All"
        checked={left.length === 0}
        indeterminate={left.length > 0 && left.length < labels.length}
        onChange={() => onChange(left.length === 0 ? labels.map(({ bedId }) => bedId) : [])}
      />
      <ul>
        {labels.map(({ bedId, bedLabel, wardName }) => (
          <li key={bedId}>
            <Checkbox
              size="xs"
              label={`Bed ${bedLabel}, ${wardName}`}
              checked={!without.has(bedId)}
              onChange={() =>
                onChange(without.has(bedId) ? [...without].filter((id) => id !== bedId) : [...without, bedId])
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
