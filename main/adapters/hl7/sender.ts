import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Decoded, decodeFrame } from './decoding.ts';
import { createFrameReader, framed } from './frames.ts';

export interface SenderTarget {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** PEM; absent: the machine's own authorities decide. */
  readonly ca?: Buffer;
}

export interface MllpSender {
  /**
   * Sends one message and answers the first frame that comes back. Fails, in words that name no patient, when the other
   * side cannot be reached or says nothing within `timeoutMs`; whether it took the message is then unknown.
   */
  exchange(text: string, timeoutMs: number): Promise<Decoded>;
  close(): void;
}

const MAX_ANSWER_BYTES = 65_536;

/** `mllp://host:port` or `mllps://host:port` taken apart; undefined for anything else. */
export function targetOf(url: string): Omit<SenderTarget, 'ca'> | undefined {
  const found = /^(mllps?):\/\/(\[[0-9a-fA-F:.]+\]|[^/:@\s]+):(\d{1,5})\/?$/.exec(url);
  const port = Number(found?.[3]);
  if (!found?.[2] || port < 1 || port > 65_535) return undefined;
  return { host: found[2].replace(/^\[|\]$/g, ''), port, secure: found[1] === 'mllps' };
}

/** A connection to another system, opened when there is something to send and kept until it fails. One message at a time. */
export function createSender(target: SenderTarget): MllpSender {
  let socket: Socket | undefined;
  let onFrame: (frame: Decoded) => void = () => undefined;
  let onEnd: (problem: string) => void = () => undefined;

  const drop = (problem: string): void => {
    socket?.destroy();
    socket = undefined;
    onEnd(problem);
  };
  const open = (): Socket => {
    const { host, port, secure, ca } = target;
    const opened = secure ? connectTls({ host, port, ...(ca ? { ca } : {}) }) : connectTcp({ host, port });
    const reader = createFrameReader(MAX_ANSWER_BYTES, {
      onFrame: (bytes) => onFrame(decodeFrame(bytes)),
      onTooLong: () => current(opened, () => drop('The other system answered too much.')),
    });
    opened.setNoDelay(true);
    opened.setKeepAlive(true, 30_000);
    opened.on('data', (chunk: Buffer) => reader.push(chunk));
    opened.on('error', (error) => current(opened, () => drop(wordsOf(error))));
    opened.on('close', () => current(opened, () => drop('The other system closed the connection.')));
    return opened;
  };
  const current = (one: Socket, act: () => void): void => {
    if (socket === one) act();
  };

  return {
    exchange: (text, timeoutMs) =>
      new Promise((settle, fail) => {
        const timer = setTimeout(() => drop('The other system did not answer in time.'), timeoutMs);
        const end = (): void => {
          clearTimeout(timer);
          onFrame = () => undefined;
          onEnd = () => undefined;
        };
        onFrame = (frame) => {
          end();
          settle(frame);
        };
        onEnd = (problem) => {
          end();
          fail(new Error(problem));
        };
        socket ??= open();
        socket.write(framed(text, 'utf8'));
      }),
    close: () => drop('The hub is ending.'),
  };
}

/** The network's own code; its text may name hosts and paths. */
function wordsOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return `The other system cannot be reached${/^[A-Z_0-9]{3,60}$/.test(code) ? ` (${code})` : ''}.`;
}
