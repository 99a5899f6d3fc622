import { readFileSync } from 'node:fs';
import { type Listener, startListener } from '#adapters/hl7/listener.ts';
import { readPeers } from '#adapters/hl7/peers.ts';
import { createSender, targetOf } from '#adapters/hl7/sender.ts';
import type { Log } from '#adapters/log.ts';
import { secrets } from '#adapters/secrets.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { NewLedgerEntry } from '#domain/ledger/entry.ts';
import { createFeedCounts } from '#services/feed-counts.ts';
import { createFeedInbox } from '#services/feed-inbox.ts';
import { createFeedSender } from '#services/feed-sender.ts';
import { tellPeople } from '#services/feed-telling.ts';
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

/** Addresses turned away that are told of in the log. */
const MOST_STRANGERS = 50;

/** The HL7 v2 feed: other systems are told what is queued, and from `start` on listened to. */
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
  const ca = options.hl7Ca === undefined ? undefined : readPem(options.hl7Ca);
  const sender = createFeedSender({
    ...store,
    changed: core.changes,
    clock,
    random: Math.random,
    url: () => core.settings().outgoingHl7Url,
    connect(url) {
      const target = targetOf(url);
      return target && createSender({ ...target, ...(ca ? { ca } : {}) });
    },
    onFault: (error) => log.error('a message for another system was not sent by a fault of the hub', { error }),
  });
  let listener: Listener | null = null;
  const strangers = new Set<string>();
  // Once each, or whoever knocks fills the log.
  const onStranger = (address: string): void => {
    if (strangers.has(address) || strangers.size >= MOST_STRANGERS) return;
    strangers.add(address);
    log.warn('a sender of HL7 messages was turned away: --hl7-allow does not name it', { address });
  };
  return {
    inbox,
    counts,
    sending: sender.state,
    hear: (entry: NewLedgerEntry) =>
      tellPeople({ ...store, newId: secrets.newId, settings: core.settings, clock, changed: core.changes }, entry),
    listening: () => ({ url: listener?.url ?? null, connections: listener?.connections() ?? 0 }),
    /** Listens where the options say so. */
    async start(): Promise<void> {
      const { hl7Port: port, hl7Host: host = '127.0.0.1', hl7TlsCert: cert, hl7TlsKey: key } = options;
      const { hl7ClientCa, hl7Allow } = options;
      if (port === undefined) return;
      const ca = hl7ClientCa === undefined ? {} : { ca: readPem(hl7ClientCa) };
      const tls = cert && key ? { tls: { cert: readPem(cert), key: readPem(key), ...ca } } : {};
      try {
        listener = await startListener({
          host,
          port,
          ...tls,
          ...(hl7Allow === undefined ? {} : { peers: readPeers(hl7Allow) }),
          onStranger,
          receive: inbox.receive,
          ailing: inbox.ailing,
          onConnections: () => core.changes.feed(),
        });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
        throw new ClinicError('unavailable', `The HL7 listener could not be opened on ${host}:${port}${code}.`);
      }
    },
    async close(): Promise<void> {
      await Promise.all([listener?.close(), sender.close()]);
      inbox.close();
    },
  };
}

/** The store, with `hear` told of each ledger entry inside the transaction that writes it. */
export function heardStore(store: Store, hear: (entry: NewLedgerEntry) => void): Store {
  const { ledger } = store;
  return {
    ...store,
    ledger: {
      ...ledger,
      append(entry) {
        const kept = ledger.append(entry);
        hear(entry);
        return kept;
      },
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
