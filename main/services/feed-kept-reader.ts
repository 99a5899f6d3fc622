import type { FeedMessage } from '#domain/feed/feed.ts';
import { readMessage } from '#domain/feed/message.ts';
import type { FeedNews } from '#domain/feed/news.ts';
import { isVerdict, readNews } from '#domain/feed/read-news.ts';

/** Messages whose news are remembered. */
const MOST_READ = 2_000;

/** Says what a kept message says. The latest read are remembered: one patient's are read again and again. */
export function createKeptReader({
  timeZone: zoneOf,
}: {
  readonly timeZone: () => string;
}): (kept: FeedMessage) => FeedNews | undefined {
  const read = new Map<string, FeedNews>();
  let readIn = '';
  return (kept) => {
    const timeZone = zoneOf();
    if (timeZone !== readIn || read.size >= MOST_READ) read.clear();
    readIn = timeZone;
    const before = read.get(kept.id);
    if (before) return before;
    const message = readMessage(kept.text);
    const news = message && readNews(message, kept.type.split('^')[1] ?? '', { timeZone, receivedAt: kept.receivedAt });
    if (!news || isVerdict(news)) return undefined;
    read.set(kept.id, news);
    return news;
  };
}
