/** The only four things a banner may say of allergies (NHS CUI patient banner). */
export const ALLERGY_WORDS = {
  known: 'Known allergies',
  none: 'No known allergies',
  'not-recorded': 'Allergies not recorded',
  unavailable: 'Allergies unavailable',
} as const;
export type AllergyState = keyof typeof ALLERGY_WORDS;

/** Which of the four holds: null was never asked, empty was asked and denied; `readable` false when the record is not. */
export function allergyState(allergies: readonly string[] | null, readable: boolean): AllergyState {
  if (!readable) return 'unavailable';
  if (allergies === null) return 'not-recorded';
  return allergies.length === 0 ? 'none' : 'known';
}

/** What was typed as a list: one allergy a line, each once, blank lines left out. */
export function allergyLines(typed: string): string[] {
  const lines = typed.split('\n').map((line) => line.replace(/\s+/gu, ' ').trim());
  return [...new Map(lines.filter(Boolean).map((line) => [line.toLowerCase(), line])).values()];
}
