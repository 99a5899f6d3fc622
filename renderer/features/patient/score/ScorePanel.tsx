import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { NEWS_INPUTS } from '#domain/observation/news2.ts';
import type { BedLive, LiveScore } from '#renderer/client/live-beds.ts';
import { missingWords, NOT_FOR, RISK_WORDS, responseWords } from './news-words.ts';
import styles from './ScorePanel.module.css';

/** NEWS2 now: total, risk, trend, what is missing, and what the score asks of staff. */
export function ScorePanel({ live }: { readonly live: BedLive | undefined }) {
  const score = live?.score;
  return (
    <section aria-label="NEWS2" className={styles.panel}>
      <h2>NEWS2</h2>
      {score ? <Score score={score} /> : <p>No score yet: nothing has been measured.</p>}
    </section>
  );
}

function Score({ score }: { readonly score: LiveScore }) {
  if (score.reason) return <p className={styles.notFor}>{NOT_FOR[score.reason]}</p>;
  const nothing = score.missing.length === NEWS_INPUTS.length;
  return (
    <>
      <p className={styles.total} data-risk={score.risk} data-complete={score.complete}>
        {!score.complete && !nothing && <span className={styles.atLeast}>at least</span>}
        <span className={styles.number}>{nothing ? '–' : (score.total ?? 0)}</span>
        <span className={styles.risk}>{riskWords(score)}</span>
        <Trend score={score} />
      </p>
      {!score.complete && (
        <p className={styles.missing}>
          {nothing ? 'Nothing that counts has been measured.' : `${missingWords(score.missing)} missing.`}
        </p>
      )}
      <p className={styles.response}>{responseWords(score)}</p>
    </>
  );
}

/** An incomplete set is never called low: what is missing may be what is wrong. */
function riskWords({ risk, complete }: LiveScore): string {
  if (risk === null) return '';
  return !complete && (risk === 'low' || risk === 'low-medium') ? 'Risk not known: incomplete' : RISK_WORDS[risk];
}

function Trend({ score }: { readonly score: LiveScore }) {
  const { change } = score;
  if (change === null) return null;
  const Icon = change === 0 ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <span className={styles.trend}>
      <Icon size={16} aria-hidden />
      {change === 0 ? 'Unchanged in 1 h' : `${change > 0 ? '+' : '−'}${Math.abs(change)} in 1 h`}
    </span>
  );
}
