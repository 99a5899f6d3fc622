/** How the console is lit: by the clinic's clock, or as someone chose for this window. */
export const LOOK_CHOICES = ['auto', 'light', 'dark', 'night'] as const;
export type LookChoice = (typeof LOOK_CHOICES)[number];
export type Look = Exclude<LookChoice, 'auto'>;

/** Whether an hour lies in `[from, to)`, a span that may cross midnight; an empty span is never night. */
export function isNight(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** The look to wear: a choice as it is, `auto` by the night hours and else as the machine prefers. */
export function lookOf(choice: LookChoice, night: boolean, prefersDark: boolean): Look {
  if (choice !== 'auto') return choice;
  if (night) return 'night';
  return prefersDark ? 'dark' : 'light';
}
