import type { Store } from '#domain/clinic/store.ts';
import type { Belief, FeedMessage } from '#domain/feed/feed.ts';
import type { FlowEvent, Journey, Place, Unexplained } from '#domain/flow/event.ts';
import { journeyOf } from '#domain/flow/journey.ts';
import type { EncounterId } from '#domain/ids.ts';
import type { FlowEngine } from './flow-engine.ts';

export type FeedReview = ReturnType<typeof createFeedReview>;

interface FeedReviewDeps extends Pick<Store, 'feed'> {
  readonly engine: FlowEngine;
}

/** What keeps messages of an encounter from being explained, by their tie break; and by their id, for beliefs. */
interface Reasons {
  readonly byTieBreak: ReadonlyMap<string, string>;
  readonly byMessage: ReadonlyMap<string, string>;
}

const WORDS: Readonly<Record<Unexplained, string>> = {
  'not-here-then': 'The patient was not here then, by all that is known.',
  'left-before': 'The patient had left before that.',
  'already-left': 'The patient had already left.',
  'nothing-to-take-back': 'It takes back something that was never told.',
  'not-on-leave': 'The patient was not away.',
  'bed-held-by-another': 'Somebody else holds the bed.',
  'place-unknown': 'The place is not known.',
};

/**
 * Says anew which messages of an encounter wait, inside the caller's transaction: those whose events the journey does not
 * explain, whose bed somebody else holds, or which believe the patient elsewhere. Answers whether any changed.
 */
export function createFeedReview({ feed, engine }: FeedReviewDeps) {
  return (encounterIds: Iterable<EncounterId>): boolean => {
    const known = new Map<EncounterId, Reasons>();
    const reasonsOf = (encounterId: EncounterId): Reasons => {
      const reasons = known.get(encounterId) ?? findReasons(feed, engine, encounterId);
      known.set(encounterId, reasons);
      return reasons;
    };
    let changed = false;
    for (const encounterId of encounterIds) {
      const { byTieBreak, byMessage } = reasonsOf(encounterId);
      const tieBreaks = [...byTieBreak.keys()];
      const concerned = new Map<string, FeedMessage>();
      for (const message of feed.listOf(encounterId, { waiting: true })) concerned.set(message.id, message);
      if (tieBreaks.length > 0)
        for (const message of feed.listOf(encounterId, { tieBreaks })) concerned.set(message.id, message);
      for (const id of byMessage.keys()) {
        const message = concerned.get(id) ?? feed.find(id);
        if (message) concerned.set(id, message);
      }
      for (const message of concerned.values()) if (settle(feed, message, reasonsOf)) changed = true;
    }
    return changed;
  };
}

/** Whether the message's standing changed. What a person dismissed stays so; what is held is tried again elsewhere. */
function settle(feed: Store['feed'], message: FeedMessage, reasonsOf: (id: EncounterId) => Reasons): boolean {
  if (message.held || message.state === 'dismissed') return false;
  const { encounterId, otherEncounterId, id, tieBreak } = message;
  let why: string | null = null;
  for (const each of [encounterId, otherEncounterId]) {
    if (each === null) continue;
    const reasons = reasonsOf(each);
    why ??= reasons.byTieBreak.get(tieBreak) ?? reasons.byMessage.get(id) ?? null;
  }
  why ??= message.doubt;
  const state = why === null ? 'applied' : 'waiting';
  if (message.state === state && message.why === why) return false;
  feed.save({ ...message, state, why });
  return true;
}

function findReasons(feed: Store['feed'], engine: FlowEngine, encounterId: EncounterId): Reasons {
  const journey = engine.journey(encounterId);
  const beliefs = feed.listBeliefs(encounterId);
  const byTieBreak = new Map<string, string>();
  const byMessage = new Map<string, string>();
  if (journey.unexplained.length === 0 && beliefs.length === 0) return { byTieBreak, byMessage };
  const events = engine.events(encounterId);
  for (const { eventId, why } of journey.unexplained) {
    const event = events.find(({ id }) => id === eventId);
    if (event?.source === 'feed') byTieBreak.set(event.tieBreak, WORDS[why]);
  }
  const knownAt = journeysOf(events);
  for (const belief of beliefs) {
    // A late entry may have put the record right since: what was known when the message was written counts too.
    const agreed = agrees(belief, journey) || agrees(belief, knownAt(belief.recordedAt));
    if (!agreed) byMessage.set(belief.messageId, BELIEVED);
  }
  return { byTieBreak, byMessage };
}

const BELIEVED = 'It says the patient is somewhere else than the record says; it moved nobody.';

/** Whether the patient was there at that moment, or, once gone, was there last. */
function agrees({ at, place }: Belief, { whereabouts }: Journey): boolean {
  const then = whereabouts.findLast(({ from }) => from <= at) ?? whereabouts[0];
  return then !== undefined && within(then.place, place);
}

/** What was known at a time; folded once for all times between two entries. */
function journeysOf(events: readonly FlowEvent[]): (recordedAt: number) => Journey {
  const journeys = new Map<number, Journey>();
  return (recordedAt) => {
    const then = events.filter((event) => event.recordedAt <= recordedAt);
    const journey = journeys.get(then.length) ?? journeyOf(then);
    journeys.set(then.length, journey);
    return journey;
  };
}

/** As precisely as the believed place says. */
function within(place: Place, believed: Place): boolean {
  if (believed.bedId !== null) return place.bedId === believed.bedId;
  if (believed.areaId !== null) return place.areaId === believed.areaId;
  if (believed.roomId !== null) return place.roomId === believed.roomId;
  return place.wardId === believed.wardId;
}
