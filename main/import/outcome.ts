import { OUTCOMES, type Outcome } from '#domain/flow/event.ts';

/** What files write, as plain words; the first pattern that fits decides. */
const PATTERNS: readonly (readonly [RegExp, Outcome])[] = [
  [/^(died|dead|death|expired|deceased|exitus|mors|rip|d(ied)? in hospital|in hospital death)\b/, 'died'],
  [/\b(died|deceased|expired)$/, 'died'],
  [/^(dama|lama|ama|self discharge(d)?|absconded|eloped)$|against (medical )?advi/, 'against-advice'],
  [/^(lwbs|left unseen|did not wait)$|without being seen/, 'left-unseen'],
  [
    /\b(transfer(red)?|transfer out|facility|hospital|hosp|snf|rehab|rehabilitation|nursing|hospice|care home|long term|ltac|ltc|psych|assisted living)\b/,
    'other-facility',
  ],
  [/\bhome\b|^(usual residence|usual place of residence|residence|routine)$/, 'home'],
  [
    /^(alive|survived|discharged|discharge|discharged alive|recovered|cured|improved|other|unknown|none|na|n a)$/,
    'other',
  ],
];
/** HL7 v2 table 0112, the codes whose meaning does not differ between places. */
const CODES: Readonly<Record<string, Outcome>> = {
  '01': 'home',
  '02': 'other-facility',
  '03': 'other-facility',
  '04': 'other-facility',
  '05': 'other-facility',
  '07': 'against-advice',
  '20': 'died',
};
const FLAGS: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  y: true,
  '0': false,
  false: false,
  no: false,
  n: false,
};
const OF_DEATH = /died|death|dead|expire|deceased|mort/i;

/** How a stay ended, by a file's word for it; undefined for a word nobody taught us. Nothing said: `other`. */
export function readOutcome(text: string, column: string): Outcome | undefined {
  const given = text.trim().toLowerCase();
  if (given === '') return 'other';
  const own = OUTCOMES.find((outcome) => outcome === given);
  if (own) return own;
  // A column of yes and no that is named for death says who died.
  const flag = FLAGS[given];
  if (flag !== undefined && OF_DEATH.test(column)) return flag ? 'died' : 'other';
  if (CODES[given]) return CODES[given];
  const plain = given.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return PATTERNS.find(([pattern]) => pattern.test(plain))?.[1];
}
