import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const PUBACK = 0x40;
const PUBACK_BYTES = 4;
const READ_AHEAD = 65_536;

/**
 * Stands between a socket and the broker and reads the length of every MQTT packet before any of it is gathered: one
 * that is too long ends the connection at its first bytes. For the hub it also takes out the PUBACKs, which end holds
 * and are none of the broker's business.
 */
export class FrameGuard extends Duplex {
  /** Longest packet allowed, in bytes after the fixed header; small until the client has signed in. */
  limit: number;
  onAck: ((messageId: number) => void) | null = null;
  readonly #socket: Socket;
  #remaining = 0;
  #carry: Buffer | null = null;

  constructor(socket: Socket, limit: number) {
    super({ readableHighWaterMark: READ_AHEAD, allowHalfOpen: false });
    this.limit = limit;
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    if (this.#socket.write(bytes)) done();
    else this.#socket.once('drain', done);
  }

  override _writev(parts: { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    const pieces = parts.map(({ chunk, encoding }) =>
      typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
    );
    this._write(Buffer.concat(pieces), 'binary', done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    const bytes = this.#carry ? Buffer.concat([this.#carry, chunk]) : chunk;
    this.#carry = null;
    let from = 0;
    let at = 0;
    while (at < bytes.length) {
      if (this.#remaining > 0) {
        const step = Math.min(this.#remaining, bytes.length - at);
        this.#remaining -= step;
        at += step;
        continue;
      }
      const header = readHeader(bytes, at);
      if (header === 'malformed' || (header !== null && header.length > this.limit)) {
        this.destroy(new Error('packet too long'));
        return;
      }
      const ack = this.onAck !== null && bytes[at] === PUBACK;
      if (header === null || (ack && bytes.length - at < PUBACK_BYTES)) {
        this.#carry = bytes.subarray(at);
        break;
      }
      if (ack && header.length === 2) {
        this.#pass(bytes, from, at);
        this.onAck?.(bytes.readUInt16BE(at + 2));
        at += PUBACK_BYTES;
        from = at;
      } else {
        this.#remaining = header.length;
        at += header.size;
      }
    }
    this.#pass(bytes, from, at);
  }

  #pass(bytes: Buffer, from: number, to: number): void {
    if (to > from && !this.push(bytes.subarray(from, to))) this.#socket.pause();
  }
}

/** Size of a fixed header and the length it announces; null while its bytes are not all there. */
function readHeader(bytes: Buffer, at: number): { size: number; length: number } | 'malformed' | null {
  let length = 0;
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[at + 1 + index];
    if (byte === undefined) return null;
    length += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) return { size: index + 2, length };
  }
  return 'malformed';
}
