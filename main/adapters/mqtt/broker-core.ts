import type { Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type AuthenticateError } from 'aedes';
import { createAcceptor } from './broker-accept.ts';
import type { Delivery } from './broker-delivery.ts';
import { FrameGuard } from './broker-guard.ts';
import { type BrokerSettings, HUB_NAME } from './broker-messages.ts';
import type { BrokerRules } from './broker-rules.ts';
import type { BrokerWatch } from './broker-watch.ts';

/** Longest packet of a signed-in client; of one that has not signed in, enough for a CONNECT with its Will. */
const LONGEST_PACKET = 300 * 1_024;
const LONGEST_FIRST_PACKET = 16 * 1_024;
const CONNECT_MS = 10_000;
const BAD_PASSWORD = 4;
const NOT_ALLOWED = 5;
const UNAVAILABLE = 3;

interface CoreDeps {
  readonly settings: BrokerSettings;
  readonly rules: BrokerRules;
  readonly watch: BrokerWatch;
  readonly delivery: Delivery;
}

export interface BrokerCore {
  /** Answers the port. */
  listen(): Promise<number>;
  clients(): number;
  close(): void;
}

/** The embedded broker without its process: aedes behind our guard, rules and delivery. It keeps no session. */
export async function createBrokerCore({ settings, rules, watch, delivery }: CoreDeps): Promise<BrokerCore> {
  const broker = await Aedes.createBroker({ connectTimeout: CONNECT_MS, queueLimit: 1_000, maxTopicLevels: 8 });
  const connected = new Set<string>();
  applyRules(broker, rules, watch, delivery, connected);

  broker.on('clientReady', (client) => {
    connected.add(client.id);
    if (client.conn instanceof FrameGuard) client.conn.limit = LONGEST_PACKET;
  });
  broker.on('clientDisconnect', (client) => {
    connected.delete(client.id);
    if (client.id === HUB_NAME) delivery.detach();
  });
  broker.on('subscribe', (_subscriptions, client) => {
    if (client.id !== HUB_NAME || !(client.conn instanceof FrameGuard)) return;
    client.conn.onAck = delivery.acknowledged;
    delivery.attach(client.conn);
  });
  broker.on('connectionError', (_client, { message }) => watch.denied('connect', '', message));
  broker.on('clientError', ({ id }, { message }) => {
    if (message === 'packet too long') watch.denied('publish', id, message);
  });

  const acceptor = createAcceptor(settings, (socket: Socket, signedIn) => {
    const guard = new FrameGuard(socket, LONGEST_FIRST_PACKET);
    broker.handle(guard).once('connected', signedIn);
  });
  return {
    listen: () =>
      new Promise((settle, fail) => {
        acceptor.server.once('error', fail);
        acceptor.server.listen(settings.port, settings.host, () => {
          acceptor.server.off('error', fail);
          const address = acceptor.server.address();
          settle(typeof address === 'object' && address ? address.port : settings.port);
        });
      }),
    clients: acceptor.clients,
    close() {
      acceptor.end();
      broker.close();
    },
  };
}

function applyRules(
  broker: Aedes,
  rules: BrokerRules,
  watch: BrokerWatch,
  delivery: Delivery,
  connected: ReadonlySet<string>,
): void {
  const forgers = new WeakSet<object>();
  broker.preConnect = (client, packet, done) => {
    // No session is kept: devices keep what was not acknowledged, and a command is worth nothing hours later.
    packet.clean = true;
    if (packet.will && !rules.mayPublish(packet.clientId, packet.will.topic)) forgers.add(client);
    done(null, true);
  };
  broker.authenticate = (client, username, password, done) => {
    const refuse = (what: string, returnCode: number) => {
      watch.denied('connect', client.id, what);
      done(signInError(what, returnCode), false);
    };
    const answer = (authentic: boolean) => {
      if (!authentic) refuse('password', BAD_PASSWORD);
      else if (forgers.has(client)) refuse('will topic', NOT_ALLOWED);
      else if (connected.has(client.id) && !watch.mayTakeOver(client.id, Date.now())) refuse('takeovers', UNAVAILABLE);
      else done(null, true);
    };
    rules.authentic(client.id, username, password).then(answer, () => answer(false));
  };
  broker.authorizeSubscribe = (client, subscription, done) => {
    if (rules.maySubscribe(client.id, subscription.topic)) return done(null, subscription);
    watch.denied('subscribe', client.id, subscription.topic);
    done(null, null);
  };
  broker.authorizePublish = (client, packet, done) => {
    if (client === null) return done();
    if (!rules.mayPublish(client.id, packet.topic)) {
      watch.denied('publish', client.id, packet.topic);
      return done(new Error('not allowed'));
    }
    if (!rules.mayRetain(packet.topic)) packet.retain = false;
    if (client.id === HUB_NAME) return done();
    delivery.deliver(packet.topic, Buffer.from(packet.payload), packet.qos, done);
  };
  // The hub has had every live message by delivery; only copies kept for a new subscriber go this way.
  broker.authorizeForward = (client, packet) => {
    if (client.id !== HUB_NAME) return packet;
    return packet.retain ? named(packet, delivery.nextId()) : null;
  };
}

function named(packet: AedesPublishPacket, messageId: number): AedesPublishPacket {
  return Object.assign(packet, { messageId });
}

function signInError(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode });
}
