import { connect as dial, type Socket } from 'node:net';
import { connect as dialTls } from 'node:tls';

/** A sender of HL7 messages as simple as they come: bytes out, frames back, written without any of the hub's own code. */
export interface MllpClient {
  readonly socket: Socket;
  /** Frames the message, sends it and answers the frame that comes back, as text. */
  ask(message: string | Buffer): Promise<string>;
  send(bytes: string | Buffer): void;
  /** The next frame not yet read. */
  next(): Promise<string>;
  /** Frames that came and were not read. */
  unread(): number;
  /** Resolves once the other side has closed. */
  ended: Promise<void>;
  close(): void;
}

export function frame(message: string | Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x0b), Buffer.from(message), Buffer.of(0x1c, 0x0d)]);
}

/** Connects to `mllp://host:port` or, with a certificate to trust, `mllps://host:port`. */
export async function connectMllp(
  url: string,
  ca?: string,
  own?: { readonly cert: string; readonly key: string },
): Promise<MllpClient> {
  const { hostname, port, protocol } = new URL(url);
  const to = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
  const socket = protocol === 'mllps:' ? dialTls({ ...to, ca, ...own }) : dial(to);
  await new Promise<void>((settle, fail) => {
    socket.once(protocol === 'mllps:' ? 'secureConnect' : 'connect', () => settle());
    socket.once('error', fail);
  });
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  let held = Buffer.alloc(0);
  const frames: string[] = [];
  const readers: ((text: string) => void)[] = [];
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (let end = held.indexOf('\x1c\r'); end !== -1; end = held.indexOf('\x1c\r')) {
      const text = held.subarray(held.indexOf(0x0b) + 1, end).toString('utf8');
      held = held.subarray(end + 2);
      const reader = readers.shift();
      if (reader) reader(text);
      else frames.push(text);
    }
  });
  const ended = new Promise<void>((settle) => socket.once('close', () => settle()));
  const next = () => {
    const ready = frames.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    const answer = new Promise<string>((settle) => readers.push(settle));
    const closed = ended.then(() => Promise.reject(new Error('The connection was closed before an answer came.')));
    return Promise.race([answer, closed]);
  };
  return {
    socket,
    ask(message) {
      socket.write(frame(message));
      return next();
    },
    send: (bytes) => {
      socket.write(bytes);
    },
    next,
    unread: () => frames.length,
    ended,
    close: () => socket.destroy(),
  };
}

/** MSA-1 and MSA-2 of an answer. */
export function answered(text: string): { code: string; controlId: string; why: string } {
  const msa = text.split('\r').find((line) => line.startsWith('MSA'));
  const [, code = '', controlId = '', why = ''] = msa?.split('|') ?? [];
  return { code, controlId, why };
}
