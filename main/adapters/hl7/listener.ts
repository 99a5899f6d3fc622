import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { type Decoded, decodeFrame } from './decoding.ts';
import { createFrameReader, type FrameReader, framed } from './frames.ts';

/** A message as it came, or what is known of one that never ended or was too long. */
export interface Arrival extends Decoded {
  /** Why it is not taken; null: it is whole. */
  readonly broken: 'cut' | 'too-long' | null;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  /**
   * Answers each message in order, each byte a character, null for none, and fewer than it was given when it needs a
   * pause: the rest is given again. Must not throw.
   */
  readonly receive: (arrivals: readonly Arrival[]) => readonly (string | null)[];
  readonly onConnections?: (open: number) => void;
  readonly limits?: Partial<ListenerLimits>;
}

export interface ListenerLimits {
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

const LIMITS: ListenerLimits = { maxBytes: 1_048_576, maxConnections: 64, frameMs: 30_000, maxStray: 65_536 };
/** Answers a sender has not read before nothing more is read from it. */
const MOST_UNREAD = 262_144;
/** Messages of one connection that wait before nothing more is read from it. */
const MOST_WAITING = 200;

interface Connection {
  readonly socket: Socket;
  readonly reader: FrameReader;
  waiting: number;
  beganAt: number | null;
  heardAt: number;
}

/** Takes HL7 v2 messages over MLLP. Nothing a sender does reaches further than its own connection. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const limits = { ...LIMITS, ...options.limits };
  const connections = new Set<Connection>();
  const desk = createDesk(options.receive);
  const welcome = (socket: Socket): void => {
    if (connections.size >= limits.maxConnections) longestSilent(connections)?.socket.destroy();
    const connection = attend(socket, limits, desk);
    connections.add(connection);
    options.onConnections?.(connections.size);
    socket.once('close', () => {
      connections.delete(connection);
      options.onConnections?.(connections.size);
    });
  };
  const { tls } = options;
  const server = tls
    ? createTlsServer({ ...tls, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 }, welcome)
    : createTcpServer(welcome);
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

interface Desk {
  hand(arrival: Arrival, connection: Connection): void;
  /** Drops what waits: nobody was told it was taken. */
  close(): void;
}

/** One queue for all connections: what waits in one turn of the event loop is handed over together. */
function createDesk(receive: ListenerOptions['receive']): Desk {
  let queue: { arrival: Arrival; connection: Connection }[] = [];
  let due = false;
  const turn = (): void => {
    due = false;
    if (queue.length === 0) return;
    const answers = receive(queue.map(({ arrival }) => arrival));
    const answered = queue.slice(0, answers.length);
    queue = queue.slice(answers.length);
    const spoken = new Set<Connection>();
    for (const [index, { connection }] of answered.entries()) {
      connection.waiting -= 1;
      const answer = answers[index];
      if (!spoken.has(connection)) connection.socket.cork();
      spoken.add(connection);
      if (answer !== null && answer !== undefined && connection.socket.writable) {
        connection.socket.write(framed(answer, 'latin1'));
      }
    }
    for (const connection of spoken) {
      connection.socket.uncork();
      readOn(connection);
    }
    if (queue.length > 0) schedule();
  };
  const schedule = (): void => {
    if (due) return;
    due = true;
    setImmediate(turn);
  };
  return {
    hand(arrival, connection) {
      queue.push({ arrival, connection });
      connection.waiting += 1;
      schedule();
    },
    close: () => {
      queue = [];
    },
  };
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
    else if (connection.waiting > MOST_WAITING || socket.writableLength > MOST_UNREAD) socket.pause();
  });
  socket.on('drain', () => readOn(connection));
  // What a sender's network did is its own affair; `close` follows.
  socket.on('error', () => undefined);
  return connection;
}

function readOn({ socket, waiting }: Connection): void {
  if (socket.isPaused() && waiting <= MOST_WAITING / 4 && socket.writableLength <= MOST_UNREAD) socket.resume();
}

function cutSlow(connections: ReadonlySet<Connection>, { frameMs }: ListenerLimits): void {
  const now = performance.now();
  for (const { socket, beganAt, waiting } of connections) {
    // While answers are due it is us who are slow.
    if (beganAt !== null && waiting === 0 && now - beganAt > frameMs) socket.destroy();
  }
}

function longestSilent(connections: ReadonlySet<Connection>): Connection | undefined {
  let silent: Connection | undefined;
  for (const connection of connections) if (!silent || connection.heardAt < silent.heardAt) silent = connection;
  return silent;
}
