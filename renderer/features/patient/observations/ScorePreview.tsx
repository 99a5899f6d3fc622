import type { NewsSet } from '#domain/observation/news2.ts';
import { useLink } from '#renderer/client/hooks.ts';
import { missingWords, NOT_FOR, RISK_WORDS } from '../score/news-words.ts';
import styles from './ScorePreview.module.css';
import { useScorePreview } from './use-score-preview.ts';

/** The score of what is typed so far, and what is missing in it. An unfinished set is never called low. */
export function ScorePreview({ set }: { readonly set: NewsSet }) {
  const { state } = useLink();
  const { data: score, isError } = useScorePreview(set);
  if (state !== 'live')
    return <p className={styles.preview}>The score is worked out once the link to the hub is back.</p>;
  if (isError) return <p className={styles.preview}>The score could not be worked out. The values can be saved.</p>;
  if (!score) return <p className={styles.preview}>Working out the score…</p>;
  if (score.reason) return <p className={styles.preview}>{NOT_FOR[score.reason]}</p>;
  const reassuring = score.risk === 'low' || score.risk === 'low-medium';
  return (
    <div className={styles.preview} role="status">
      <span className={styles.label}>NEWS2 of this set</span>
      <span className={styles.total} data-testid="preview-total">
        {!score.complete && <small>at least </small>}
        {score.total}
      </span>
      <span>
        {score.complete || !reassuring ? score.risk && RISK_WORDS[score.risk] : 'Incomplete'}
        {!score.complete && `. ${missingWords(score.missing)} missing.`}
      </span>
    </div>
  );
}
