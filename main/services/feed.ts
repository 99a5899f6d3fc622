import type { contract } from '#contract';
import type { Actor, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import type { FeedMessage, FeedStanding } from '#domain/feed/feed.ts';
import { formalName, initials } from '#domain/patient/patient.ts';
import { allows } from '#domain/user/role.ts';
import type { ChangeEmitter } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import type { FeedCounts } from './feed-counts.ts';
import type { FeedInbox } from './feed-inbox.ts';
import type { Streams } from './streams.ts';

interface FeedDeps extends Pick<Store, 'feed' | 'patients' | 'ledger'> {
  readonly counts: FeedCounts;
  readonly inbox: Pick<FeedInbox, 'retry'>;
  readonly streams: Streams;
  readonly changed: ChangeEmitter;
  readonly clock: () => number;
  /** The listener's address; null while it is off. */
  readonly listening: () => { readonly url: string | null; readonly connections: number };
  readonly sending: () => { readonly url: string | null; readonly problem: string | null };
}

type Handlers = HandlersOf<typeof contract.feed>;
type Row = Omit<FeedStanding, 'hash' | 'recordedAt' | 'tieBreak' | 'otherEncounterId' | 'held' | 'doubt'> & {
  readonly displayName: string | null;
};

const REVIEW_LIMIT = 500;
/** A busy feed changes many times a second. */
const WATCH_GAP_MS = 1_000;

/** The messages of the hospital's other systems: how the feed does, and what a person has to look at. */
export function createFeed(deps: FeedDeps): Handlers {
  const { feed, ledger, changed, clock, inbox, streams } = deps;
  const rows = (messages: readonly FeedStanding[], actor: Actor) =>
    messages.map((message) => rowFor(deps, message, actor));
  const status = () => statusOf(deps);
  const waiting = (id: string): FeedMessage => {
    const message = found(feed.find(id), 'This message');
    if (message.state !== 'waiting')
      throw refused('not-waiting', 'This message is no longer waiting. Nothing was changed.');
    return message;
  };

  return {
    status,
    watch: (_input, context) => {
      const { actor } = context;
      const review = () => (allows(actor.roles, 'review-feed') ? rows(feed.listWaiting(REVIEW_LIMIT), actor) : []);
      const body = () => ({ status: status(), review: review() });
      return streams.latest({
        context,
        whole: () => ({ kind: 'whole' as const, ...body() }),
        subscribe: (push) => changed.on({ feed: () => push('feed') }),
        keyOf: () => 'feed',
        changes: () => ({ kind: 'changes' as const, ...body() }),
        minGapMs: WATCH_GAP_MS,
      });
    },
    review: (input, { actor }) => rows(feed.listWaiting(input?.limit ?? REVIEW_LIMIT), actor),
    messages: ({ before, limit }, { actor }) =>
      rows(feed.list({ limit, ...(before === undefined ? {} : { before }) }), actor),
    message: ({ id }, { actor }) => {
      const { text, ...message } = found(feed.find(id), 'This message');
      return { ...rowFor(deps, message, actor), text: text.replaceAll('\r', '\n') };
    },
    dismiss: ({ id, reason }, context) =>
      context.commit((afterCommit) => {
        const message = waiting(id);
        const settled = { state: 'dismissed', why: null, held: false } as const;
        feed.save({ ...message, ...settled, settledBy: context.actor.id, settleReason: reason });
        const change = { before: { state: 'waiting', why: message.why }, after: { state: 'dismissed', reason } };
        ledger.append(entryBy(context, clock(), { act: 'feed.dismissed', subject: id, ...change }));
        afterCommit(() => changed.feed());
        return { ok: true };
      }),
    retry: ({ id }, context) =>
      context.commit((afterCommit) => {
        const before = waiting(id);
        inbox.retry(id, afterCommit);
        const after = found(feed.find(id), 'This message');
        const facts = ({ state, why }: FeedMessage) => ({ state, why });
        const change = { before: facts(before), after: facts(after) };
        ledger.append(entryBy(context, clock(), { act: 'feed.retried', subject: id, ...change }));
        const { text: _, ...standing } = after;
        return rowFor(deps, standing, context.actor);
      }),
  };
}

function statusOf({ feed, counts, listening, sending }: FeedDeps) {
  return {
    ...listening(),
    ...counts.read(),
    waiting: feed.countWaiting(),
    outgoing: { ...sending(), unsent: feed.countUnsent(), lastSentAt: feed.lastSentAt(), ...givenUp(feed) },
  };
}

function givenUp(feed: FeedDeps['feed']) {
  const { count, last } = feed.givenUp();
  return { givenUp: count, lastGivenUp: last && { type: last.type, at: last.createdAt, why: last.problem ?? '' } };
}

/** A message as its reader may see it. */
function rowFor({ patients }: FeedDeps, message: FeedStanding, { roles }: Actor): Row {
  const { hash: _, recordedAt: __, tieBreak: ___, otherEncounterId, held, doubt, ...row } = message;
  const name = message.patientId === null ? undefined : patients.find(message.patientId)?.name;
  const shown = name && (allows(roles, 'see-names') ? formalName(name) : initials(name));
  return { ...row, displayName: shown ?? null };
}
