import { NEWS_INPUTS, type NewsInput } from '#domain/observation/news2.ts';
import type { BedLive, LiveScore } from '#renderer/client/live-beds.ts';
import { PART_WORDS } from './news-words.ts';
import { hasOldValue, usedWords } from './part-values.ts';
import styles from './ScorePanel.module.css';

/** What each part of the score gives and is made of. */
export function ScoreParts({ live }: { readonly live: BedLive | undefined }) {
  const score = live?.score;
  if (!score || score.reason) return null;
  return (
    <section aria-label="Parts of the score" className={styles.panel}>
      <h2>How the score is made up</h2>
      <table className={styles.parts}>
        <tbody>
          {NEWS_INPUTS.map((part) => (
            <Part key={part} part={part} score={score} old={hasOldValue(part, live.values)} />
          ))}
        </tbody>
      </table>
      <p className={styles.source}>
        NEWS2 © Royal College of Physicians 2017. Scores by Wardline, from medians of the last minute and the newest
        spot values; not the RCP’s chart.
      </p>
    </section>
  );
}

interface PartProps {
  readonly part: NewsInput;
  readonly score: LiveScore;
  /** Something was measured, but too long ago to count. */
  readonly old: boolean;
}

function Part({ part, score, old }: PartProps) {
  const points = score.parts[part];
  const words = usedWords(part, score.used);
  return (
    <tr data-red={points === 3}>
      <th scope="row">{PART_WORDS[part]}</th>
      <td>{points === null ? withoutPoints(words, old) : (words ?? '–')}</td>
      <td className={styles.points}>{points ?? '–'}</td>
    </tr>
  );
}

/** Why a part gives no points: never measured, measured too long ago, or not to be judged before oxygen is known. */
function withoutPoints(words: string | null, old: boolean): string {
  if (words !== null) return `${words}, needs air or oxygen`;
  return old ? 'too old' : 'missing';
}
