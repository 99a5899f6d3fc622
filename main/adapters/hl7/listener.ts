import { type BlockList, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { decodeFrame } from './decoding.ts';
import { type Arrival, type Connection, createDesk, type Desk, type DeskLimits, type DeskOptions } from './desk.ts';
import { createFrameReader } from './frames.ts';
import { isPeer } from './peers.ts';

export interface ListenerOptions extends DeskOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** `ca`: senders show a certificate it signed, or are not heard. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer };
  /** Only these may connect; absent: anybody who can. */
  readonly peers?: BlockList;
  /** Somebody else tried. */
  readonly onStranger?: (address: string) => void;
  readonly onConnections?: (open: number) => void;
  readonly limits?: Partial<ListenerLimits>;
}

export interface ListenerLimits extends DeskLimits {
  readonly maxBytes: number;
  readonly maxConnections: number;
  /** A message that has begun must end within this time. */
  readonly frameMs: number;
  /** Bytes outside messages before a connection is cut. */
  readonly maxStray: number;
}

export interface Listener {
  /** `mllp://host:port`, or `mllps://` with TLS. */
  readonly url: string;
  connections(): number;
  close(): Promise<void>;
}

const LIMITS: ListenerLimits = {
  maxBytes: 1_048_576,
  maxConnections: 64,
  frameMs: 30_000,
  maxStray: 65_536,
  mostBytes: 4_194_304,
  mostBytesInAll: 67_108_864,
};

/** Takes HL7 v2 messages over MLLP. Nothing a sender does reaches further than its own connection. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const limits = { ...LIMITS, ...options.limits };
  const connections = new Set<Connection>();
  const desk = createDesk(options, limits);
  const sockets = new Set<Socket>();
  const welcome = (socket: Socket): void => {
    if (socket.destroyed) return;
    if (connections.size >= limits.maxConnections) longestSilent(connections)?.socket.destroy();
    const connection = attend(socket, limits, desk);
    connections.add(connection);
    options.onConnections?.(connections.size);
    socket.once('close', () => {
      connections.delete(connection);
      desk.leave(connection);
      options.onConnections?.(connections.size);
    });
  };
  const { tls, peers } = options;
  const server = tls
    ? createTlsServer(
        { ...tls, requestCert: tls.ca !== undefined, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 },
        welcome,
      )
    : createTcpServer(welcome);
  // Strangers go before anything else is done; those whose handshake is not yet done are ended with the rest.
  server.prependListener('connection', (socket: Socket) => {
    if (peers && !isPeer(peers, socket.remoteAddress)) {
      socket.destroy();
      options.onStranger?.(socket.remoteAddress ?? 'unknown');
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // Handshakes not yet done count too; the longest silent of the others makes room before this is reached.
  server.maxConnections = limits.maxConnections * 4;
  // A failed handshake is the sender's affair.
  if (tls) server.on('tlsClientError', (_error, socket) => socket.destroy());
  const port = await listening(server, options.port, options.host);
  const watch = setInterval(() => cutSlow(connections, limits), Math.min(1_000, limits.frameMs)).unref();
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `${tls ? 'mllps' : 'mllp'}://${host}:${port}`,
    connections: () => connections.size,
    close: () =>
      new Promise((settle) => {
        clearInterval(watch);
        desk.close();
        server.close(() => settle());
        for (const { socket } of connections) socket.destroy();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((settle, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      server.on('error', () => undefined);
      const address = server.address();
      settle(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function attend(socket: Socket, limits: ListenerLimits, desk: Desk): Connection {
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  const hand = (bytes: Buffer, broken: Arrival['broken']) => desk.hand({ ...decodeFrame(bytes), broken }, connection);
  const connection: Connection = {
    socket,
    reader: createFrameReader(limits.maxBytes, {
      onFrame: (bytes, cut) => hand(bytes, cut ? 'cut' : null),
      onTooLong: (head) => hand(head, 'too-long'),
    }),
    waiting: 0,
    weight: 0,
    beganAt: null,
    heardAt: performance.now(),
  };
  socket.on('data', (chunk: Buffer) => {
    const { reader } = connection;
    const before = connection.waiting;
    connection.heardAt = performance.now();
    reader.push(chunk);
    if (!reader.inside()) connection.beganAt = null;
    else if (connection.beganAt === null || connection.waiting > before) connection.beganAt = connection.heardAt;
    if (reader.stray() > limits.maxStray) socket.destroy();
    else desk.restrain(connection);
  });
  socket.on('drain', () => desk.release(connection));
  // What a sender's network did is its own affair; `close` follows.
  socket.on('error', () => undefined);
  return connection;
}

function cutSlow(connections: ReadonlySet<Connection>, { frameMs }: ListenerLimits): void {
  const now = performance.now();
  for (const { socket, beganAt, waiting } of connections) {
    // While answers are due it is us who are slow.
    if (beganAt !== null && waiting === 0 && !socket.isPaused() && now - beganAt > frameMs) socket.destroy();
  }
}

function longestSilent(connections: ReadonlySet<Connection>): Connection | undefined {
  let silent: Connection | undefined;
  for (const connection of connections) if (!silent || connection.heardAt < silent.heardAt) silent = connection;
  return silent;
}
