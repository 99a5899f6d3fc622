import { MINUTE_MS } from '#domain/time.ts';
import type { PatientView, TimedRule } from './rule.ts';

/** Early warning: 7 or more is high, 5-6 or 3 in one parameter medium; ends when the score was lower for 5 min. */
export const news2Rule: TimedRule<PatientView> = {
  name: 'news2',
  delayMs: MINUTE_MS,
  clearMs: 5 * MINUTE_MS,
  judge({ score }) {
    if (!score || score.total === null) return [];
    const { total, singleRed, complete } = score;
    if (total < 5 && !singleRed) return [];
    const atLeast = complete ? '' : 'at least ';
    const why = total >= 5 ? `NEWS2 ${atLeast}${total}` : `NEWS2 ${atLeast}${total}, 3 in one parameter`;
    return [
      {
        rule: 'news2',
        kind: 'physiological',
        priority: total >= 7 ? 'high' : 'medium',
        code: null,
        message: why,
        limit: total >= 7 ? 7 : total >= 5 ? 5 : 3,
        value: total,
        worse: 'high',
      },
    ];
  },
};
