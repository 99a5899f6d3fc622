import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { DeviceCommand } from '#domain/device/message.ts';
import { encodeCommand } from './native-json.ts';

export type LinkState = 'connected' | 'connecting' | 'lost';

/** How a message came: `retain` is a copy the broker kept, `dup` may have come before. */
export interface Delivery {
  readonly retain: boolean;
  readonly dup: boolean;
  readonly qos: number;
}

/** Certificates as PEM. Without `ca` the machine's own authorities decide. */
export interface BrokerTls {
  readonly ca?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}

export interface BrokerOptions {
  /** `mqtt://` or `mqtts://`, with user name and password if the broker asks for them. */
  readonly url: string;
  /** The clinic's topic segment. */
  readonly clinic: string;
  /** Always the same for one clinic's hub, so that the broker keeps its session. */
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: BrokerTls;
  /** 4 is MQTT 3.1.1. */
  readonly protocolVersion?: 4 | 5;
  /** Seconds; a dead link shows within 1.5 of them and one second. */
  readonly keepalive?: number;
  /** Shortest and longest wait before trying again, ms. */
  readonly retryMs?: readonly [number, number];
  readonly onMessage: (topic: string, payload: Buffer, delivery: Delivery) => void;
  /** `connected` only once the subscription stands. `detail` says in words what the broker or the network answered. */
  readonly onLink: (state: LinkState, detail: string | null) => void;
}

export interface BrokerConnection {
  /** Settles when the broker has the message: at once, or after the link is back; fails when closed before. */
  publish(topic: string, payload: Buffer | string, options?: { retain?: boolean }): Promise<void>;
  /** Asks a device for something; its answer comes as a `command-result` event. Refused while the link is down. */
  sendCommand(deviceId: string, command: DeviceCommand): Promise<void>;
  close(): Promise<void>;
}

const SESSION_KEPT_S = 86_400;

/**
 * Connects to the clinic's broker and stays connected. What devices said while the link was down is delivered after
 * it is back, so far as the broker kept it; what comes twice is for the sequence numbers to find.
 */
export function connectBroker(options: BrokerOptions): BrokerConnection {
  const { clinic, onMessage, onLink } = options;
  const client = connect(options.url, { ...clientOptions(options), manualConnect: true });
  let closing = false;
  const link = (state: LinkState, detail: string | null = null) => {
    if (!closing) onLink(state, detail);
  };

  // Before connecting: messages of a kept session come right behind the CONNACK.
  client.on('message', (topic, payload, { retain, dup, qos }) => onMessage(topic, payload, { retain, dup, qos }));
  client.on('connect', () => subscribe(client, clinic, link));
  client.on('reconnect', () => {
    client.options.reconnectPeriod = retryAfter(options);
    link('connecting');
  });
  client.on('close', () => link('lost', lastProblem.take()));
  const lastProblem = rememberProblem(client);
  link('connecting');
  client.connect();

  return {
    publish: (topic, payload, { retain = false } = {}) =>
      new Promise((settle, fail) => {
        client.publish(topic, payload, { qos: 1, retain }, (error) => (error ? fail(error) : settle()));
      }),
    sendCommand(deviceId, command) {
      if (!client.connected) return Promise.reject(new Error('The broker cannot be reached.'));
      return this.publish(`clinic/${clinic}/device/${deviceId}/command`, encodeCommand(command));
    },
    async close() {
      closing = true;
      await client.endAsync(!client.connected);
    },
  };
}

function clientOptions(options: BrokerOptions): IClientOptions {
  const { clientId, username, password, tls, protocolVersion = 4, keepalive = 5 } = options;
  return {
    clientId,
    clean: false,
    protocolVersion,
    ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: SESSION_KEPT_S } } : {}),
    keepalive,
    reconnectPeriod: retryAfter(options),
    reconnectOnConnackError: true,
    // A broker that lost its session still says yes to a returning client: ask for the topics every time ourselves.
    resubscribe: false,
    connectTimeout: 10_000,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...tls,
    rejectUnauthorized: true,
  };
}

/** A wait of its own for every try, so that a clinic's hubs and stations do not come back in step. */
function retryAfter({ retryMs = [1_000, 5_000] }: BrokerOptions): number {
  return Math.round(retryMs[0] + Math.random() * (retryMs[1] - retryMs[0]));
}

function subscribe(client: MqttClient, clinic: string, link: (state: LinkState, detail?: string | null) => void): void {
  client.subscribe(`clinic/${clinic}/device/+/+`, { qos: 1 }, (error, granted) => {
    const refused = granted?.some(({ qos }) => qos >= 0x80) ?? false;
    if (!error && !refused) link('connected');
    else if (client.connected) link('lost', 'The broker refused the subscription to the device topics.');
  });
}

/** The last thing that went wrong, in words that name no secret: mqtt.js tells it before the close it causes. */
function rememberProblem(client: MqttClient): { take(): string | null } {
  let problem: string | null = null;
  client.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : '';
    problem = /^[A-Z_0-9]{3,60}$/.test(code) ? code : error.message.slice(0, 200);
  });
  return {
    take() {
      const taken = problem;
      problem = null;
      return taken;
    },
  };
}

/** A broker's address fit for showing: without user name and password. */
export function shownUrl(url: string): string {
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.toString().replace(/\/$/, '');
}
