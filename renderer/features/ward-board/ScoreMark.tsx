import { memo } from 'react';
import { NEWS_INPUTS } from '#domain/observation/news2.ts';
import { useLink } from '#renderer/client/hooks.ts';
import type { LiveScore } from '#renderer/client/live-beds.ts';
import { useNowAs } from '#renderer/client/live-hooks.ts';
import { formatDuration } from '#renderer/ui/format.ts';
import styles from './ScoreMark.module.css';
import { missingWords, riskLine, TREND_MARKS, unusableWords } from './score-words.ts';

/** NEWS2 of the bed: total, risk, trend. What is incomplete says so and names what is missing; it is never "low risk".
 * While the link is lost it is drawn as old: nobody scores what nobody hears. */
export const ScoreMark = memo(
  function ScoreMark({ score }: { score: LiveScore | null }) {
    const { state, since } = useLink();
    const age = useNowAs(1_000, (now) => (state === 'lost' ? formatDuration(now - since) : ''));
    // Nothing measured is no number: a 0 would look like a good score.
    const nothing = score?.missing.length === NEWS_INPUTS.length;
    if (!score || score.total === null || nothing) {
      return (
        <div className={styles.score}>
          <span className={styles.total}>–</span>
          <span className={styles.none}>{wordsOfNone(score)}</span>
        </div>
      );
    }
    const trend = TREND_MARKS[score.trend];
    return (
      <div
        className={styles.score}
        data-risk={score.risk}
        data-incomplete={!score.complete || undefined}
        data-old={age !== '' || undefined}
      >
        <span className={styles.total}>
          <span className="visually-hidden">NEWS2 {!score.complete && 'at least '}</span>
          {age === '' ? score.total : <s>{score.total}</s>}
          <span className={styles.trend} aria-hidden="true">
            {trend.arrow}
          </span>
        </span>
        <span className={styles.words}>
          <strong>{age === '' ? riskLine(score) : `Was ${riskLine(score).toLowerCase()}`}</strong>
          {age !== '' ? (
            <span>NEWS2, {age} old</span>
          ) : score.complete ? (
            <span>
              NEWS2<span className="visually-hidden"> {trend.words}</span>
            </span>
          ) : (
            <span title={missingWords(score)}>{missingWords(score)}</span>
          )}
        </span>
      </div>
    );
  },
  (before, after) => JSON.stringify({ ...before.score, at: 0 }) === JSON.stringify({ ...after.score, at: 0 }),
);

function wordsOfNone(score: LiveScore | null): string {
  if (!score) return 'No NEWS2 yet';
  return score.total === null ? unusableWords(score) : 'Nothing measured';
}
