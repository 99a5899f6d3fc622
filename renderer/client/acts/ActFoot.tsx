import { Button } from '@mantine/core';
import { useId } from 'react';
import { useWritable } from '../hooks.ts';
import { sayError } from '../say-error.ts';
import styles from './ActFoot.module.css';

interface ActFootProps {
  /** What the button does, as a verb: "Move to bed 7". */
  readonly verb: string;
  readonly pending: boolean;
  readonly error: Error | null;
  /** Why the act cannot be asked for yet; undefined when it can. */
  readonly blocked?: string | undefined;
  readonly onCancel: () => void;
  /** What leaving without doing it is called, when something was done already. */
  readonly leave?: string;
  /** Left out when the button submits the form it stands in. */
  readonly onRun?: () => void;
  readonly danger?: boolean;
}

/** The end of a dialog that changes something: what went wrong, why the button rests, cancel and do. */
export function ActFoot({
  verb,
  pending,
  error,
  blocked,
  onCancel,
  leave = 'Cancel',
  onRun,
  danger = false,
}: ActFootProps) {
  const writable = useWritable();
  const why = writable.ok ? blocked : writable.why;
  const whyId = useId();
  return (
    <div className={styles.foot}>
      {error && (
        <p className={styles.error} role="alert">
          {sayError(error)}
        </p>
      )}
      <div className={styles.row}>
        <p id={whyId} className={styles.why}>
          {why}
        </p>
        <Button onClick={onCancel}>{leave}</Button>
        <Button
          type={onRun ? 'button' : 'submit'}
          variant="filled"
          {...(danger ? { color: 'red' } : {})}
          disabled={why !== undefined}
          loading={pending}
          aria-describedby={whyId}
          {...(onRun ? { onClick: onRun } : {})}
        >
          {verb}
        </Button>
      </div>
    </div>
  );
}
