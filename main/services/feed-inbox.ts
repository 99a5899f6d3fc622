import type { Store } from '#domain/clinic/store.ts';
import { acknowledge, type Header, TAKEN, type Verdict } from '#domain/feed/ack.ts';
import type { FeedMessage, Word } from '#domain/feed/feed.ts';
import { error, faultOf, headerOf } from '#domain/feed/header.ts';
import { readMessage } from '#domain/feed/message.ts';
import { stampOf } from '#domain/feed/moment.ts';
import type { FeedNews } from '#domain/feed/news.ts';
import { partsOf } from '#domain/feed/parts.ts';
import { isVerdict, readNews } from '#domain/feed/read-news.ts';
import { fingerprintOf, tieBreakOf } from '#domain/feed/word.ts';
import type { EncounterId, PatientId } from '#domain/ids.ts';
import type { ChangeEmitter } from './changes.ts';
import { createFeedApply, type FeedApplyDeps, type Outcome, type Telling } from './feed-apply.ts';
import type { FeedCounts } from './feed-counts.ts';
import { createFollowUp } from './feed-follow-up.ts';
import { createFeedHeld } from './feed-held.ts';
import { createKeptReader } from './feed-kept-reader.ts';
import { createFeedPeople } from './feed-people.ts';
import { createFeedPlaces } from './feed-places.ts';
import { reapplyVisit } from './feed-reapply.ts';
import { createFeedReview } from './feed-review.ts';
import { settleUnnumbered } from './feed-unnumbered.ts';
import { brokenWords, FAULT, NO_ROOM, noRoom, ofTheDisk, UNANSWERED } from './feed-verdicts.ts';
import { createFeedVisits } from './feed-visits.ts';
import type { FlowEngine } from './flow-engine.ts';

/** A message as the listener hands it over. */
export interface Arrived {
  /** Each byte a character, lines ended by CR. */
  readonly bytes: string;
  readonly text: string;
  readonly doubtful: boolean;
  readonly broken: 'cut' | 'too-long' | null;
}

export interface FeedInboxDeps
  extends Pick<
    Store,
    | 'transact'
    | 'feed'
    | 'flow'
    | 'patients'
    | 'encounters'
    | 'merges'
    | 'locations'
    | 'areas'
    | 'bedStates'
    | 'tasks'
    | 'assignments'
    | 'ledger'
  > {
  readonly engine: FlowEngine;
  readonly changed: ChangeEmitter;
  readonly counts: FeedCounts;
  readonly clock: () => number;
  /** Milliseconds that never go back, for keeping a turn short. */
  readonly elapsed: () => number;
  readonly newId: () => string;
  /** SHA-256, hex. */
  readonly digest: (text: string) => string;
  readonly timeZone: () => string;
  /** Something of ours failed; the message was answered AE. */
  readonly onFault: (error: unknown) => void;
}

export interface FeedInbox {
  /**
   * Takes messages in order, all in one transaction, and answers each once that is on disk; fewer than it was given when
   * the hub has to look after other things first.
   */
  receive(arrivals: readonly Arrived[]): (string | null)[];
  /** Whether the latest messages could not be taken by a fault of ours. */
  ailing(): boolean;
  /** Tries a waiting message again. */
  retry(id: string, afterCommit: AfterCommit): void;
  close(): void;
}

type AfterCommit = (tell: () => void) => void;
type Touched = Telling['touched'];

/** A turn of the hub’s loop may be held this long: vital signs wait behind it, and each commit costs as much as ten messages. */
const TURN_MS = 15;
/** Waiting messages tried again in one turn. */
const MOST_TRIES = 50;

