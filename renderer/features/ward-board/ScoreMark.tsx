import { memo } from 'react';
import type { LiveScore } from '#renderer/client/live-beds.ts';
import styles from './ScoreMark.module.css';
import { missingWords, riskLine, TREND_MARKS, unusableWords } from './score-words.ts';

/** NEWS2 of the bed: total, risk, trend. What is incomplete says so and names what is missing; it is never "low risk". */
export const ScoreMark = memo(
  function ScoreMark({ score }: { score: LiveScore | null }) {
    if (!score || score.total === null) {
      return (
        <div className={styles.score}>
          <span className={styles.total}>–</span>
          <span className={styles.none}>{score ? unusableWords(score) : 'No NEWS2 yet'}</span>
        </div>
      );
    }
    const trend = TREND_MARKS[score.trend];
    return (
      <div className={styles.score} data-risk={score.risk} data-incomplete={!score.complete || undefined}>
        <span className={styles.total}>
          <span className="visually-hidden">NEWS2 {!score.complete && 'at least '}</span>
          {score.total}
          <span className={styles.trend} aria-hidden="true">
            {trend.arrow}
          </span>
        </span>
        <span className={styles.words}>
          <strong>{riskLine(score)}</strong>
          {score.complete ? (
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
