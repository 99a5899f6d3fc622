import type { Verdict } from '#domain/feed/ack.ts';

/** What came in since the hub started. */
export interface FeedCounts {
  note(verdicts: readonly Verdict[], batch: { readonly doubled: number; readonly applied: number }, at: number): void;
  read(): {
    readonly received: number;
    readonly applied: number;
    readonly doubled: number;
    readonly rejected: number;
    readonly lastRejection: { readonly at: number; readonly why: string } | null;
    readonly lastReceivedAt: number | null;
  };
}

export function createFeedCounts(): FeedCounts {
  let counts: ReturnType<FeedCounts['read']> = {
    received: 0,
    applied: 0,
    doubled: 0,
    rejected: 0,
    lastRejection: null,
    lastReceivedAt: null,
  };
  return {
    note(verdicts, { doubled, applied }, at) {
      if (verdicts.length === 0) return;
      const refused = verdicts.filter(({ code }) => code !== 'AA');
      const taken = refused.length < verdicts.length;
      const why = refused.at(-1)?.why;
      counts = {
        received: counts.received + verdicts.length,
        applied: counts.applied + (taken ? applied : 0),
        doubled: counts.doubled + (taken ? doubled : 0),
        rejected: counts.rejected + refused.length,
        lastRejection: why ? { at, why } : counts.lastRejection,
        lastReceivedAt: at,
      };
    },
    read: () => counts,
  };
}
