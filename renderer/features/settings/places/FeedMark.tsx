import styles from './FeedMark.module.css';

/** Marks what another system named first and no person has confirmed yet. */
export function FeedMark({ count }: { readonly count?: number }) {
  return <span className={styles.mark}>{count === undefined ? 'From the feed' : `${count} to confirm`}</span>;
}
