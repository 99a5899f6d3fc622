import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './Fault.module.css';

interface FaultProps {
  readonly title: string;
  readonly detail?: string;
  readonly action?: string;
  readonly onAction?: () => void;
}

/** What went wrong, what is safe, and the way on. */
export function Fault({ title, detail, action, onAction }: FaultProps) {
  return (
    <div className={styles.fault} role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <p className={styles.title}>{title}</p>
        {detail && <p>{detail}</p>}
        {action && onAction && (
          <Button mt={8} onClick={onAction}>
            {action}
          </Button>
        )}
      </div>
    </div>
  );
}
