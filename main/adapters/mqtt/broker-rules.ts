import { createHash, timingSafeEqual } from 'node:crypto';
import { argon2Verify } from 'hash-wasm';
import { createTopics, validSegment } from '#domain/device/topic.ts';
import { type BrokerSettings, type Credentials, HUB_NAME } from './broker-messages.ts';

/** Topics of which the broker keeps a copy: a hello and a status each for more devices than the hub takes. */
const MOST_RETAINED = 120_000;

/** Who may do what on the embedded broker. A device has one name: user name, client id and topic segment alike. */
export interface BrokerRules {
  /** Whether a sign-in is genuine. Never throws. */
  authentic(client: string, username: string | undefined, password: Buffer | undefined): Promise<boolean>;
  mayPublish(client: string, topic: string): boolean;
  maySubscribe(client: string, filter: string): boolean;
  /** Whether the broker keeps a copy for later subscribers: only what a device says of itself, never a value. */
  mayRetain(topic: string): boolean;
  setCredentials(credentials: Credentials): void;
}

export function createBrokerRules(
  { clinic, demo, hubSecret }: Pick<BrokerSettings, 'clinic' | 'demo' | 'hubSecret'>,
  initial: Credentials,
): BrokerRules {
  const topics = createTopics(clinic);
  const commandTopic = (device: string) => `clinic/${clinic}/device/${device}/command`;
  const retained = new Set<string>();
  let credentials = initial;

  return {
    async authentic(client, username, password) {
      if (username !== client) return false;
      if (client === HUB_NAME) return sameText(password?.toString() ?? '', hubSecret);
      if (!validSegment(client)) return false;
      if (demo) return true;
      const hash = Object.hasOwn(credentials, client) ? credentials[client] : undefined;
      return hash !== undefined && password !== undefined && matches(password, hash);
    },
    mayPublish(client, topic) {
      const route = topics.route(topic);
      if (client === HUB_NAME) return route === 'ours';
      return route !== undefined && route !== 'ours' && route.deviceId === client;
    },
    maySubscribe: (client, filter) =>
      client === HUB_NAME ? filter.startsWith(`clinic/${clinic}/`) : filter === commandTopic(client),
    mayRetain(topic) {
      const route = topics.route(topic);
      if (route === undefined || route === 'ours') return false;
      if (route.ending !== 'hello' && route.ending !== 'status') return false;
      if (retained.size >= MOST_RETAINED && !retained.has(topic)) return false;
      retained.add(topic);
      return true;
    },
    setCredentials(next) {
      credentials = next;
    },
  };
}

async function matches(password: Buffer, hash: string): Promise<boolean> {
  if (hash.startsWith('sha256:')) {
    return sameText(createHash('sha256').update(password).digest('hex'), hash.slice('sha256:'.length));
  }
  return argon2Verify({ password, hash }).catch(() => false);
}

/** Compared in the same time wherever they differ. */
function sameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
