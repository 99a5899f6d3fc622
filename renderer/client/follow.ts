import type { HubClient } from './hub.ts';
import type { Link } from './link.ts';

/** What every streamed part carries beside its load. */
export interface StreamPart {
  readonly subscription: string;
  readonly n: number;
  readonly at: number;
}

interface Following<Part extends StreamPart> {
  readonly hub: HubClient;
  readonly link: Link;
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<Part>>;
  readonly apply: (part: Part) => void;
  /** The hub refused the stream; it is asked again after a pause. */
  readonly onTrouble?: (error: unknown) => void;
}

const AGAIN_MS = 1_000;

/**
 * Follows a stream for as long as the returned function is not called: over every reconnect it is opened anew and so
 * begins with the whole. Each part is acknowledged once applied, which is what lets the hub send the next.
 */
export function follow<Part extends StreamPart>({ hub, link, open, apply, onTrouble }: Following<Part>): () => void {
  let stop: AbortController | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  async function read(signal: AbortSignal) {
    for await (const part of await open(signal)) {
      if (signal.aborted) return;
      apply(part);
      hub.streams.drew({ subscription: part.subscription, n: part.n }).catch(() => undefined);
    }
  }

  function start() {
    clearTimeout(again);
    stop?.abort();
    if (ended || link.state().state !== 'live') return;
    const own = new AbortController();
    stop = own;
    read(own.signal)
      .catch((error: unknown) => {
        if (!own.signal.aborted) onTrouble?.(error);
      })
      .finally(() => {
        if (stop === own && !own.signal.aborted && !ended) again = setTimeout(start, AGAIN_MS);
      });
  }

  const unsubscribe = link.subscribe(start);
  start();
  return () => {
    ended = true;
    unsubscribe();
    clearTimeout(again);
    stop?.abort();
  };
}
