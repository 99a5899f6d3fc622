import type { Store } from '#domain/clinic/store.ts';
import type { EncounterId } from '#domain/ids.ts';
import type { ChangeEmitter } from './changes.ts';
import type { FeedReview } from './feed-review.ts';

interface FollowUpDeps extends Pick<Store, 'transact'> {
  readonly changed: ChangeEmitter;
  readonly onFault: (error: unknown) => void;
}

/** Acts at consoles, and beds that go to whoever waited for them, explain messages too: looked at once they are committed. */
export function createFollowUp(deps: FollowUpDeps, review: FeedReview) {
  const { changed, transact } = deps;
  const due = new Set<EncounterId>();
  let justReviewed = new Set<EncounterId>();
  let scheduled = false;
  const look = (): void => {
    scheduled = false;
    const encounters = [...due];
    due.clear();
    try {
      transact((afterCommit) => {
        if (review(encounters)) afterCommit(() => changed.feed());
      });
    } catch (failure) {
      deps.onFault(failure);
    }
  };
  const stop = changed.on({
    flow(encounterId) {
      if (justReviewed.delete(encounterId)) return;
      due.add(encounterId);
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(look);
    },
  });
  return {
    stop,
    /** These were looked at in the transaction that is about to be committed. */
    reviewed: (encounters: ReadonlySet<EncounterId>) => {
      justReviewed = new Set(encounters);
    },
  };
}
