import { type KeyboardEvent, useId } from 'react';
import styles from './LetterChoice.module.css';

export interface LetterOption<Value extends string> {
  readonly value: Value;
  /** The key that picks it. */
  readonly letter: string;
  readonly label: string;
}

interface LetterChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly LetterOption<Value>[];
  readonly value: Value | null;
  /** `byLetter`: picked by its key, so that the form may go on to its next field. */
  readonly onPick: (value: Value, byLetter: boolean) => void;
  readonly autoFocus?: boolean;
}

/** One of a few, picked by a single key while the group has the focus, by arrows, or by pointer. */
export function LetterChoice<Value extends string>({
  label,
  options,
  value,
  onPick,
  autoFocus = false,
}: LetterChoiceProps<Value>) {
  const name = useId();
  function pickByLetter(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const picked = options.find(({ letter }) => letter.toLowerCase() === event.key.toLowerCase());
    if (!picked) return;
    event.preventDefault();
    onPick(picked.value, true);
  }
  return (
    <fieldset className={styles.group} onKeyDown={pickByLetter}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {options.map((option, index) => (
          <label key={option.value} className={styles.option} data-chosen={option.value === value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onPick(option.value, false)}
              data-step={option.value === value || (value === null && index === 0) || undefined}
              data-autofocus={(autoFocus && (option.value === value || (value === null && index === 0))) || undefined}
            />
            <kbd>{option.letter}</kbd> <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
