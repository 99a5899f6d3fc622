import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useHub } from '#renderer/client/hooks.ts';

const PAGE = 200;

/** Every message the feed brought, newest first, a page at a time. Messages of one moment stand on one page or two, once each. */
export function useOlderMessages() {
  const hub = useHub();
  const pages = useInfiniteQuery({
    queryKey: ['feed', 'messages'],
    queryFn: ({ pageParam }) =>
      hub.feed.messages({ limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.length < PAGE ? undefined : last.at(-1)?.receivedAt),
    refetchOnMount: 'always',
  });
  const messages = useMemo(
    () => [...new Map((pages.data?.pages.flat() ?? []).map((message) => [message.id, message])).values()],
    [pages.data],
  );
  return { messages, pages };
}
