import { useEffect, useState } from 'react';
import { useClinic } from '#renderer/client/context.ts';
import { follow } from '#renderer/client/follow.ts';
import { useMe } from '#renderer/client/hooks.ts';
import type { Records } from '#renderer/client/records.ts';

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

/** How the feed does, and what waits for a person, as it changes. */
export function useFeed(): FeedHeard {
  const { may } = useMe();
  const reviews = may('review-feed');
  const { hub, link } = useClinic();
  const [heard, setHeard] = useState<FeedHeard>({ status: undefined, review: undefined, trouble: undefined });
  useEffect(() => {
    return follow<FeedPart>({
      hub,
      link,
      open: (signal) => hub.feed.watch({}, { signal }),
      apply: ({ status, review }) => setHeard({ status, review: reviews ? review : undefined, trouble: undefined }),
      onTrouble: (error) =>
        setHeard((before) => ({
          ...before,
          trouble: error instanceof Error ? error.message : 'The hub did not answer.',
        })),
    });
  }, [hub, link, reviews]);
  return heard;
}
