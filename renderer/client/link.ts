import { BEAT_MS, SILENCE_MS } from '#contract/wire.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Carrier } from './carrier.ts';
import type { HubClient } from './hub.ts';
import { createHubClock, type HubClock } from './hub-clock.ts';

/** `since` is epoch ms on the hub's clock: when the state was entered; for `lost`, when the hub was last heard. */
export interface LinkState {
  readonly state: 'connecting' | 'live' | 'lost';
  readonly since: number;
}

export interface Link {
  state(): LinkState;
  subscribe(listener: () => void): () => void;
  /** The calls of the present connection, or undefined while there is none. */
  calls(): HubClient | undefined;
  readonly clock: HubClock;
  close(): void;
}

interface LinkParts {
  readonly connect: () => Promise<Carrier>;
  /** The hub no longer knows this session. */
  readonly onSignedOut: () => void;
  readonly retryMs?: number;
}

const RETRY_MS = 400;

/**
 * Keeps one connection to the hub: lost when the carrier closes or falls silent, tried again without end. A link that
 * is lost stays lost in the eyes of the screen until the hub has answered again.
 */
export function createLink({ connect, onSignedOut, retryMs = RETRY_MS }: LinkParts): Link {
  const clock = createHubClock(
    () => performance.now(),
    () => Date.now(),
  );
  const listeners = new Set<() => void>();
  let state: LinkState = { state: 'connecting', since: clock.now() };
  let carrier: Carrier | undefined;
  let lastHeard = clock.now();
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listening = setInterval(() => {
    const hubNow = carrier?.hubNow();
    if (hubNow !== undefined) clock.heard(hubNow);
  }, BEAT_MS);

  function become(next: LinkState['state'], since: number) {
    if (state.state === next) return;
    state = { state: next, since };
    for (const listener of listeners) listener();
  }

  function lose(gone: Carrier, heardAt: number) {
    if (carrier !== gone) return;
    carrier = undefined;
    gone.close();
    lastHeard = heardAt;
    become('lost', heardAt);
    if (!closed) retry = setTimeout(attempt, 0);
  }

  function attempt() {
    connect().then(adopt, (error: unknown) => {
      if (closed) return;
      if (error instanceof ClinicError && error.code === 'not-signed-in') return onSignedOut();
      if (state.state === 'connecting' && state.since + retryMs < clock.now()) become('lost', lastHeard);
      retry = setTimeout(attempt, retryMs);
    });
  }

  function adopt(opened: Carrier) {
    if (closed) return opened.close();
    carrier = opened;
    opened.onSilence(() => lose(opened, clock.now() - SILENCE_MS));
    opened.onClose((ending) => {
      if (ending === 'not-signed-in' && !closed) onSignedOut();
      lose(opened, clock.now());
    });
    become('live', clock.now());
  }

  attempt();
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    calls: () => carrier?.call,
    clock,
    close() {
      closed = true;
      clearTimeout(retry);
      clearInterval(listening);
      const open = carrier;
      carrier = undefined;
      open?.close();
    },
  };
}