export function createFeedInbox(deps: FeedInboxDeps): FeedInbox {
  const { feed, changed, counts } = deps;
  const places = createFeedPlaces(deps);
  const parts: FeedApplyDeps = {
    ...deps,
    places,
    people: createFeedPeople(deps),
    visits: createFeedVisits(deps),
  };
  const apply = createFeedApply(parts);
  const review = createFeedReview(deps);
  let answers = 0;
  let ailing = false;
  let waking: NodeJS.Immediate | undefined;
  const started = deps.clock().toString(36);

  const acknowledgement = (verdict: Verdict, header: Header): string | null => {
    answers += 1;
    const own = { stamp: stampOf(deps.clock(), deps.timeZone()), controlId: `WL${started}${answers.toString(36)}` };
    return acknowledge(verdict, header, own);
  };

  const readAgain = createKeptReader(deps);
  const reapply = { ...parts, read: readAgain };

  /** Whose messages without a visit number may mean another visit now: the patient's, and of a moved visit the former's. */
  const concerned = ({ patientId }: FeedMessage, stale: readonly string[]): ReadonlySet<PatientId> => {
    const former = stale.flatMap((visitNumber) => feed.visit(visitNumber)?.told?.patientId ?? []);
    return new Set([...(patientId === null ? [] : [patientId]), ...former]);
  };

  /** Applies a message and all that follows from it; answers how it stands. */
  const applied = (kept: FeedMessage, news: FeedNews, context: Context): FeedMessage => {
    const outcome = apply({ message: kept, news, ...context });
    const { stale, believed, why, ...standing } = outcome;
    const doubt = kept.doubt ?? standing.doubt;
    const message: FeedMessage = { ...kept, ...standing, doubt, ...stateOf(outcome, doubt) };
    feed.save(message);
    if (believed) feed.saveBelief({ messageId: message.id, ...believed });
    for (const visitNumber of new Set(stale)) reapplyVisit(reapply, visitNumber, context);
    touch(message, context.touched);
    for (const patientId of concerned(message, stale)) settleUnnumbered(reapply, patientId, context);
    held.stir(context.touched.patients, message.visitNumber);
    return feed.find(message.id) ?? message;
  };

  const held = createFeedHeld({
    ...parts,
    news: (id) => {
      const message = feed.find(id);
      return message && readAgain(message);
    },
  });

  /** What waits for its patient or visit may go through now. */
  const retryHeld = (batch: Batch): void => {
    const attempt = (id: string): boolean => {
      const message = feed.find(id);
      const news = message?.held ? readAgain(message) : undefined;
      let went = false;
      batch.tries += 1;
      if (message && news)
        guarded(batch, (context) => {
          went = !applied(message, news, context).held;
        });
      return went;
    };
    held.retry(attempt, () => batch.tries >= MOST_TRIES || isLong(batch));
  };

  const isLong = ({ since }: Batch): boolean => deps.elapsed() - since > TURN_MS;

  const take = (arrived: Arrived, header: Header, news: FeedNews, facts: NewMessage, context: Context): void => {
    const { hash, word } = facts;
    const kept: FeedMessage = {
      id: deps.newId(),
      controlId: header.controlId,
      hash,
      type: `${header.type}^${header.event}`,
      sender: senderOf(header),
      receivedAt: context.now,
      copies: 1,
      text: arrived.text,
      state: 'applied',
      why: null,
      patientId: null,
      encounterId: null,
      visitNumber: null,
      settledBy: null,
      settleReason: null,
      ...word,
      otherEncounterId: null,
      held: false,
      doubt: arrived.doubtful ? CHARACTERS : null,
    };
    applied(kept, news, context);
  };

  const one = (arrived: Arrived, header: Header, batch: Batch): Verdict => {
    const fault = brokenWords(arrived) ?? faultOf(header, arrived.bytes);
    if (fault) return fault;
    const verdicts = partsOf(arrived.text, header.event).map((text) => part({ ...arrived, text }, header, batch));
    const verdict = verdicts.find((each) => each !== TAKEN && each !== DOUBLED) ?? TAKEN;
    if (verdicts.every((each) => each === DOUBLED)) batch.doubled += 1;
    else if (verdict === TAKEN) batch.applied += 1;
    retryHeld(batch);
    return verdict;
  };

  const part = (arrived: Arrived, header: Header, batch: Batch): Verdict => {
    const message = readMessage(arrived.text);
    if (!message) return error('The message does not begin with MSH and its separators.', 'MSH', 100);
    const hash = deps.digest(fingerprintOf(arrived.text, message));
    const before = feed.findTwin(header.controlId, hash);
    if (before) {
      feed.countCopy(before.id);
      return DOUBLED;
    }
    const news = readNews(message, header.event, { timeZone: deps.timeZone(), receivedAt: batch.now });
    if (isVerdict(news)) return news;
    const word = { recordedAt: news.recordedAt, tieBreak: tieBreakOf(header.controlId, hash) };
    return guarded(batch, (context) => take(arrived, header, news, { hash, word }, context));
  };

  /** One message's fault harms no other: what it did is undone, and its sender is asked to send it again. */
  const guarded = (batch: Batch, work: (context: Context) => void): Verdict => {
    const touched: Touched = { patients: new Set(), encounters: new Set() };
    try {
      deps.transact((afterCommit) => work({ now: batch.now, afterCommit, touched }));
    } catch (failure) {
      places.forget();
      if (noRoom(failure) || ofTheDisk(failure)) throw failure;
      deps.onFault(failure);
      return FAULT;
    }
    for (const encounterId of touched.encounters) batch.touched.add(encounterId);
    return TAKEN;
  };

  const followUp = createFollowUp(deps, review);

  const batchOf = (): Batch => ({
    now: deps.clock(),
    since: deps.elapsed(),
    touched: new Set(),
    doubled: 0,
    applied: 0,
    tries: 0,
  });

  const turn = (arrivals: readonly Arrived[]): Verdict[] => {
    let verdicts: Verdict[] = [];
    const batch = batchOf();
    try {
      deps.transact((afterCommit) => {
        if (arrivals.length === 0) retryHeld(batch);
        for (const arrived of arrivals) {
          const header = headerOf(arrived.bytes);
          verdicts.push(header.type === 'ACK' ? UNANSWERED : one(arrived, header, batch));
          if (isLong(batch)) break;
        }
        review(batch.touched);
        followUp.reviewed(batch.touched);
        afterCommit(() => changed.feed());
      });
      ailing = false;
      later();
    } catch (failure) {
      places.forget();
      held.forget();
      deps.onFault(failure);
      ailing = true;
      verdicts = arrivals.map(() => (noRoom(failure) ? NO_ROOM : FAULT));
    }
    counts.note(verdicts, batch, deps.clock());
    return verdicts;
  };

  /** What there was no time to try again has a turn of its own. */
  const later = (): void => {
    if (waking || !held.due()) return;
    waking = setImmediate(() => {
      waking = undefined;
      turn([]);
    });
  };

  return {
    receive(arrivals) {
      const verdicts = turn(arrivals);
      return arrivals.slice(0, verdicts.length).map(({ bytes }, index) => {
        const header = headerOf(bytes);
        return header.type === 'ACK' ? null : acknowledgement(verdicts[index] ?? FAULT, header);
      });
    },

    ailing: () => ailing,

    retry(id, afterCommit) {
      const message = feed.find(id);
      const news = message && readAgain(message);
      if (!message || !news) return;
      const batch = batchOf();
      const touched: Touched = { patients: new Set(), encounters: batch.touched };
      if (message.held) {
        applied(message, news, { now: batch.now, afterCommit, touched });
        retryHeld(batch);
      } else touch(message, touched);
      review(batch.touched);
      afterCommit(() => changed.feed());
      afterCommit(later);
    },

    close() {
      clearImmediate(waking);
      followUp.stop();
    },
  };
}

