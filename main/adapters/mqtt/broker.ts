import { fileURLToPath } from 'node:url';
import { forkChild, type HubChild, type StartChild } from '../child.ts';
import type { BrokerReport, BrokerSettings, Credentials, FromBroker, ToBroker } from './broker-messages.ts';

export { type BrokerReport, type Credentials, HUB_NAME } from './broker-messages.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A broker that lived this long is started again at once when it dies. */
const SETTLED_MS = 30_000;
const PATIENCE_MS = 10_000;

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0 takes any free port; the same one is kept for as long as the hub lives. */
  readonly port: number;
  readonly demo: boolean;
  /** The clinic's topic segment. */
  readonly clinic: string;
  readonly credentials?: Credentials;
  /** The hub signs in as HUB_NAME with this. */
  readonly hubSecret: string;
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  /** Default: an ordinary child process. */
  readonly startChild?: StartChild;
  /** How long a device waits for its acknowledgement while the hub is away; default 10 s. */
  readonly patienceMs?: number;
  /** The broker's process ended by itself and is started again after `retryInMs`. */
  readonly onExit?: (exit: { code: number | null; signal: string | null; retryInMs: number }) => void;
  /** At most once a second: what was refused, and which ids are fought over. */
  readonly onReport?: (report: BrokerReport) => void;
}

export interface EmbeddedBroker {
  readonly port: number;
  /** Of the process now running; null between two. */
  readonly pid: number | null;
  setCredentials(credentials: Credentials): void;
  close(): Promise<void>;
}

/**
 * Runs the clinic's own broker in a process of its own, so that a storm of devices cannot stall alarms, and starts it
 * again when it dies. Settles when devices can connect; fails when the port cannot be had the first time.
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const {
    host,
    demo,
    clinic,
    hubSecret,
    tls = null,
    patienceMs = PATIENCE_MS,
    startChild = forkChild,
    onExit,
    onReport,
  } = options;
  let { port } = options;
  let credentials = options.credentials ?? {};
  let child: HubChild | null = null;
  let retry: NodeJS.Timeout | null = null;
  let waitMs = FIRST_WAIT_MS;
  let closing = false;

  const run = (): Promise<number> =>
    new Promise((settle, fail) => {
      const startedAt = performance.now();
      const process = startChild(brokerFile(), []);
      child = process;
      const settings: BrokerSettings = { host, port, clinic, demo, hubSecret, tls, patienceMs };
      process.on('message', (message: FromBroker) => {
        if (message.kind === 'listening') settle(message.port);
        else if (message.kind === 'failed')
          fail(new Error(`The broker cannot listen on ${host}:${port}: ${message.code}`));
        else onReport?.(message);
      });
      process.once('exit', (code, signal) => {
        child = null;
        fail(new Error('The broker ended before it could listen.'));
        if (performance.now() - startedAt > SETTLED_MS) waitMs = FIRST_WAIT_MS;
        again(code, signal);
      });
      process.once('error', (error) => {
        // Only of a process that never was: every other one also exits.
        if (process.pid !== undefined) return;
        child = null;
        fail(error);
        again(null, null);
      });
      send(process, { kind: 'start', settings, credentials });
    });

  let everListened = false;
  function again(code: number | null, signal: string | null): void {
    if (closing || !everListened) return;
    onExit?.({ code, signal, retryInMs: waitMs });
    retry = setTimeout(() => run().catch(() => {}), waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }

  port = await run();
  everListened = true;
  return {
    port,
    get pid() {
      return child?.pid ?? null;
    },
    setCredentials(next) {
      credentials = next;
      if (child) send(child, { kind: 'credentials', credentials });
    },
    async close() {
      closing = true;
      if (retry) clearTimeout(retry);
      await stop(child);
    },
  };
}

/** The file beside this one, whichever way both were built. */
function brokerFile(): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./broker-process.${ending}`, import.meta.url));
}

function send(child: HubChild, message: ToBroker): void {
  if (child.connected) child.send(message, () => {});
}

function stop(child: HubChild | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((settle) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 2_000);
    child.once('exit', () => {
      clearTimeout(hard);
      settle();
    });
    send(child, { kind: 'stop' });
  });
}
