import type { FeedMessage } from './use-feed.ts';

const STATE_WORDS: Readonly<Record<FeedMessage['state'], string>> = {
  applied: 'In force',
  waiting: 'To be looked at',
  dismissed: 'Dismissed',
};

/** What became of a message, in a word or two. */
export function stateWords({ state }: Pick<FeedMessage, 'state'>): string {
  return STATE_WORDS[state];
}
