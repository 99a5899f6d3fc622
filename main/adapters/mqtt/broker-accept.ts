import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import type { BrokerSettings } from './broker-messages.ts';

const MOST_CLIENTS = 12_000;
/** Connections between their first byte and their sign-in; the others wait, so that a storm does not stall the loop. */
const MOST_PLAIN_HANDSHAKES = 256;
const MOST_TLS_HANDSHAKES = 32;
const HANDSHAKE_MS = 10_000;

/** Takes connections no faster than they can be signed in, and no more than there is room for. */
export function createAcceptor(
  { tls }: Pick<BrokerSettings, 'tls'>,
  handle: (socket: Socket, signedIn: () => void) => void,
): { readonly server: Server; clients(): number; end(): void } {
  const open = new Set<Socket>();
  const waiting = new Set<Socket>();
  const secureContext = tls ? createSecureContext({ ...tls, minVersion: 'TLSv1.2' }) : null;
  const most = tls ? MOST_TLS_HANDSHAKES : MOST_PLAIN_HANDSHAKES;
  let busy = 0;

  function next(): void {
    for (const socket of waiting) {
      if (busy >= most) return;
      waiting.delete(socket);
      busy += 1;
      begin(socket);
    }
  }

  function begin(socket: Socket): void {
    const done = once(() => {
      busy -= 1;
      next();
    });
    socket.once('close', done);
    if (secureContext) secure(socket, secureContext, (encrypted) => handle(encrypted, done));
    else handle(socket, done);
  }

  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (open.size >= MOST_CLIENTS) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      waiting.delete(socket);
    });
    waiting.add(socket);
    next();
  });
  return {
    server,
    clients: () => open.size,
    end() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function secure(socket: Socket, secureContext: SecureContext, ready: (encrypted: TLSSocket) => void): void {
  const encrypted = new TLSSocket(socket, { isServer: true, secureContext });
  const late = setTimeout(() => socket.destroy(), HANDSHAKE_MS);
  encrypted.once('close', () => clearTimeout(late));
  encrypted.on('error', () => socket.destroy());
  encrypted.once('secure', () => {
    clearTimeout(late);
    ready(encrypted);
  });
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
