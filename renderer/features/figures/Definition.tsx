import { Popover } from '@mantine/core';
import { KPI_WORDS, type KpiName, type KpiWords } from '#domain/flow/kpi-words.ts';
import styles from './Definition.module.css';

/** What a figure is, how it is worked out and where that is from, one click away. */
export function Definition({ name }: { readonly name: KpiName }) {
  const { label, what, formula, source, caution }: KpiWords = KPI_WORDS[name];
  return (
    <Popover width={380} position="bottom-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.define} aria-label={`Definition: ${label}`}>
          ?
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Definition: ${label}`} tabIndex={-1}>
        <p className={styles.what}>
          <strong>{label}.</strong> {what}
        </p>
        <p className={styles.what}>{formula}</p>
        {caution && <p className={styles.what}>{caution}</p>}
        <p className={styles.source}>{source}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
