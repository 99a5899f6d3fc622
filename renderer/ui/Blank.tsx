import type { ReactNode } from 'react';
import styles from './Blank.module.css';

/** An empty place that says why it is empty and what to do about it. */
export function Blank({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.blank}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  );
}
