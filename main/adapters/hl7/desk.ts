import type { Socket } from 'node:net';
import type { Decoded } from './decoding.ts';
import { type FrameReader, framed } from './frames.ts';

/** A message as it came, or what is known of one that never ended or was too long. */
export interface Arrival extends Decoded {
  /** Why it is not taken; null: it is whole. */
  readonly broken: 'cut' | 'too-long' | null;
}

/** A sender, with what of it waits. */
export interface Connection {
  readonly socket: Socket;
  readonly reader: FrameReader;
  /** Messages. */
  waiting: number;
  /** Their bytes. */
  weight: number;
  beganAt: number | null;
  heardAt: number;
}

export interface DeskOptions {
  /**
   * Answers each message in order, each byte a character, null for none, and fewer than it was given when it needs a
   * pause: the rest is given again. Must not throw.
   */
  readonly receive: (arrivals: readonly Arrival[]) => readonly (string | null)[];
  /** Whether the latest messages could not be taken by a fault of the hub's: nothing more is handed over for a moment. */
  readonly ailing?: () => boolean;
}

export interface DeskLimits {
  /** Bytes of messages of one connection that wait before nothing more is read from it. */
  readonly mostBytes: number;
  /** The same of all, before nothing more is read from any. */
  readonly mostBytesInAll: number;
}

export interface Desk {
  hand(arrival: Arrival, connection: Connection): void;
  /** Reads no more of a sender of whom enough waits; goes on once that is less. */
  restrain(connection: Connection): void;
  /** Reads on where that may be. */
  release(connection: Connection): void;
  leave(connection: Connection): void;
  /** Drops what waits: nobody was told it was taken. */
  close(): void;
}

/** Answers a sender has not read before nothing more is read from it. */
const MOST_UNREAD = 262_144;
/** Messages of one connection that wait before nothing more is read from it. */
const MOST_WAITING = 200;
/** Of a message beside its text. */
const OVERHEAD = 512;
const MOST_AT_ONCE = 500;
const REST_MS = [50, 2_000] as const;

/** One queue for all connections: what waits in one turn of the event loop is handed over together. */
export function createDesk({ receive, ailing = () => false }: DeskOptions, limits: DeskLimits): Desk {
  let queue: { arrival: Arrival; connection: Connection }[] = [];
  let weight = 0;
  let rests = 0;
  let due = false;
  const restrained = new Set<Connection>();

  const turn = (): void => {
    due = false;
    if (queue.length === 0) return;
    const answers = receive(queue.slice(0, MOST_AT_ONCE).map(({ arrival }) => arrival));
    const answered = queue.slice(0, answers.length);
    queue = queue.slice(answers.length);
    rests = answers.length === 0 || ailing() ? rests + 1 : 0;
    const spoken = new Set<Connection>();
    for (const [index, { arrival, connection }] of answered.entries()) {
      unload(arrival, connection);
      const answer = answers[index];
      if (!spoken.has(connection)) connection.socket.cork();
      spoken.add(connection);
      if (answer !== null && answer !== undefined && connection.socket.writable)
        connection.socket.write(framed(answer, 'latin1'));
    }
    for (const { socket } of spoken) socket.uncork();
    for (const connection of [...restrained]) release(connection);
    if (queue.length > 0) schedule();
  };
  const schedule = (): void => {
    if (due) return;
    const [shortest, longest] = REST_MS;
    due = true;
    if (rests === 0) setImmediate(turn);
    else setTimeout(turn, Math.min(longest, shortest * 2 ** Math.min(rests - 1, 16))).unref();
  };
  const unload = (arrival: Arrival, connection: Connection): void => {
    const less = weightOf(arrival);
    connection.waiting -= 1;
    connection.weight -= less;
    weight -= less;
  };
  const release = (connection: Connection): void => {
    const { socket, waiting } = connection;
    if (waiting > MOST_WAITING / 4 || connection.weight > limits.mostBytes / 4) return;
    if (weight > limits.mostBytesInAll || socket.writableLength > MOST_UNREAD) return;
    restrained.delete(connection);
    if (socket.isPaused()) socket.resume();
  };

  return {
    hand(arrival, connection) {
      queue.push({ arrival, connection });
      const more = weightOf(arrival);
      connection.waiting += 1;
      connection.weight += more;
      weight += more;
      schedule();
    },
    restrain(connection) {
      const { socket, waiting } = connection;
      const few = waiting <= MOST_WAITING && connection.weight <= limits.mostBytes && weight <= limits.mostBytesInAll;
      if (few && socket.writableLength <= MOST_UNREAD) return;
      socket.pause();
      restrained.add(connection);
    },
    release,
    leave: (connection) => {
      restrained.delete(connection);
    },
    close() {
      queue = [];
      restrained.clear();
    },
  };
}

/** What a message takes up while it waits. */
function weightOf({ bytes, text }: Arrival): number {
  return OVERHEAD + bytes.length + (text === bytes ? 0 : 2 * text.length);
}
