/** One timer for all who watch time pass at a pace; it runs only while someone watches. */
export interface Ticker {
  subscribe(listener: () => void): () => void;
}

function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        for (const told of listeners) told();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

const tickers = new Map<number, Ticker>();

/** The shared ticker of a pace. */
export function tickerOf(everyMs: number): Ticker {
  const known = tickers.get(everyMs);
  if (known) return known;
  const made = createTicker(everyMs);
  tickers.set(everyMs, made);
  return made;
}
