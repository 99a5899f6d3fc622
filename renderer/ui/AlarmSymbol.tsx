import type { Priority } from '#domain/alarm/alarm.ts';
import styles from './AlarmSymbol.module.css';

const MARKS: Readonly<Record<Priority, string>> = { high: '!!!', medium: '!!', low: '!' };
const OUTLINES: Readonly<Record<Priority, string>> = {
  high: 'M14 1.5 27 22.5H1Z',
  medium: 'M14 1 26.5 12 14 23 1.5 12Z',
  low: 'M14 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Z',
};
const MARK_Y: Readonly<Record<Priority, number>> = { high: 20, medium: 16.2, low: 16.4 };

/** The word of a priority. */
export const PRIORITY_WORDS: Readonly<Record<Priority, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

interface AlarmSymbolProps {
  readonly priority: Priority;
  /** Acknowledged: drawn as an outline. */
  readonly faint?: boolean;
  /** On a fill of its own colour. */
  readonly inverted?: boolean;
  /** Height in px. */
  readonly size?: number;
}

/**
 * A priority by shape and marks (triangle !!!, diamond !!, circle !), so that it is told apart without colour.
 * Decorative: the word stands beside it.
 */
export function AlarmSymbol({ priority, faint = false, inverted = false, size = 18 }: AlarmSymbolProps) {
  return (
    <svg
      className={styles.symbol}
      data-priority={priority}
      data-faint={faint || undefined}
      data-inverted={inverted || undefined}
      width={(size * 28) / 24}
      height={size}
      viewBox="0 0 28 24"
      aria-hidden="true"
    >
      <path d={OUTLINES[priority]} />
      <text x="14" y={MARK_Y[priority]} textAnchor="middle">
        {MARKS[priority]}
      </text>
    </svg>
  );
}
