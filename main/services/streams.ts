import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import { type LatestOptions, latestStream, type Streamed } from './latest-stream.ts';

/** Parts a reader over a socket or a port may leave unanswered before its stream pauses. */
export const CREDIT = 2;

/** One reader of one stream. */
export interface Subscription {
  readonly id: string;
  /** Whether another part may be sent now. */
  ready(): boolean;
  /** Counts a part as sent and gives it its number, from 1. */
  sent(): number;
  onDrawn(listener: () => void): void;
  close(): void;
}

export interface Streams {
  readonly handlers: HandlersOf<typeof contract.streams>;
  readonly clock: () => number;
  /** A latest-only stream for the caller: see `latestStream`. */
  latest<Item, Whole extends object, Changes extends object>(
    options: LatestOptions<Item, Whole, Changes>,
  ): AsyncGenerator<Streamed<Whole | Changes>>;
  subscribe(context: Pick<CallContext, 'carrier' | 'tokenHash'>): Subscription;
  /** Streams being read now. */
  open(): number;
}

interface Reader {
  readonly owner: string | null;
  drew(n: number): void;
}

/** Who reads which stream, and what they have drawn of it. */
export function createStreams({ clock, newId }: { clock: () => number; newId: () => string }): Streams {
  const readers = new Map<string, Reader>();
  const streams: Streams = {
    clock,
    handlers: {
      // A part drawn of a stream that has just ended is no mistake; of somebody else's stream it changes nothing.
      drew({ subscription, n }, { tokenHash }) {
        const reader = readers.get(subscription);
        if (reader?.owner === tokenHash) reader?.drew(n);
        return { ok: true };
      },
    },
    latest: (options) => latestStream(streams, options),
    subscribe({ carrier, tokenHash }) {
      const id = newId();
      let sent = 0;
      let drawn = 0;
      let told = () => {};
      readers.set(id, {
        owner: tokenHash,
        drew(n) {
          if (n <= drawn || n > sent) return;
          drawn = n;
          told();
        },
      });
      return {
        id,
        // Over HTTP the reader's own pull holds the stream back.
        ready: () => carrier === 'http' || sent - drawn < CREDIT,
        sent() {
          sent += 1;
          return sent;
        },
        onDrawn(listener) {
          told = listener;
        },
        close: () => readers.delete(id),
      };
    },
    open: () => readers.size,
  };
  return streams;
}
