import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Blank } from '#renderer/ui/Blank.tsx';
import { Fault } from '#renderer/ui/Fault.tsx';
import { useListChoice } from '#renderer/ui/grid/use-list-ask.ts';
import { FeedCounts } from './FeedCounts.tsx';
import styles from './FeedScreen.module.css';
import { MessageList } from './MessageList.tsx';
import { MessagePane } from './MessagePane.tsx';
import { type FeedHeard, type FeedStatus, useFeed } from './use-feed.ts';
import { useOlderMessages } from './use-older-messages.ts';

/** The feed of the hospital's other systems: whether it runs, what it brought, and what a person has to look at. */
export function FeedScreen() {
  const { status, review, trouble } = useFeed();
  if (!status) {
    return trouble ? (
      <Fault title="The feed could not be read." detail={trouble} />
    ) : (
      <p role="status">Reading the feed…</p>
    );
  }
  return (
    <div className={styles.screen}>
      <FeedCounts status={status} />
      {review ? (
        <Messages status={status} review={review} />
      ) : (
        <Blank title="Messages are shown to those who look after patients">
          <p>Nurses, physicians and schedulers see what the feed could not explain, and settle it.</p>
        </Blank>
      )}
    </div>
  );
}

function Messages({ status, review }: { status: FeedStatus; review: NonNullable<FeedHeard['review']> }) {
  const [shown] = useListChoice('show-messages', 'review');
  const [openId, setOpenId] = useState<string>();
  const all = shown === 'all';
  return (
    <>
      <nav className={styles.tabs} aria-label="Messages">
        <Link to="/feed" search={{}} className={styles.tab} data-here={!all || undefined}>
          To be looked at <strong>{status.waiting}</strong>
        </Link>
        <Link to="/feed" search={{ 'show-messages': 'all' }} className={styles.tab} data-here={all || undefined}>
          All messages
        </Link>
      </nav>
      <div className={styles.messages}>
        {all ? (
          <AllMessages openId={openId} onOpen={setOpenId} />
        ) : (
          <MessageList
            list="feed-review"
            label="Messages to be looked at"
            messages={review}
            openId={openId}
            onOpen={setOpenId}
            none="Nothing waits for you"
            fills="A message stands here when nothing known explains it. Later messages of the same patient may explain it by themselves."
          >
            {status.waiting > review.length && (
              <span>The oldest {review.length}; the others follow as these are settled.</span>
            )}
          </MessageList>
        )}
        {openId !== undefined && <MessagePane key={openId} id={openId} onClose={() => setOpenId(undefined)} />}
      </div>
    </>
  );
}

function AllMessages({ openId, onOpen }: { openId: string | undefined; onOpen: (id: string) => void }) {
  const { messages, pages } = useOlderMessages();
  if (pages.isPending) return <p role="status">Reading the messages…</p>;
  if (pages.isError) return <Fault title="The messages could not be read." detail={pages.error.message} />;
  return (
    <MessageList
      list="feed-messages"
      label="All messages"
      states
      part={pages.hasNextPage ? 'newest' : undefined}
      messages={messages}
      openId={openId}
      onOpen={onOpen}
      none="No message came yet"
      fills="Messages of the hospital’s other systems stand here as they came, the newest first."
    >
      <Button loading={pages.isRefetching} onClick={() => void pages.refetch()}>
        Read again
      </Button>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Older messages
        </Button>
      )}
    </MessageList>
  );
}
