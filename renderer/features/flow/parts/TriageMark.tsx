import type { BoardRow } from '#renderer/client/board/board.ts';
import { TRIAGE_WORDS } from '#renderer/client/board/board-words.ts';
import styles from './TriageMark.module.css';

interface TriageMarkProps {
  readonly triage: BoardRow['triage'];
  /** With the word beside the letter. */
  readonly full?: boolean;
}

/** A triage category by letter, and in full by word: never by colour. Nothing for who has none, or in full says so. */
export function TriageMark({ triage, full = false }: TriageMarkProps) {
  if (!triage) return full ? <span className={styles.none}>Not triaged</span> : null;
  const { letter, name, urgency } = TRIAGE_WORDS[triage.category];
  return (
    <span className={styles.triage} title={`${name}, ${urgency}`}>
      <b data-category={triage.category} aria-hidden="true">
        {letter}
      </b>
      <span className={full ? undefined : 'visually-hidden'}>{name}</span>
    </span>
  );
}
