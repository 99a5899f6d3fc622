import type { Sequence } from '#domain/device/sequence.ts';

/** Messages out of order are put in order: a number that is only late within this time was never lost. */
const HELD_MS = 2_000;
/** Gaps held at once; past them the oldest is said at once. */
const MOST_HELD = 1_000;

interface Gap {
  readonly sequence: Sequence;
  readonly from: number;
  readonly to: number;
  missing: number;
  readonly openedAt: number;
  readonly say: (missing: number) => void;
}

/** Numbers that were skipped, held for a moment: what comes in meanwhile fills them, what does not is said to be lost. */
export function createGaps(clock: () => number) {
  let gaps: Gap[] = [];
  return {
    /** `skipped` numbers just below `seq` are missing; `say` marks the loss. */
    open(sequence: Sequence, seq: number, skipped: number, say: (missing: number) => void): void {
      const oldest = gaps.length >= MOST_HELD ? gaps.shift() : undefined;
      oldest?.say(oldest.missing);
      gaps.push({ sequence, from: seq - skipped, to: seq - 1, missing: skipped, openedAt: clock(), say });
    },
    /** A late number came. */
    fill(sequence: Sequence, seq: number): void {
      for (const gap of gaps) if (gap.sequence === sequence && seq >= gap.from && seq <= gap.to) gap.missing -= 1;
    },
    /** Says the gaps held long enough. */
    settle(now: number): void {
      if (gaps.length === 0) return;
      const due = gaps.filter(({ openedAt, missing }) => missing === 0 || now - openedAt >= HELD_MS);
      gaps = gaps.filter((gap) => !due.includes(gap));
      for (const gap of due) if (gap.missing > 0) gap.say(gap.missing);
    },
  };
}
