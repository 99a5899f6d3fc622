import type { MonitoringInterval, NewsInput, NewsRisk } from '#domain/observation/news2.ts';
import type { LiveScore } from '#renderer/client/live-beds.ts';

/** Names of the parts of the score, as a nurse says them. */
export const PART_WORDS: Readonly<Record<NewsInput, string>> = {
  rr: 'Respiration rate',
  spo2: 'Oxygen saturation',
  oxygen: 'Air or oxygen',
  sbp: 'Systolic pressure',
  pulse: 'Pulse',
  acvpu: 'Consciousness',
  temp: 'Temperature',
};

export const RISK_WORDS: Readonly<Record<NewsRisk, string>> = {
  low: 'Low risk',
  'low-medium': 'Low–medium risk',
  medium: 'Medium risk',
  high: 'High risk',
};

const MONITORING_WORDS: Readonly<Record<MonitoringInterval, string>> = {
  '12h': 'at least every 12 hours',
  '4-6h': 'at least every 4 to 6 hours',
  '1h': 'at least every hour',
  continuous: 'continuously',
};

/**
 * What the score asks of staff, in Wardline's own words after the thresholds of the Royal College of Physicians (2017).
 * An incomplete set never reassures: it asks for the missing parts, and for what its least total asks already.
 */
export function responseWords(score: Pick<LiveScore, 'total' | 'singleRed' | 'monitoring' | 'complete'>): string {
  const total = score.total ?? 0;
  const asked = `${monitorWords(score)}${thresholdWords(total, score.singleRed)}`;
  if (score.complete) return asked;
  if (total >= 5 || score.singleRed) return `${asked} Complete the set.`;
  const assess = total === 0 ? '' : ' A registered nurse assesses.';
  return `Complete the set: until then the risk is not known.${assess}`;
}

function monitorWords({ monitoring }: Pick<LiveScore, 'monitoring'>): string {
  return monitoring ? `Monitor ${MONITORING_WORDS[monitoring]}. ` : '';
}

function thresholdWords(total: number, singleRed: boolean): string {
  if (total >= 7)
    return 'Emergency: call the team with critical-care skills now, with a senior doctor. Consider a higher level of care.';
  if (total >= 5)
    return 'Urgent: call a clinician with acute-care skills now. Care for the patient where monitoring is possible.';
  if (singleRed) return 'One part scores 3: tell the ward’s medical team, who review the patient.';
  if (total >= 1) return 'A registered nurse assesses, and decides whether to observe more often or to escalate.';
  return 'Go on with routine observation.';
}

/** Why no score may be used for this patient, and what to use. */
export const NOT_FOR: Readonly<Record<'under-16' | 'pregnant', string>> = {
  'under-16': 'Not for patients under 16. Use the PEWS chart.',
  pregnant: 'Not for use in pregnancy. Use the maternity chart.',
};

/** `Temperature and consciousness`, for a sentence about what is missing. */
export function missingWords(missing: readonly NewsInput[]): string {
  const words = missing.map((part, index) => (index === 0 ? PART_WORDS[part] : PART_WORDS[part].toLowerCase()));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
