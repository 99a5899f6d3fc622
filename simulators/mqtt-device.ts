import { connect, type MqttClient } from 'mqtt';
import type { DeviceType, TimedReading } from './devices/device.ts';
import { createWireWriter, type WireMessage, type WireWriter } from './devices/wire.ts';

export interface MqttDeviceOptions {
  /** `mqtt://host:port`; a password in it is used, any other is made up. */
  readonly url: string;
  /** The clinic's topic segment. */
  readonly clinic: string;
  /** Client id, user name and topic segment alike. */
  readonly id: string;
  readonly type: DeviceType;
  readonly serial: string;
  /** Epoch ms of this start of the device: the `at` of its hello. */
  readonly startedAt: number;
  /** Wait before each try to reconnect, ms. */
  readonly retryMs?: number;
  readonly onProblem?: (problem: string) => void;
}

export interface DeviceCounts {
  readonly sent: number;
  readonly acked: number;
  /** Not sent because too much was waiting for the broker. */
  readonly dropped: number;
}

/** One device on the network over one connection of its own. What it says while the link is down waits, in order. */
export interface MqttDevice {
  readonly id: string;
  /** Settles at the first connection. */
  connected(): Promise<void>;
  send(reading: TimedReading): void;
  /** Settles when the broker has acknowledged it; at once for waves. */
  sendAcked(reading: TimedReading): Promise<void>;
  /** Sends bytes as they are; `write` gets the next number of the topic and `count` numbers are used up. */
  sendRaw(ending: 'readings' | 'wave' | 'event', count: number, write: (seq: number) => string | Buffer): void;
  /** Drops the connection without a word and stays away for some ms. */
  cut(forMs: number): void;
  /** Sets the device's clock wrong by some ms. */
  skew(byMs: number): void;
  /** A new start of the device: says hello again and counts from 0. */
  restart(startedAt: number): void;
  counts(): DeviceCounts;
  /** Says it is off and leaves; gives up on what was not acknowledged after a second. */
  close(): Promise<void>;
}

/** A real device's memory is small: beyond this many waiting messages it loses the new ones, and the gap shows. */
const LARGEST_QUEUE = 5_000;
const KEEPALIVE_S = 20;
const CLOSING_MS = 1_000;

function openClient(options: MqttDeviceOptions, topic: string, will: WireMessage): MqttClient {
  return connect(options.url, {
    clientId: options.id,
    username: options.id,
    password: decodeURIComponent(new URL(options.url).password) || 'simulated',
    protocolVersion: 4,
    clean: true,
    keepalive: KEEPALIVE_S,
    reconnectPeriod: options.retryMs ?? 2_000,
    queueQoSZero: false,
    will: { topic: `${topic}/status`, payload: Buffer.from(will.payload), qos: 1, retain: true },
    manualConnect: true,
  });
}

/** Answers what the hub asks: the id comes back as an event. */
function answerOf(payload: Buffer, at: number): TimedReading | null {
  try {
    const command: unknown = JSON.parse(payload.toString('utf8'));
    if (typeof command !== 'object' || command === null || !('id' in command) || !('kind' in command)) return null;
    return { kind: 'event', at, event: 'command-result', detail: { id: command.id, kind: command.kind, ok: true } };
  } catch {
    return null;
  }
}

export function createMqttDevice(options: MqttDeviceOptions, now: () => number): MqttDevice {
  const topic = `clinic/${options.clinic}/device/${options.id}`;
  const retryMs = options.retryMs ?? 2_000;
  let writer: WireWriter = createWireWriter(options.startedAt);
  const client = openClient(options, topic, writer.offline());
  const counts = { sent: 0, acked: 0, dropped: 0 };
  let waiting = 0;
  let skewMs = 0;
  let battery = 1;
  let reached = false;
  let closing = false;
  const first = new Promise<void>((settle) => client.once('connect', () => settle()));

  function publish(ending: string, payload: string | Buffer, qos: 0 | 1, retain: boolean): Promise<void> {
    return new Promise((settle) => {
      counts.sent += 1;
      waiting += qos;
      client.publish(`${topic}/${ending}`, payload, { qos, retain }, (error) => {
        waiting -= qos;
        if (!error && qos === 1) counts.acked += 1;
        settle();
      });
    });
  }
  const put = ({ ending, payload, qos, retain }: WireMessage) => publish(ending, payload, qos, retain);

  function introduce(): void {
    void put(writer.hello(options.type, options.serial));
    void put(writer.write({ kind: 'status', at: now(), battery }, skewMs));
  }

  function sendAcked(reading: TimedReading): Promise<void> {
    if (reading.kind === 'status') battery = reading.battery;
    const message = writer.write(reading, skewMs);
    const lost = message.qos === 0 ? !client.connected : waiting > LARGEST_QUEUE;
    if (!lost) return put(message);
    counts.dropped += message.qos;
    return Promise.resolve();
  }

  client.on('connect', () => {
    client.options.reconnectPeriod = retryMs;
    client.subscribe(`${topic}/command`, { qos: 1 });
    // A broker that was started anew has forgotten what it kept of this device.
    if (reached) introduce();
    reached = true;
  });
  client.on('message', (_topic, payload) => {
    const answer = answerOf(payload, now());
    if (answer) void sendAcked(answer);
  });
  client.on('error', (error) => options.onProblem?.(error.message));
  introduce();
  client.connect();

  return {
    id: options.id,
    connected: () => first,
    send: (reading) => void sendAcked(reading),
    sendAcked,
    sendRaw(ending, count, write) {
      void publish(ending, write(writer.take(ending, count)), ending === 'wave' ? 0 : 1, false);
    },
    cut(forMs) {
      client.options.reconnectPeriod = Math.max(1, forMs);
      if (client.connected) client.stream.destroy();
    },
    skew(byMs) {
      skewMs = byMs;
    },
    restart(startedAt) {
      writer = createWireWriter(startedAt);
      introduce();
    },
    counts: () => ({ ...counts }),
    async close() {
      if (closing) return;
      closing = true;
      const leaving = client.connected ? put(writer.offline()) : Promise.resolve();
      const patience = new Promise<void>((settle) => setTimeout(settle, CLOSING_MS).unref());
      await Promise.race([leaving, patience]);
      await client.endAsync(true);
    },
  };
}