type Context = Omit<Telling, 'message' | 'news'>;

interface NewMessage {
  readonly hash: string;
  readonly word: Word;
}

interface Batch {
  readonly now: number;
  /** When its turn began. */
  readonly since: number;
  readonly touched: Set<EncounterId>;
  doubled: number;
  applied: number;
  /** Waiting messages tried again. */
  tries: number;
}

/** Taken before. */
const DOUBLED: Verdict = { ...TAKEN };
const CHARACTERS = 'The characters of the message are not those its MSH-18 names: names may be wrong.';
function senderOf({ sender, separators }: Header): string {
  const [application, facility] = sender.map((part) => part.split(separators.component || '^')[0] ?? '');
  return [application, facility].filter(Boolean).join(' / ').slice(0, 100);
}

function stateOf({ held, why }: Outcome, doubt: string | null): Pick<FeedMessage, 'state' | 'why'> {
  const waits = held ? (why ?? 'It could not be applied.') : doubt;
  return waits === null ? { state: 'applied', why: null } : { state: 'waiting', why: waits };
}

function touch({ patientId, encounterId, otherEncounterId }: FeedMessage, { patients, encounters }: Touched): void {
  if (patientId !== null) patients.add(patientId);
  if (encounterId !== null) encounters.add(encounterId);
  if (otherEncounterId !== null) encounters.add(otherEncounterId);
}
