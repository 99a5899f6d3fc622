import { useEffect, useState } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { follow } from '#renderer/client/follow.ts';
import { useMe, useQueryOf } from '#renderer/client/hooks.ts';
import type { Records } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';

type FeedStream = Records['feed']['watch'];
type FeedPart = FeedStream extends AsyncIterator<infer Part, unknown, unknown> ? Part : never;
export type FeedStatus = FeedPart['status'];
export type FeedMessage = FeedPart['review'][number];

export interface FeedHeard {
  readonly status: FeedStatus | undefined;
  /** Oldest first, at most 500; undefined for those who may not review. */
  readonly review: readonly FeedMessage[] | undefined;
  readonly trouble: string | undefined;
}

/** Nothing tells those who may not review that the counts changed, so they are read again this often. Ms. */
const READ_AGAIN_MS = 10_000;

/** How the feed does, and what waits for a person: pushed to those who review, else read again and again. */
export function useFeed(): FeedHeard {
  const { may } = useMe();
  const reviews = may('review-feed');
  const { hub, link } = useClinic();
  const [heard, setHeard] = useState<FeedHeard>({ status: undefined, review: undefined, trouble: undefined });
  useEffect(() => {
    if (!reviews) return undefined;
    return follow<FeedPart>({
      hub,
      link,
      open: (signal) => hub.feed.watch({}, { signal }),
      apply: ({ status, review }) => setHeard({ status, review, trouble: undefined }),
      onTrouble: (error) =>
        setHeard((before) => ({
          ...before,
          trouble: error instanceof Error ? error.message : 'The hub did not answer.',
        })),
    });
  }, [hub, link, reviews]);
  const status = useQueryOf(['feed', 'status'], (asked) => asked.feed.status({}), { enabled: !reviews });
  const { refetch } = status;
  useEffect(() => {
    if (reviews) return undefined;
    const timer = setInterval(() => void refetch(), READ_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reviews, refetch]);
  if (reviews) return heard;
  return { status: status.data, review: undefined, trouble: status.error ? sayError(status.error) : undefined };
}
