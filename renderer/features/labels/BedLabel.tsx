import { useMemo } from 'react';
import styles from './BedLabel.module.css';
import { type CodeKind, codePicture } from './code-picture.ts';
import type { LabelRecord } from './labels-shown.ts';

interface BedLabelProps {
  readonly label: LabelRecord;
  readonly code: CodeKind;
  readonly demo: boolean;
}

/** One label: the code for scanners, the bed for people, and the code's text to type when it cannot be read. */
export function BedLabel({ label: { code: text, bedLabel, roomLabel, wardName }, code, demo }: BedLabelProps) {
  const picture = useMemo(() => codePicture(code, text), [code, text]);
  return (
    <div className={styles.label}>
      <img src={picture} alt={`Code of bed ${bedLabel}`} />
      <div>
        <strong>Bed {bedLabel}</strong>
        <span>Room {roomLabel}</span>
        <span>{wardName}</span>
        <small>{text}</small>
        {demo && <small>Demonstration</small>}
      </div>
    </div>
  );
}
