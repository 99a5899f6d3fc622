import type { BlockReason } from '#domain/flow/bed-state.ts';
import type { Outcome, TriageCategory } from '#domain/flow/event.ts';
import { initials } from '#domain/patient/patient.ts';
import type { BoardBed, BoardRequest, BoardRow } from './board.ts';

export const BLOCK_WORDS: Readonly<Record<BlockReason, string>> = {
  repair: 'Repair',
  infection: 'Infection control',
  staffing: 'No staff',
  'deep-clean': 'Deep clean',
  closed: 'Closed',
  other: 'Other reason',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  home: 'Home',
  'other-facility': 'Other hospital or facility',
  'against-advice': 'Left against advice',
  'left-unseen': 'Left without being seen',
  died: 'Died',
  other: 'Other',
};

/** Letter, colour and urgency: the colour is never all there is. */
export const TRIAGE_WORDS: Readonly<Record<TriageCategory, { letter: string; name: string; urgency: string }>> = {
  red: { letter: 'R', name: 'Red', urgency: 'immediate' },
  orange: { letter: 'O', name: 'Orange', urgency: 'very urgent' },
  yellow: { letter: 'Y', name: 'Yellow', urgency: 'urgent' },
  green: { letter: 'G', name: 'Green', urgency: 'standard' },
  blue: { letter: 'B', name: 'Blue', urgency: 'non-urgent' },
};

export const URGENCY_WORDS: Readonly<Record<BoardRequest['urgency'], string>> = {
  routine: 'Routine',
  urgent: 'Urgent',
  emergency: 'Emergency',
};

const DOUBT_WORDS: Readonly<Record<BoardBed['doubts'][number]['kind'], string>> = {
  'sensor-says-empty': 'sensor says empty',
  'sensor-says-occupied': 'sensor says somebody is in it',
  'tag-elsewhere': 'tag heard elsewhere',
  'placed-while-dirty': 'taken while dirty',
  'returned-while-cleaning': 'patient came back during cleaning',
  'claimed-by-another': 'another patient is said to be here',
};

/** What contradicts the board, in a few words. */
export function doubtWords({ kind }: BoardBed['doubts'][number]): string {
  return DOUBT_WORDS[kind];
}

/** Of a formal name, `OKAFOR, Ann`, the initials: `AO`. */
export function initialsOf(formalName: string): string {
  const comma = formalName.indexOf(',');
  if (comma === -1) return initials({ family: formalName, given: [] });
  return initials({ family: formalName.slice(0, comma), given: [formalName.slice(comma + 1).trim()] });
}

const SEX_LETTERS: Readonly<Record<BoardRow['sex'], string>> = {
  female: 'F',
  male: 'M',
  other: 'other sex',
  unknown: '',
};

/** `64 y F`, as far as known. */
export function ageAndSex({ ageYears, sex }: Pick<BoardRow, 'ageYears' | 'sex'>): string {
  return [ageYears === null ? '' : `${ageYears} y`, SEX_LETTERS[sex]].filter(Boolean).join(' ');
}
