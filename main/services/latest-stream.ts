import type { CallContext } from '#contract/handlers.ts';
import type { Subscription } from './streams.ts';

/** Least time between two parts: no screen paints live values more than four times a second. */
const MIN_GAP_MS = 250;
/** A part is sent at least this often while the reader keeps up, so that silence means the link is lost. */
const HEARTBEAT_MS = 2_000;

/** What every part carries beside its body: whose it is, its number from 1, and the hub's time (epoch ms). */
export type Streamed<Body> = Body & { readonly subscription: string; readonly n: number; readonly at: number };

export interface LatestOptions<Item, Whole extends object, Changes extends object> {
  readonly context: Pick<CallContext, 'carrier' | 'tokenHash' | 'signal'>;
  /** Body of the first part. Asked after `subscribe`, so that nothing falls between. */
  readonly whole: () => Whole | Promise<Whole>;
  /** Begins to tell what changes; answers how to stop. An item may be a mere key, looked up when its part is made. */
  readonly subscribe: (push: (item: Item) => void) => () => void;
  /** Items with the same key share one slot: the later one stays. */
  readonly keyOf: (item: Item) => string;
  /** For items that add up, such as pieces of a wave: what stays of an unsent item and the one after it. Must be bounded. */
  readonly merge?: (earlier: Item, later: Item) => Item;
  /** Body of a later part, of the items changed since the last; of none for a heartbeat. */
  readonly changes: (items: readonly Item[]) => Changes;
  readonly minGapMs?: number;
  readonly heartbeatMs?: number;
}

interface Desk {
  readonly clock: () => number;
  subscribe(context: LatestOptions<unknown, object, object>['context']): Subscription;
}

/**
 * The whole first, then what changed, the latest only: one slot a key, never a queue. A reader over a socket or a port
 * gets at most two parts ahead of what it says it has drawn; meanwhile its slots are overwritten, and it is given the
 * latest as soon as it draws. Ends when the signal is aborted, and always takes its listeners with it.
 */
export async function* latestStream<Item, Whole extends object, Changes extends object>(
  desk: Desk,
  options: LatestOptions<Item, Whole, Changes>,
): AsyncGenerator<Streamed<Whole | Changes>> {
  const { context, whole, subscribe, keyOf, merge, changes } = options;
  const { minGapMs = MIN_GAP_MS, heartbeatMs = HEARTBEAT_MS } = options;
  if (context.signal.aborted) return;
  const slots = new Map<string, Item>();
  const bell = createBell(context.signal);
  const subscription = desk.subscribe(context);
  subscription.onDrawn(bell.ring);
  const stop = subscribe((item) => {
    const key = keyOf(item);
    const unsent = merge && slots.get(key);
    slots.set(key, merge && unsent !== undefined ? merge(unsent, item) : item);
    bell.ring();
  });
  const stamp = <Body extends object>(body: Body): Streamed<Body> => ({
    ...body,
    subscription: subscription.id,
    n: subscription.sent(),
    at: desk.clock(),
  });
  try {
    yield stamp(await whole());
    let sentAt = performance.now();
    while (!context.signal.aborted) {
      const waited = performance.now() - sentAt;
      const due = slots.size > 0 ? minGapMs : heartbeatMs;
      if (!subscription.ready()) await bell.rung();
      else if (waited < due) await bell.rung(due - waited);
      else {
        const items = [...slots.values()];
        slots.clear();
        sentAt = performance.now();
        yield stamp(changes(items));
      }
    }
  } finally {
    stop();
    subscription.close();
    bell.put();
  }
}

/** Waiting that ends when rung, when the signal is aborted, or after a time. A ring nobody waits for is kept. */
function createBell(signal: AbortSignal) {
  let rang = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    rang = true;
    wake?.();
  };
  signal.addEventListener('abort', ring, { once: true });
  return {
    ring,
    rung(atMostMs?: number): Promise<void> {
      return new Promise((resolve) => {
        if (rang || signal.aborted) {
          rang = false;
          return resolve();
        }
        const timer = atMostMs === undefined ? undefined : setTimeout(() => wake?.(), Math.max(1, atMostMs));
        wake = () => {
          wake = undefined;
          rang = false;
          clearTimeout(timer);
          resolve();
        };
      });
    },
    put: () => signal.removeEventListener('abort', ring),
  };
}
