import { readFileSync } from 'node:fs';
import { type Listener, startListener } from '#adapters/hl7/listener.ts';
import type { Log } from '#adapters/log.ts';
import { secrets } from '#adapters/secrets.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { createFeedCounts } from '#services/feed-counts.ts';
import { createFeedInbox } from '#services/feed-inbox.ts';
import type { Core } from './core.ts';
import type { HubOptions } from './hub-options.ts';

interface FeedNetworkDeps {
  readonly options: HubOptions;
  readonly store: Store;
  readonly core: Pick<Core, 'engine' | 'changes' | 'settings'>;
  readonly clock: () => number;
  readonly log: Log;
}

export type FeedNetwork = ReturnType<typeof createFeedNetwork>;

/** The HL7 v2 feed: other systems are listened to, and told. Nothing is open before `start`. */
export function createFeedNetwork({ options, store, core, clock, log }: FeedNetworkDeps) {
  const counts = createFeedCounts();
  const inbox = createFeedInbox({
    ...store,
    engine: core.engine,
    changed: core.changes,
    counts,
    clock,
    elapsed: () => performance.now(),
    newId: secrets.newId,
    digest: secrets.digest,
    timeZone: () => core.settings().timeZone,
    onFault: (error) => log.error('a message of the feed was not taken by a fault of the hub', { error }),
  });
  let listener: Listener | null = null;
  return {
    inbox,
    counts,
    listening: () => ({ url: listener?.url ?? null, connections: listener?.connections() ?? 0 }),
    /** Listens where the options say so. */
    async start(): Promise<void> {
      const { hl7Port: port, hl7Host: host = '127.0.0.1', hl7TlsCert: cert, hl7TlsKey: key } = options;
      if (port === undefined) return;
      const tls = cert && key ? { tls: { cert: readPem(cert), key: readPem(key) } } : {};
      try {
        listener = await startListener({
          host,
          port,
          ...tls,
          receive: inbox.receive,
          onConnections: () => core.changes.feed(),
        });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
        throw new ClinicError('unavailable', `The HL7 listener could not be opened on ${host}:${port}${code}.`);
      }
    },
    async close(): Promise<void> {
      await listener?.close();
      inbox.close();
    },
  };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ClinicError('invalid-input', `The certificate file ${path} cannot be read.`);
  }
}
