import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { z } from 'zod';
import type { Contract, signedInUser } from '#contract';
import { CLOSE, ClinicError, SILENCE_MS } from '#contract/wire.ts';
import { fromWire, lost, mendStream } from './carrier-errors.ts';
import { type PortLike, portWire, type SocketLike, socketWire, type Wire } from './carrier-wire.ts';

/** The contract as a console calls it: `await call.beds.assign({ … })`. Failures are `ClinicError`s. */
export type HubClient = ContractRouterClient<Contract>;
export type SignedInUser = z.infer<typeof signedInUser>;

/** Why a link ended: closed by us, ended by the hub because the session is over, or lost. */
export type Ending = 'closed' | 'not-signed-in' | 'lost';

/** One link to the hub. When it ends it is over: connecting again makes a new one. */
export interface Carrier {
  readonly call: HubClient;
  /** Null on a link that may only call what anyone may. */
  readonly user: SignedInUser | null;
  /** Epoch ms by the hub's clock, counted on from its last beat by ours; undefined before the first. */
  hubNow(): number | undefined;
  close(): void;
  /** Told once. Calls under way fail with `unavailable`, streams too. Listening after the end tells at once. */
  onClose(listener: (ending: Ending) => void): () => void;
  /** Told when nothing has been heard for SILENCE_MS although the link has not ended, once for each such silence. */
  onSilence(listener: () => void): () => void;
}

const HANDSHAKE_MS = 5_000;
const LOOK_MS = 200;

/** Signs a WebSocket in. Rejects with `not-signed-in` or `unavailable`. `open` is for runtimes that must say their Origin. */
export async function connectWebSocket({
  url,
  token,
  open = (address) => new WebSocket(address),
}: {
  readonly url: string;
  readonly token: string;
  readonly open?: (url: string) => SocketLike;
}): Promise<Carrier> {
  const socket = open(url);
  const wire = await within(socketWire(socket), () => socket.close());
  return greet(wire, token);
}

/** Signs a port in; without a token it may only call what anyone may. Rejects with `not-signed-in` or `unavailable`. */
export function connectMessagePort({
  port,
  token,
}: {
  readonly port: PortLike;
  readonly token: string | null;
}): Promise<Carrier> {
  return greet(portWire(port), token);
}

function greet(wire: Wire, token: string | null): Promise<Carrier> {
  const link = createLink(wire);
  const greeted = new Promise<Carrier>((resolve, reject) => {
    link.onFirst((answer) => resolve({ ...link.carrier, user: userIn(answer) }));
    link.carrier.onClose((ending) =>
      reject(
        ending === 'not-signed-in' ? new ClinicError('not-signed-in', 'The session has ended. Sign in again.') : lost(),
      ),
    );
  });
  wire.send(JSON.stringify({ token }));
  return within(greeted, wire.close);
}

/** Not answering is as good as not being there. */
async function within<Result>(promise: Promise<Result>, giveUp: () => void): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ClinicError('unavailable', 'The hub does not answer.'));
      giveUp();
    }, HANDSHAKE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    throw error instanceof ClinicError ? error : new ClinicError('unavailable', 'The hub could not be reached.');
  } finally {
    clearTimeout(timer);
  }
}

function userIn(answer: string): SignedInUser | null {
  const { user }: { user: SignedInUser | null } = JSON.parse(answer);
  return user;
}

function createLink(wire: Wire) {
  const target = new EventTarget();
  const endings = new Set<(ending: Ending) => void>();
  let first: (answer: string) => void = () => {};
  let greeted = false;
  let ours = false;
  let ending: Ending | undefined;
  const pulse = createPulse();
  wire.onText((text) => {
    pulse.heard(text);
    if (!greeted) {
      greeted = true;
      first(text);
    } else if (!text.startsWith('{"beat":')) {
      target.dispatchEvent(new MessageEvent('message', { data: text }));
    }
  });
  wire.onClose((code) => {
    if (ending !== undefined) return;
    ending = ours ? 'closed' : code === CLOSE.signedOut ? 'not-signed-in' : 'lost';
    pulse.stop();
    target.dispatchEvent(new Event('close'));
    for (const listener of endings) listener(ending);
  });
  const socket = Object.assign(target, {
    send(text: unknown) {
      if (ending !== undefined) throw lost();
      if (typeof text === 'string') wire.send(text);
    },
    readyState: 1,
  });
  return {
    onFirst(listener: (answer: string) => void) {
      first = listener;
    },
    carrier: {
      call: createClient(socket as unknown as SocketLike),
      hubNow: pulse.hubNow,
      close() {
        ours = true;
        wire.close();
      },
      onClose(listener: (ending: Ending) => void) {
        if (ending !== undefined) listener(ending);
        else endings.add(listener);
        return () => endings.delete(listener);
      },
      onSilence: pulse.onSilence,
    },
  };
}

function createClient(socket: SocketLike): HubClient {
  const link = new RPCLink({
    websocket: socket,
    interceptors: [
      async ({ next, signal }) => {
        try {
          const answer = await next();
          return isStream(answer) ? mendStream(answer, signal) : answer;
        } catch (error) {
          throw fromWire(error, signal);
        }
      },
    ],
  });
  return createORPCClient(link);
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

/** Hears the hub's beats: what time it is there, and whether it has fallen silent. */
function createPulse() {
  const watchers = new Set<() => void>();
  let heardAt = performance.now();
  let silent = false;
  let beat: { readonly hubAt: number; readonly at: number } | undefined;
  const timer = setInterval(() => {
    if (silent || performance.now() - heardAt <= SILENCE_MS) return;
    silent = true;
    for (const watcher of watchers) watcher();
  }, LOOK_MS);
  return {
    heard(text: string) {
      heardAt = performance.now();
      silent = false;
      if (text.startsWith('{"beat":')) beat = { hubAt: Number(text.slice(8, -1)), at: heardAt };
    },
    hubNow: () => beat && beat.hubAt + (performance.now() - beat.at),
    onSilence(watcher: () => void) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    stop: () => clearInterval(timer),
  };
}
