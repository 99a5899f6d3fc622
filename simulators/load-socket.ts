import { connect, type Socket } from 'node:net';

/** One device's connection for measurements: writes ready-made MQTT packets, so that sending costs next to nothing. */
export interface LoadSocket {
  /** Writes bytes at once or when the socket takes them. */
  write(bytes: Buffer): void;
  close(): Promise<void>;
}

const CONNECT = 0x10;
const CONNACK = 0x20;
const PUBLISH = 0x30;
const PUBACK = 0x40;
const CLEAN_WITH_USER = 0xc2;
const KEEPALIVE_S = 0;

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function packet(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; ; ) {
    const digit = left % 128;
    left = Math.floor(left / 128);
    length.push(left > 0 ? digit | 128 : digit);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

function connectPacket(id: string, password: string): Buffer {
  const head = Buffer.concat([text('MQTT'), Buffer.from([4, CLEAN_WITH_USER, KEEPALIVE_S >> 8, KEEPALIVE_S & 0xff])]);
  return packet(CONNECT, Buffer.concat([head, text(id), text(id), text(password)]));
}

/** A PUBLISH at QoS 1 (or 0), and where in it the packet id and the payload begin. */
export function publishPacket(
  topic: string,
  payload: Buffer,
  qos: 0 | 1,
  retain = false,
): { bytes: Buffer; idAt: number; payloadAt: number } {
  const head = qos === 1 ? Buffer.concat([text(topic), Buffer.from([0, 1])]) : text(topic);
  const bytes = packet(PUBLISH | (qos << 1) | (retain ? 1 : 0), Buffer.concat([head, payload]));
  const payloadAt = bytes.length - payload.length;
  return { bytes, idAt: payloadAt - 2, payloadAt };
}

/** Connects as a device; `onAcked` gets the number of messages the broker acknowledged with each chunk of its bytes. */
export function openLoadSocket(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  id: string,
  onAcked: (count: number) => void,
  onClosed: (problem: string | null) => void,
): Promise<LoadSocket> {
  return new Promise((settle, fail) => {
    const socket: Socket = connect({ host: hostname, port, noDelay: true });
    let problem: string | null = null;
    let rest = Buffer.alloc(0);
    let opened = false;
    socket.once('connect', () => socket.write(connectPacket(id, 'simulated')));
    socket.on('error', (error) => {
      problem = error.message;
      if (!opened) fail(error);
    });
    socket.on('close', () => (opened ? onClosed(problem) : fail(new Error(problem ?? 'The broker hung up.'))));
    socket.on('data', (chunk) => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      let at = 0;
      let acked = 0;
      // Everything a broker says to a device without subscriptions is four bytes long.
      for (; at + 4 <= bytes.length; at += 4) {
        const kind = (bytes[at] ?? 0) & 0xf0;
        if (kind === PUBACK) acked += 1;
        else if (kind === CONNACK && bytes[at + 3] === 0) {
          opened = true;
          settle(handle);
        } else return void socket.destroy(new Error(`The broker answered with a packet of kind ${kind >> 4}.`));
      }
      rest = Buffer.from(bytes.subarray(at));
      if (acked > 0) onAcked(acked);
    });
    const handle: LoadSocket = {
      write: (bytes) => void socket.write(bytes),
      close: () =>
        new Promise((closed) => {
          if (socket.destroyed) return closed();
          socket.once('close', () => closed());
          socket.end(Buffer.from([0xe0, 0]));
          setTimeout(() => socket.destroy(), 500).unref();
        }),
    };
  });
}
