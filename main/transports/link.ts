import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import type { CarrierName } from '#contract/handlers.ts';
import { BEAT_MS, CLOSE } from '#contract/wire.ts';
import type { DoorContext, Router } from './door.ts';
import { borderError, readableOnly } from './errors.ts';
import type { DoorLog } from './log.ts';
import { createAllowance } from './rate.ts';
import type { Entry, SessionGate } from './session-gate.ts';

/** A two-way way to one console, whatever carries it: texts go in order, and either end may close. */
export interface Link {
  readonly carrier: CarrierName;
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Characters sent but not yet on their way. */
  backlog(): number;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
}

export interface LinkParts {
  readonly router: Router;
  readonly sessions: SessionGate;
  readonly log: DoorLog;
  /** Epoch ms, told to the console with every beat. */
  readonly clock: () => number;
}

/** A console must say who it is within this time. */
export const HANDSHAKE_MS = 5_000;
/** Largest message a console may send, in characters. */
export const LARGEST_MESSAGE = 256 * 1_024;
const MOST_CALLS_AT_ONCE = 256;
const LARGEST_BACKLOG = 64 * 1_024 * 1_024;

export type LinkServer = (link: Link, options: { readonly anonymous: boolean }) => void;

/**
 * Serves the contract over links. The first message is `{"token":"…"}` (or `{"token":null}` where nobody may call),
 * answered `{"ok":true,"user":…}`; then calls, and a beat with the hub's time every BEAT_MS. A link whose session ends
 * is closed with 4401 at the next beat but one.
 */
export function createLinkServer(parts: LinkParts): LinkServer {
  const handler = new StandardRPCHandler<DoorContext>(parts.router, {
    interceptors: [readableOnly],
    rootInterceptors: [
      async ({ next }) => {
        const answer = await next();
        if (answer.matched) return answer;
        const body = { json: borderError('not-found', 'There is no such procedure.').toJSON() };
        return { matched: true, response: { status: 404, headers: {}, body } };
      },
    ],
  });
  return (link, { anonymous }) => greet(link, parts, anonymous, (entry) => serveCalls(link, parts, handler, entry));
}

function greet(
  link: Link,
  { sessions }: LinkParts,
  anonymous: boolean,
  open: (entry: Entry | null) => (data: unknown) => void,
) {
  let receive: ((data: unknown) => void) | undefined;
  const late = setTimeout(() => link.close(CLOSE.signedOut, 'no token in time'), HANDSHAKE_MS);
  link.onClose(() => clearTimeout(late));
  link.onMessage((data) => {
    if (receive !== undefined) return receive(data);
    clearTimeout(late);
    const token = tokenIn(data);
    const entry = typeof token === 'string' ? entryOf(sessions, sessions.hashOf(token)) : undefined;
    if (entry === 'unknown') return link.close(CLOSE.stopping, 'sessions cannot be read');
    if (entry === undefined && !(anonymous && token === null)) {
      receive = () => undefined;
      return link.close(CLOSE.signedOut, 'not signed in');
    }
    link.send(JSON.stringify({ ok: true, user: entry?.user ?? null }));
    receive = open(entry ?? null);
  });
}

/** `unknown` where the store cannot be asked, as when the hub is closing it: no reason to sign anybody out. */
function entryOf(sessions: SessionGate, tokenHash: string): Entry | undefined | 'unknown' {
  try {
    return sessions.enter(tokenHash);
  } catch {
    return 'unknown';
  }
}

function tokenIn(data: unknown): string | null | undefined {
  if (typeof data !== 'string' || data.length > 1_000) return undefined;
  try {
    const greeting: unknown = JSON.parse(data);
    if (typeof greeting !== 'object' || greeting === null || !('token' in greeting)) return undefined;
    return typeof greeting.token === 'string' || greeting.token === null ? greeting.token : undefined;
  } catch {
    return undefined;
  }
}

function serveCalls(
  link: Link,
  { sessions, log, clock }: LinkParts,
  handler: StandardRPCHandler<DoorContext>,
  entry: Entry | null,
): (data: unknown) => void {
  const tokenHash = entry?.tokenHash ?? null;
  const peer = new ServerPeer(async (message) => {
    if (typeof message === 'string') link.send(message);
  });
  const context: DoorContext = { carrier: link.carrier, tokenHash };
  const handle = createServerPeerHandleRequestFn(handler, { context });
  const allowed = createAllowance(() => performance.now());
  let over = false;
  let underWay = 0;
  const end = (code: number, reason: string) => {
    if (over) return;
    over = true;
    log.warn('closed a console link', {
      status: code,
      why: reason,
      carrier: link.carrier,
      user: entry?.user.id ?? null,
    });
    peer.close();
    link.close(code, reason);
  };
  const stopBeats = beat(link, clock, () => {
    const now = tokenHash === null ? null : entryOf(sessions, tokenHash);
    if (now === undefined) end(CLOSE.signedOut, 'signed out');
    if (now === 'unknown') end(CLOSE.stopping, 'sessions cannot be read');
  });
  link.onClose(() => {
    over = true;
    stopBeats();
    peer.close();
  });
  return (data) => {
    if (over) return;
    if (typeof data !== 'string') return end(CLOSE.rules, 'texts only');
    if (data.length > LARGEST_MESSAGE) return end(CLOSE.tooLarge, 'message too large');
    if (!allowed(data.length)) return end(CLOSE.rules, 'too many messages');
    if (underWay >= MOST_CALLS_AT_ONCE) return end(CLOSE.rules, 'too many calls at once');
    if (link.backlog() > LARGEST_BACKLOG) return end(CLOSE.rules, 'answers are not read');
    let understood = false;
    underWay += 1;
    peer
      .message(data, (request) => {
        understood = true;
        return handle(request);
      })
      .catch(() => {
        // A call that was understood and failed here failed because the link went away.
        if (!understood) end(CLOSE.rules, 'not understood');
      })
      .finally(() => {
        underWay -= 1;
      });
  };
}

/** Says the hub's time each BEAT_MS and looks in on the session every other time. */
function beat(link: Link, clock: () => number, look: () => void): () => void {
  let beats = 0;
  const timer = setInterval(() => {
    beats += 1;
    if (link.backlog() === 0) link.send(`{"beat":${clock()}}`);
    if (beats % 2 === 0) look();
  }, BEAT_MS);
  return () => clearInterval(timer);
}
