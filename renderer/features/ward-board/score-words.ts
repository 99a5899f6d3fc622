import type { LiveScore } from '#renderer/client/live-beds.ts';

export const TREND_MARKS: Readonly<Record<LiveScore['trend'], { arrow: string; words: string }>> = {
  rising: { arrow: '↑', words: 'rising over the last hour' },
  falling: { arrow: '↓', words: 'falling over the last hour' },
  unchanged: { arrow: '→', words: 'unchanged over the last hour' },
  unknown: { arrow: '', words: '' },
};

const INPUT_WORDS: Readonly<Record<string, string>> = {
  rr: 'RR',
  spo2: 'SpO₂',
  oxygen: 'air or oxygen',
  sbp: 'BP',
  pulse: 'pulse',
  acvpu: 'ACVPU',
  temp: 'temp',
};

const RISK_LINES: Readonly<Record<NonNullable<LiveScore['risk']>, string>> = {
  low: 'Low risk',
  'low-medium': 'Low-medium risk',
  medium: 'Medium risk',
  high: 'High risk',
};

/** The risk in words. Incomplete and so far low has no risk word at all: it must not reassure. */
export function riskLine(score: Pick<LiveScore, 'risk' | 'complete' | 'total'>): string {
  if (score.risk === null) return 'Incomplete';
  if (score.complete) return RISK_LINES[score.risk];
  return score.risk === 'low' ? `At least ${score.total}` : `${RISK_LINES[score.risk]}, at least ${score.total}`;
}

/** `Missing: temp, ACVPU`. */
export function missingWords(score: Pick<LiveScore, 'missing'>): string {
  return `Missing: ${score.missing.map((input) => INPUT_WORDS[input] ?? input).join(', ')}`;
}

/** Why there is no total, and what to use instead. */
export function unusableWords(score: Pick<LiveScore, 'reason'>): string {
  if (score.reason === 'under-16') return 'Under 16: use PEWS chart';
  if (score.reason === 'pregnant') return 'Pregnant: NEWS2 not used';
  return 'NEWS2 not used';
}
