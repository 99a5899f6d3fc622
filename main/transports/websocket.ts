import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE } from '#contract/wire.ts';
import { createLinkServer, LARGEST_MESSAGE, type Link, type LinkParts } from './link.ts';
import { isOwnHost, isOwnOrigin, type OwnAddress } from './origin.ts';

const PING_MS = 5_000;
/** A socket that answered no ping for this long is given up: its other end is gone without a word. */
const SILENT_MS = 15_000;
/** How long a closed socket may take to say goodbye. */
const GOODBYE_MS = 1_000;
const MOST_SOCKETS = 500;

/**
 * Serves the contract on `/ws` of an HTTP server. Only pages we served may open it (403 else, also without an Origin).
 * A token in the address is ignored: it would end up in logs.
 */
export function serveWebSocket(server: Server, own: () => OwnAddress, parts: LinkParts): { close(): void } {
  const serve = createLinkServer(parts);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, own(), sockets.clients.size);
    if (refusal !== undefined) {
      parts.log.warn('refused a socket', { status: refusal });
      return refuseUpgrade(socket, refusal);
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      keepAlive(opened);
      serve(socketLink(opened), { anonymous: false });
    });
  });
  return {
    close() {
      for (const socket of sockets.clients) endSocket(socket, CLOSE.stopping, 'the hub stops');
      sockets.close();
    },
  };
}

function refusalOf(request: IncomingMessage, own: OwnAddress, open: number): string | undefined {
  const { host, origin } = request.headers;
  if (!isOwnHost(host, own) || !isOwnOrigin(origin, host, own)) return '403 Forbidden';
  if (request.url?.split('?')[0] !== '/ws') return '404 Not Found';
  return open >= MOST_SOCKETS ? '503 Service Unavailable' : undefined;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function socketLink(socket: WebSocket): Link {
  return {
    carrier: 'websocket',
    send(text) {
      if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (code, reason) => endSocket(socket, code, reason),
    backlog: () => socket.bufferedAmount,
    onMessage: (listener) => socket.on('message', (data, binary) => listener(binary ? data : data.toString())),
    onClose: (listener) => socket.on('close', listener),
  };
}

function endSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  const impatient = setTimeout(() => socket.terminate(), GOODBYE_MS);
  socket.once('close', () => clearTimeout(impatient));
}

function keepAlive(socket: WebSocket): void {
  let heardAt = performance.now();
  const heard = () => {
    heardAt = performance.now();
  };
  socket.on('pong', heard);
  socket.on('message', heard);
  // ws closes by itself after an error (frame too large: 1009); it only wants somebody to listen.
  socket.on('error', () => setTimeout(() => socket.terminate(), GOODBYE_MS));
  const timer = setInterval(() => {
    if (performance.now() - heardAt > SILENT_MS) return socket.terminate();
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_MS);
  socket.on('close', () => clearInterval(timer));
}
