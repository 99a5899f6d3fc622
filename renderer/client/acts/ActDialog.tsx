import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { firstField } from '#renderer/ui/first-field.ts';
import styles from './ActDialog.module.css';
import { ActFoot } from './ActFoot.tsx';

interface ActDialogProps {
  readonly title: string;
  /** What the button does, as a verb. */
  readonly verb: string;
  readonly act: { readonly pending: boolean; readonly error: Error | null };
  /** Why it cannot be asked for yet. */
  readonly blocked?: string | undefined;
  readonly danger?: boolean;
  /** What leaving without doing it is called, where "Cancel" could be taken for the act itself. */
  readonly leave?: string;
  readonly size?: 'md' | 'lg' | 'xl';
  readonly onRun: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that does one thing: fields, what stands in the way, do or leave. Enter does it. */
export function ActDialog({
  title,
  verb,
  act,
  blocked,
  danger = false,
  leave = 'Cancel',
  size = 'md',
  onRun,
  onClose,
  children,
}: ActDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form
        ref={firstField}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (blocked === undefined && !act.pending) onRun();
        }}
      >
        {children}
        <ActFoot
          verb={verb}
          danger={danger}
          leave={leave}
          pending={act.pending}
          error={act.error}
          blocked={blocked}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
