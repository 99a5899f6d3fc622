import { SECOND_MS } from '#domain/time.ts';
import { deviceTypeOf } from './devices/index.ts';
import { createWireWriter } from './devices/wire.ts';
import { ecgPieces, type LoadPiece, messageOf, type Template, templateOf, wavePacket } from './load-message.ts';
import { type LoadSocket, openLoadSocket, publishPacket } from './load-socket.ts';

export interface LoadOptions {
  /** `mqtt://host:port`, without TLS. */
  readonly mqtt: string;
  readonly clinic: string;
  readonly devices: number;
  /** Messages a second from each device, or as many as the broker takes. */
  readonly ratePerDevice: number | 'max';
  /** Values in a message, 1 to 6. */
  readonly values?: number;
  /** How long to send; or how many messages in all. One of the two. */
  readonly seconds?: number;
  readonly messages?: number;
  /** Devices that also send an ECG at 250 Hz, four pieces a second. */
  readonly waves?: number;
  /** Messages of one device that may wait for the broker when sending at `max`. */
  readonly window?: number;
  /** First part of the device ids: `load` gives load-00001 and so on. */
  readonly prefix?: string;
  readonly now?: () => number;
}

export interface LoadResult {
  readonly devices: number;
  /** Messages with values; waves are counted apart. */
  readonly sent: number;
  readonly acked: number;
  readonly waves: number;
  readonly seconds: number;
  /** Acknowledged messages a second. */
  readonly perSecond: number;
  readonly deviceIds: readonly string[];
  /** Why a connection was lost, if one was. */
  readonly problems: readonly string[];
}

const TICK_MS = 10;
const OPEN_AT_ONCE = 20;
const LAST_ACKS_MS = 10 * SECOND_MS;
const HELLO_ID = 65_535;

interface LoadDevice {
  readonly id: string;
  readonly topic: string;
  readonly template: Template;
  socket: LoadSocket | null;
  seq: number;
  waveSeq: number;
  waiting: number;
}

/** One load while it runs. */
interface Run {
  readonly options: LoadOptions;
  readonly now: () => number;
  readonly devices: readonly LoadDevice[];
  readonly pieces: readonly LoadPiece[];
  readonly problems: string[];
  /** Messages to send in all. */
  readonly wanted: number;
  sent: number;
  acked: number;
  waves: number;
  state: 'opening' | 'sending' | 'ending';
}

function newRun(options: LoadOptions): Run {
  const { clinic, values = 6, prefix = 'load', now = () => Date.now() } = options;
  const devices = Array.from({ length: options.devices }, (_none, index): LoadDevice => {
    const id = `${prefix}-${String(index + 1).padStart(5, '0')}`;
    const topic = `clinic/${clinic}/device/${id}`;
    return {
      id,
      topic,
      template: templateOf(`${topic}/readings`, values),
      socket: null,
      seq: 0,
      waveSeq: 0,
      waiting: 0,
    };
  });
  const pieces = options.waves ? ecgPieces() : [];
  const wanted = options.messages ?? Number.POSITIVE_INFINITY;
  return { options, now, devices, pieces, wanted, problems: [], sent: 0, acked: 0, waves: 0, state: 'opening' };
}

/** The next so many messages of a device, in one write. */
function sendNext(run: Run, device: LoadDevice, count: number): void {
  const many = Math.min(count, run.wanted - run.sent);
  if (many <= 0) return;
  const at = run.now();
  const messages = Array.from({ length: many }, (_none, index) => messageOf(device.template, device.seq + index, at));
  device.socket?.write(many === 1 && messages[0] ? messages[0] : Buffer.concat(messages));
  device.seq += many;
  device.waiting += many;
  run.sent += many;
}

/** Keeps a device's window full while sending as fast as the broker takes it. */
function fill(run: Run, device: LoadDevice): void {
  if (run.state !== 'sending' || run.options.ratePerDevice !== 'max') return;
  sendNext(run, device, (run.options.window ?? 64) - device.waiting);
}

