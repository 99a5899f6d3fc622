import type { Outcome } from '../flow/event.ts';

/** Discharge dispositions of the UB-04 code set (HL7 table 0112 suggests it), as far as they differ here. */
const BY_CODE: Readonly<Record<string, Outcome>> = {
  1: 'home',
  6: 'home',
  7: 'against-advice',
  8: 'home',
  20: 'died',
  40: 'died',
  41: 'died',
  42: 'died',
  50: 'home',
  81: 'home',
  86: 'home',
};
const TO_OTHER_FACILITY = new Set([2, 3, 4, 5, 21, 43, 51, 61, 62, 63, 64, 65, 66, 69, 70, 82, 83, 84, 85, 88, 90, 91]);

/** How a stay ended, by PV1-36 and PID-30 (death indicator). What no code says is `other`. */
export function outcomeOf(disposition: string, died: string): Outcome {
  if (died.toUpperCase() === 'Y') return 'died';
  if (!/^\d{1,2}$/.test(disposition)) return WORDS[disposition.toUpperCase()] ?? 'other';
  const code = Number(disposition);
  return BY_CODE[code] ?? (TO_OTHER_FACILITY.has(code) ? 'other-facility' : 'other');
}

const WORDS: Readonly<Record<string, Outcome>> = {
  HOME: 'home',
  AMA: 'against-advice',
  LWBS: 'left-unseen',
  DIED: 'died',
  DEATH: 'died',
  DECEASED: 'died',
  EXPIRED: 'died',
};
