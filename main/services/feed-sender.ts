import type { Store } from '#domain/clinic/store.ts';
import type { OutgoingMessage } from '#domain/feed/feed.ts';
import { answerOf } from '#domain/feed/outgoing.ts';
import type { ChangeEmitter } from './changes.ts';

/** A way to another system. */
export interface Exchange {
  /** Sends one message and answers what came back; fails in words. */
  exchange(text: string, timeoutMs: number): Promise<{ readonly text: string }>;
  close(): void;
}

export interface FeedSenderDeps extends Pick<Store, 'feed' | 'transact' | 'ledger'> {
  readonly changed: ChangeEmitter;
  readonly clock: () => number;
  /** Where to; null: nowhere. */
  readonly url: () => string | null;
  /** Undefined: an address that cannot be used. */
  readonly connect: (url: string) => Exchange | undefined;
  readonly onFault: (error: unknown) => void;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Shortest and longest wait before trying again. */
  readonly retryMs?: readonly [number, number];
  readonly answerWithinMs?: number;
}

export interface FeedSender {
  state(): { readonly url: string | null; readonly problem: string | null };
  close(): Promise<void>;
}

const RETRY_MS = [1_000, 60_000] as const;
const ANSWER_WITHIN_MS = 15_000;
/** As often the same message may be called wrong: some systems say so of what they are too busy for. */
const MOST_WRONG = 5;

/**
 * Sends what is queued, in order, one message at a time, until the other system has acknowledged it. What it refuses
 * holds back the rest and is tried again; what it calls wrong a few times over, or is refused when the sending is switched
 * off, is given up, and that is told.
 */
export function createFeedSender(deps: FeedSenderDeps): FeedSender {
  const { feed, changed, clock } = deps;
  const [shortest, longest] = deps.retryMs ?? RETRY_MS;
  let way: { readonly url: string; readonly exchange: Exchange } | undefined;
  let problem: string | null = null;
  let refused: OutgoingMessage | undefined;
  let failures = 0;
  let closed = false;
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;

  const wayTo = (url: string): Exchange | undefined => {
    if (way?.url === url) return way.exchange;
    way?.exchange.close();
    const exchange = deps.connect(url);
    way = exchange && { url, exchange };
    return exchange;
  };

  const note = (message: OutgoingMessage, why: string | null): void => {
    problem = why;
    failures = why === null ? 0 : failures + 1;
    deps.transact(() => feed.saveAttempt(message.seq, { sentAt: why === null ? clock() : null, problem: why }));
    changed.feed();
  };

  /** Whether to go straight on. */
  const sendNext = async (): Promise<boolean> => {
    const url = deps.url();
    const message = url === null ? undefined : feed.nextToSend();
    if (url === null || !message) return false;
    const exchange = wayTo(url);
    if (!exchange) {
      note(message, 'The address is not one messages can be sent to: mllp://host:port or mllps://host:port.');
      return false;
    }
    try {
      const answer = await exchange.exchange(message.text, deps.answerWithinMs ?? ANSWER_WITHIN_MS);
      if (closed) return false;
      const { taken, why, wrong = false } = answerOf(answer.text, message.controlId);
      refused = taken ? undefined : message;
      // An answer to something else: this connection has lost its place.
      if (!taken) leave();
      note(message, why);
      if (!wrong || message.attempts + 1 < MOST_WRONG) return taken;
      failures = 0;
      giveUpRefused();
      return true;
    } catch (error) {
      if (!closed) note(message, error instanceof Error ? error.message : 'The other system cannot be reached.');
      return false;
    }
  };

  const leave = (): void => {
    way?.exchange.close();
    way = undefined;
  };

  const run = async (): Promise<void> => {
    try {
      do {
        asked = false;
        while (!closed && (await sendNext()));
      } while (asked && failures === 0);
    } catch (error) {
      failures += 1;
      deps.onFault(error);
    }
    running = undefined;
    if (!closed && failures > 0 && deps.url() !== null) later();
  };

  const later = (): void => {
    clearTimeout(timer);
    const wait = Math.min(longest, shortest * 2 ** Math.min(failures - 1, 16));
    // A share of chance, so that several senders do not come back in step.
    timer = setTimeout(wake, wait * (0.75 + deps.random() / 2)).unref();
  };

  function wake(): void {
    // Whoever asks while the queue is being emptied may have come just after its end was seen.
    asked = true;
    if (closed || running) return;
    clearTimeout(timer);
    running = run();
  }

  const stop = changed.on({
    // A failed attempt tells of itself too: only its timer may try again.
    feed: () => failures === 0 && wake(),
    settings: ({ outgoingHl7Url }) => {
      problem = null;
      failures = 0;
      if (outgoingHl7Url !== null) return wake();
      leave();
      giveUpRefused();
    },
  });

  const giveUpRefused = (): void => {
    const message = refused;
    refused = undefined;
    if (!message) return;
    deps.transact((afterCommit) => {
      feed.giveUp(message.seq);
      const after = { controlId: message.controlId, type: message.type, why: problem };
      const entry = { at: clock(), actor: 'hub', station: null, act: 'feed.givenUp', subject: String(message.seq) };
      deps.ledger.append({ ...entry, before: null, after });
      afterCommit(() => changed.feed());
    });
  };

  wake();
  return {
    state: () => ({ url: deps.url(), problem }),
    async close() {
      closed = true;
      stop();
      clearTimeout(timer);
      leave();
      await running;
    },
  };
}
