const ROLE_WORDS: Readonly<Record<string, string>> = {
  nurse: 'Nurse',
  physician: 'Physician',
  scheduler: 'Scheduler',
  'supply-manager': 'Supply manager',
  admin: 'Administrator',
  cleaner: 'Cleaner',
  porter: 'Porter',
  wall: 'Wall display',
};

/** A role in words. */
export function roleWords(role: string): string {
  return ROLE_WORDS[role] ?? role;
}

/** What to show for a failure: its own words when it has any. */
export function failureWords(error: unknown): string {
  return error instanceof Error && error.message ? error.message : 'Something went wrong. Nothing was changed.';
}
