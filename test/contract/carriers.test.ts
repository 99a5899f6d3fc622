import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { type Carrier, connectMessagePort, connectWebSocket } from '#renderer/client/carrier.ts';
import type { SocketLike } from '#renderer/client/carrier-wire.ts';
import { serveHttp } from '#transports/http.ts';
import { serveMessagePort } from '#transports/message-port.ts';
import type { TestHub } from '../helpers/hub-parts.ts';
import { type CarrierUnderTest, describeCarrier } from './carrier.suite.ts';

async function startWebSocket(hub: TestHub): Promise<CarrierUnderTest> {
  const server = await serveHttp({ ...hub.link, host: '127.0.0.1', port: 0, openapi: hub.openapi });
  const sockets = new Map<Carrier, WebSocket>();
  return {
    async connect(token) {
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, { origin: server.url });
      const carrier = await connectWebSocket({ url: server.url, token, open: () => socket as unknown as SocketLike });
      sockets.set(carrier, socket);
      return carrier;
    },
    cut: (carrier) => sockets.get(carrier)?.terminate(),
    stop: () => server.close(),
  };
}

async function startPort(hub: TestHub): Promise<CarrierUnderTest> {
  const theirs = new Map<Carrier, { close(): void }>();
  return {
    async connect(token) {
      const { port1, port2 } = new MessageChannel();
      serveMessagePort(port1, hub.link);
      const carrier = await connectMessagePort({ port: port2 as unknown as MessagePort, token });
      theirs.set(carrier, port2);
      return carrier;
    },
    cut: (carrier) => theirs.get(carrier)?.close(),
    async stop() {},
  };
}

describeCarrier('websocket', startWebSocket);
describeCarrier('message port', startPort);
