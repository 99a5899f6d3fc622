import { createLinkServer, type Link, type LinkParts } from './link.ts';

/** A `MessagePort` of node:worker_threads or Electron's `MessagePortMain`: one tells the data, the other an event with it. */
export interface PortLike {
  postMessage(data: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
  close(): void;
}

/**
 * Serves the contract over a port. Ports have no close codes, so the hub says `{"closed":code}` before it closes one.
 * A port may stay anonymous: then only what `anyone` may call is answered.
 */
export function serveMessagePort(port: PortLike, parts: LinkParts): void {
  createLinkServer(parts)(portLink(port), { anonymous: true });
  port.start?.();
}

function portLink(port: PortLike): Link {
  return {
    carrier: 'message-port',
    send: (text) => port.postMessage(text),
    close(code, reason) {
      port.postMessage(JSON.stringify({ closed: code, reason }));
      port.close();
    },
    backlog: () => 0,
    onMessage: (listener) => port.on('message', (message) => listener(dataOf(message))),
    onClose: (listener) => port.on('close', listener),
  };
}

function dataOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message ? message.data : message;
}
