import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { NEWS_INPUTS, type NewsInput } from '#domain/observation/news2.ts';
import type { BedLive, LiveScore } from '#renderer/client/live-beds.ts';
import { MONITORING_WORDS, missingWords, NOT_FOR, PART_WORDS, RISK_WORDS, responseWords } from './news-words.ts';
import { partValue } from './part-values.ts';
import styles from './ScorePanel.module.css';

/** NEWS2 now: total, what each part gives and is made of, and what the score asks of staff. */
export function ScorePanel({ live }: { readonly live: BedLive | undefined }) {
  const score = live?.score;
  return (
    <section aria-label="NEWS2" className={styles.panel}>
      <h2>NEWS2</h2>
      {score ? <Score score={score} values={live.values} /> : <p>No score yet: nothing has been measured.</p>}
      <p className={styles.source}>
        NEWS2 © Royal College of Physicians 2017. Scores by Wardline from the values above; not the RCP’s chart.
      </p>
    </section>
  );
}

function Score({ score, values }: { readonly score: LiveScore; readonly values: BedLive['values'] }) {
  if (score.reason) return <p className={styles.notFor}>{NOT_FOR[score.reason]}</p>;
  const total = score.total ?? 0;
  return (
    <>
      <p className={styles.total} data-risk={score.risk} data-complete={score.complete}>
        {!score.complete && <span className={styles.atLeast}>at least</span>}
        <span className={styles.number}>{total}</span>
        <span className={styles.risk}>{riskWords(score)}</span>
        <Trend score={score} />
      </p>
      {!score.complete && <p className={styles.missing}>{missingWords(score.missing)} missing.</p>}
      <table className={styles.parts}>
        <caption className="visually-hidden">Parts of the score</caption>
        <tbody>
          {NEWS_INPUTS.map((part) => (
            <Part key={part} part={part} score={score} value={partValue(part, values)} />
          ))}
        </tbody>
      </table>
      <p className={styles.response}>
        {score.monitoring && <>Monitor {MONITORING_WORDS[score.monitoring]}. </>}
        {responseWords(total, score.singleRed)}
      </p>
    </>
  );
}

/** An incomplete set is never called low: what is missing may be what is wrong. */
function riskWords({ risk, complete }: LiveScore): string {
  if (risk === null) return '';
  return !complete && (risk === 'low' || risk === 'low-medium') ? 'Risk not known: incomplete' : RISK_WORDS[risk];
}

interface PartProps {
  readonly part: NewsInput;
  readonly score: LiveScore;
  readonly value: string | null;
}

function Part({ part, score, value }: PartProps) {
  const points = score.parts[part];
  return (
    <tr data-red={points === 3}>
      <th scope="row">{PART_WORDS[part]}</th>
      <td>{points === null ? withoutPoints(value, score.missing.includes(part)) : (value ?? '–')}</td>
      <td className={styles.points}>{points ?? '–'}</td>
    </tr>
  );
}

/** Why a part gives no points: never measured, measured too long ago, or not to be judged before oxygen is known. */
function withoutPoints(value: string | null, missing: boolean): string {
  if (value === null) return 'missing';
  return missing ? `${value}, too old` : `${value}, needs air or oxygen`;
}

const TRENDS = {
  rising: { Icon: IconArrowUpRight, words: 'Rising' },
  falling: { Icon: IconArrowDownRight, words: 'Falling' },
  unchanged: { Icon: IconArrowRight, words: 'Unchanged' },
} as const;

function Trend({ score }: { readonly score: LiveScore }) {
  if (score.trend === 'unknown') return null;
  const { Icon, words } = TRENDS[score.trend];
  const change = score.change ?? 0;
  return (
    <span className={styles.trend}>
      <Icon size={16} aria-hidden />
      {words}
      {change !== 0 && ` by ${Math.abs(change)} in 1 h`}
    </span>
  );
}
