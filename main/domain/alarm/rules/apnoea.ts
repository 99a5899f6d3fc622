import { SECOND_MS } from '#domain/time.ts';
import type { PatientView, TimedRule } from './rule.ts';

/** No breath for 20 s: the device reports apnoea in place of a rate. High, at once when the 20 s are over. */
const APNOEA_MS = 20 * SECOND_MS;

export const apnoeaRule: TimedRule<PatientView> = {
  name: 'apnoea',
  delayMs: 0,
  clearMs: 0,
  judge({ metrics }, now) {
    const rr = metrics.get('rr');
    if (rr?.absent?.why !== 'apnoea') return [];
    const since = rr.at ?? rr.absent.since;
    if (now - since < APNOEA_MS) return [];
    return [
      {
        rule: 'apnoea',
        kind: 'physiological',
        priority: 'high',
        code: 'rr',
        message: `No breath for ${Math.round((now - since) / SECOND_MS)} s`,
        limit: APNOEA_MS / SECOND_MS,
        value: null,
      },
    ];
  },
};
