import { memo } from 'react';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import styles from './VitalCell.module.css';
import type { Vital } from './vitals.ts';

const LOOK_MS = 500;

/** Nothing while the value is fresh; then its age; `old` in front once it must not be taken for current. */
export function ageMark(at: number, now: number, showFromMs: number, oldFromMs: number): string {
  const age = now - at;
  if (age >= oldFromMs) return `old ${formatDuration(age)}`;
  return age > showFromMs ? formatDuration(age) : '';
}

/** One vital in its place: label, number, unit; its age when it is not of this moment; a dash and why when there is none. */
export const VitalCell = memo(function VitalCell(vital: Vital) {
  const { place, label, unit, words, more, mark, why, at, showFromMs, oldFromMs } = vital;
  const age = useNowAs(LOOK_MS, (now) => (at === null ? '' : ageMark(at, now, showFromMs, oldFromMs)));
  const old = age.startsWith('old ');
  return (
    <div className={styles.cell} data-place={place} data-old={old || undefined}>
      <dt>
        {label} {unit && <small>{unit}</small>}
      </dt>
      <dd>
        <span className={styles.value} data-long={(words?.length ?? 0) > 6 || undefined}>
          {words === null ? '–' : old ? <s>{words}</s> : words}
          {more && <small>{more}</small>}
        </span>
        <span className={styles.note}>{[words === null ? why : age, mark].filter(Boolean).join(', ')}</span>
      </dd>
    </div>
  );
});
