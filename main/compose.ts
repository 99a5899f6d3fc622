import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkChild, type StartChild } from '#adapters/child.ts';
import { systemClock } from '#adapters/clock.ts';
import { createLog } from '#adapters/log.ts';
import { createPasswords } from '#adapters/passwords.ts';
import { secrets } from '#adapters/secrets.ts';
import { contract } from '#contract';
import { openStore } from '#db/open.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createOpenSessions } from '#services/open-sessions.ts';
import { createSignInCodes } from '#services/sign-in-codes.ts';
import { createRouter } from '#transports/door.ts';
import { serveHttp } from '#transports/http.ts';
import { type PortLike, serveMessagePort } from '#transports/message-port.ts';
import { describeApi } from '#transports/openapi.ts';
import { startCore } from './core.ts';
import { startDemoClinic } from './demo.ts';
import { createDeviceNetwork } from './device-network.ts';
import { createFeedNetwork, type FeedNetwork, heardStore } from './feed-network.ts';
import { createHandlers } from './handlers.ts';
import type { HubOptions } from './hub-options.ts';

/** What a running hub says of itself, once, on stdout. */
export interface Ready {
  readonly ready: true;
  readonly console: string;
  readonly api: string;
  readonly mqtt: string;
  /** Where HL7 v2 messages are taken (`mllp://…`); only with `--hl7-port`. */
  readonly hl7?: string;
  /** The `{clinic}` segment of device topics. */
  readonly clinic: string;
  readonly pid: number;
  /** A link that signs in once, within five minutes. */
  readonly signIn?: string;
  /** Bearer tokens by role; in the demo only. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface Hub {
  readonly ready: Ready;
  attachPort(port: PortLike): void;
  /** A one-time code that signs a window in; null where people sign in themselves. */
  createSignInCode(): string | null;
  /** Flushes and closes everything; the store last. */
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds the hub from its parts and starts it. Throws a ClinicError in words when it cannot run. */
export async function composeHub(
  options: HubOptions & { readonly key: Buffer; readonly keyKeeping?: string; readonly startChild?: StartChild },
): Promise<Hub> {
  const { startChild = forkChild } = options;
  const log = createLog();
  const clock = systemClock;
  const startedAt = clock();
  const version = packageVersion();
  const clinic = options.demo ? 'demo' : 'clinic';
  const opened = openStore({
    dataDir: options.data,
    key: options.key,
    onNotice: (notice) => log.warn(`store: ${notice.text}`, { kind: notice.kind }),
  });
  let hear: FeedNetwork['hear'] = () => undefined;
  const store = heardStore(opened, (entry) => hear(entry));
  const network = createDeviceNetwork({ options, clinic, store, log, startChild });
  const { brokerLostSince } = network;
  const core = startCore({
    store,
    log,
    clock,
    clinic,
    demo: options.demo,
    admitAll: options.admitAll ?? false,
    zone: options.zone,
    brokerLostSince,
  });
  const passwords = createPasswords();
  const sessions = createOpenSessions({ sessions: store.sessions, users: store.users, secrets, clock });
  const codes = createSignInCodes({ secrets, clock });
  await network.connect(core.settings(), core.intake);
  const run = createCommandRunner({ store, clock, digest: secrets.digest });
  const feed = createFeedNetwork({ options, store, core, clock, log });
  ({ hear } = feed);
  const handlers = createHandlers({
    options,
    store,
    core,
    network,
    feed,
    sessions,
    codes,
    passwords,
    clock,
    clinic,
    version,
    startedAt,
  });
  const parts = { contract, handlers, sessions, run, log, clock };
  const router = createRouter(parts);
  const http = await serveHttp({
    router,
    sessions,
    log,
    clock,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    openapi: await describeApi(contract, version),
    staticDir: join(ROOT, 'dist', 'renderer'),
    ...(options.tlsCert && options.tlsKey
      ? { tls: { cert: readFileSync(options.tlsCert), key: readFileSync(options.tlsKey) } }
      : {}),
  });

  await feed.start();
  const { url: hl7 } = feed.listening();
  const api = `${http.url}/api`;
  const demo = options.demo
    ? await startDemoClinic({
        startChild,
        store,
        sessions,
        codes,
        passwords,
        clock,
        log,
        api,
        mqtt: network.url(),
        hl7,
        clinic,
        bare: options.bare ?? false,
      })
    : null;
  const signInCode = () => demo?.signInCode() ?? null;
  const code = signInCode();
  return {
    ready: {
      ready: true,
      console: http.url,
      api,
      mqtt: network.url(),
      ...(hl7 === null ? {} : { hl7 }),
      clinic,
      pid: process.pid,
      ...(code ? { signIn: `${http.url}/#code=${code}` } : {}),
      ...(demo ? { tokens: demo.tokens } : {}),
    },
    attachPort: (port) => serveMessagePort(port, { router, sessions, log, clock }),
    createSignInCode: signInCode,
    async close() {
      demo?.close();
      await Promise.allSettled([http.close(), network.close(), feed.close(), passwords.close()]);
      core.rhythm.close();
      store.close();
    },
  };
}

function packageVersion(): string {
  const described: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return described.version;
}