async function openDevice(run: Run, device: LoadDevice): Promise<void> {
  const { hostname, port } = new URL(run.options.mqtt);
  let greeted = false;
  const acknowledged = (count: number): void => {
    const own = greeted ? count : count - 1;
    greeted = true;
    device.waiting -= own;
    run.acked += own;
    fill(run, device);
  };
  const closed = (problem: string | null): void => {
    if (run.state !== 'ending') run.problems.push(`${device.id}: ${problem ?? 'the broker closed the connection'}`);
  };
  device.socket = await openLoadSocket({ hostname, port: Number(port || 1883) }, device.id, acknowledged, closed);
  const hello = createWireWriter(run.now()).hello(deviceTypeOf('bedside-monitor'), device.id);
  const { bytes, idAt } = publishPacket(`${device.topic}/hello`, Buffer.from(hello.payload), 1, true);
  bytes.writeUInt16BE(HELLO_ID, idAt);
  device.socket.write(bytes);
}

/** Devices take turns over the second, each at its own even pace. */
function sendDue(run: Run, rate: number, passedSeconds: number): void {
  for (const [index, device] of run.devices.entries()) {
    const due = Math.floor((passedSeconds - index / run.devices.length / rate) * rate) + 1;
    sendNext(run, device, due - device.seq);
  }
}

function sendWaves(run: Run, passedSeconds: number): void {
  const count = run.options.waves ?? 0;
  for (const [index, device] of run.devices.slice(0, count).entries()) {
    const piece = run.pieces[device.waveSeq % run.pieces.length];
    if (!piece || device.waveSeq >= passedSeconds * 4 - index / count) continue;
    device.socket?.write(wavePacket(`${device.topic}/wave`, piece, device.waveSeq, run.now()));
    device.waveSeq += 1;
    run.waves += 1;
  }
}

/** Sends until time, number or the network ends it. */
function sendAll(run: Run, begun: number): Promise<void> {
  const { ratePerDevice, seconds = Number.POSITIVE_INFINITY } = run.options;
  run.state = 'sending';
  for (const device of run.devices) fill(run, device);
  return new Promise((finished) => {
    const timer = setInterval(() => {
      const passed = (performance.now() - begun) / SECOND_MS;
      if (passed >= seconds || run.sent >= run.wanted || run.problems.length > 0) {
        clearInterval(timer);
        run.state = 'ending';
        finished();
        return;
      }
      if (ratePerDevice !== 'max') sendDue(run, ratePerDevice, passed);
      sendWaves(run, passed);
    }, TICK_MS);
  });
}

async function lastAcks(run: Run): Promise<void> {
  const patience = performance.now() + LAST_ACKS_MS;
  while (run.acked < run.sent && performance.now() < patience && run.problems.length === 0) {
    await new Promise((settle) => setTimeout(settle, 2));
  }
}

/**
 * Sends measurements as fast or as often as asked, over one connection a device, at QoS 1, and counts what the broker
 * acknowledged. Messages are written once and their digits changed in place, so that the sender is not what is measured.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  if (options.seconds === undefined && options.messages === undefined)
    throw new RangeError('Say how long or how many.');
  const run = newRun(options);
  for (let first = 0; first < run.devices.length; first += OPEN_AT_ONCE) {
    await Promise.all(run.devices.slice(first, first + OPEN_AT_ONCE).map((device) => openDevice(run, device)));
  }
  const begun = performance.now();
  await sendAll(run, begun);
  await lastAcks(run);
  const seconds = (performance.now() - begun) / SECOND_MS;
  await Promise.all(run.devices.map((device) => device.socket?.close()));
  const { sent, acked, waves, problems } = run;
  const deviceIds = run.devices.map(({ id }) => id);
  return { devices: deviceIds.length, sent, acked, waves, seconds, perSecond: acked / seconds, deviceIds, problems };
}
