/** Most messages a second a connection may send for long, and at once. */
const MESSAGES_A_SECOND = 500;
const BURST = 1_000;
/** A message counts once for each started share of this many characters. */
const SHARE = 8_192;

/** Counts messages against an allowance that refills with time; false when it is used up. `now` in ms, never going back. */
export function createAllowance(now: () => number): (characters: number) => boolean {
  let left = BURST;
  let at = now();
  return (characters) => {
    const time = now();
    left = Math.min(BURST, left + ((time - at) / 1_000) * MESSAGES_A_SECOND);
    at = time;
    left -= 1 + Math.floor(characters / SHARE);
    return left >= 0;
  };
}
