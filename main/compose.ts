import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkChild, type StartChild } from '#adapters/child.ts';
import { systemClock } from '#adapters/clock.ts';
import { createLog } from '#adapters/log.ts';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import { createPasswords } from '#adapters/passwords.ts';
import { secrets } from '#adapters/secrets.ts';
import { contract } from '#contract';
import { openStore } from '#db/open.ts';
import { storePaths } from '#db/paths.ts';
import { dayAt } from '#domain/clinic/settings.ts';
import { createAlarmKeeper } from '#services/alarm-keeper.ts';
import { createAlarms } from '#services/alarms.ts';
import { createChanges } from '#services/changes.ts';
import { createCommandRunner } from '#services/command-runner.ts';
import { createDevicePasswords } from '#services/device-passwords.ts';
import { createDevices } from '#services/devices.ts';
import { createDeviceCommands } from '#services/devices-commands.ts';
import { createSeriesOf } from '#services/encounter-series.ts';
import { createEncounters } from '#services/encounters.ts';
import { createHubStatus } from '#services/hub-status.ts';
import { createIntake } from '#services/intake.ts';
import { createLedger } from '#services/ledger.ts';
import { createLimits } from '#services/limits.ts';
import { createLiveState } from '#services/live-state.ts';
import { createLocations } from '#services/locations.ts';
import { createMonitoring } from '#services/monitoring.ts';
import { newsHistory } from '#services/news-history.ts';
import { createNotes } from '#services/notes.ts';
import { createObservations } from '#services/observations.ts';
import { createOpenSessions } from '#services/open-sessions.ts';
import { createPatients } from '#services/patients.ts';
import { createSession } from '#services/session.ts';
import { createSettings, readSettings, writeSettings } from '#services/settings.ts';
import { createSetup } from '#services/setup.ts';
import { createSignInCodes } from '#services/sign-in-codes.ts';
import { createStreams } from '#services/streams.ts';
import { createUsers } from '#services/users.ts';
import { createWard } from '#services/ward.ts';
import { createRouter } from '#transports/door.ts';
import { serveHttp } from '#transports/http.ts';
import { type PortLike, serveMessagePort } from '#transports/message-port.ts';
import { describeApi } from '#transports/openapi.ts';
import { DEMO_USERS, startDemoClinic } from './demo.ts';
import { connectDevices } from './device-network.ts';
import type { HubOptions } from './hub-options.ts';
import { startRhythm } from './rhythm.ts';

/** What a running hub says of itself, once, on stdout. */
export interface Ready {
  readonly ready: true;
  readonly console: string;
  readonly api: string;
  readonly mqtt: string;
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
  const store = openStore({
    dataDir: options.data,
    key: options.key,
    onNotice: (notice) => log.warn('store notice', { notice }),
  });
  const settings = () => current;
  let current = readSettings(store.settings);

  const changes = createChanges();
  changes.on({
    settings: () => {
      current = readSettings(store.settings);
    },
  });
  const { newId } = secrets;
  const streams = createStreams({ clock, newId });
  const alarms = createAlarmKeeper({ store, newId, failed: (error) => log.error('alarm not saved', { error }) });
  const seriesOf = createSeriesOf(store);
  const history = { store, seriesOf, dateOf: (at: number) => dayAt(at, settings().timeZone) };
  const live = createLiveState({
    store,
    alarms,
    changes,
    clock,
    settings,
    totalAt: (encounterId, at) => newsHistory(history, encounterId, [at])[0]?.score.total ?? null,
    badData: (deviceId) => intake.knownOf(deviceId)?.badData ?? false,
  });
  const intake = createIntake({
    devices: store.devices,
    sequences: store.sequences,
    presence: store.presence,
    quarantine: store.quarantine,
    decode: decodeNative,
    clock,
    clinic,
    admitAll: options.admitAll ?? false,
    sink: live.sink,
    onFault: (error) => log.error('message lost by a fault of the hub', { error }),
  });
  changes.on({ device: intake.reload });

  const rhythm = startRhythm({ store, intake, live, clock, settings, log });
  const passwords = createPasswords();
  const sessions = createOpenSessions({ sessions: store.sessions, users: store.users, secrets, clock });
  const codes = createSignInCodes({ secrets, clock });
  const network = await connectDevices({
    options,
    clinic,
    settings: settings(),
    store,
    log,
    receive: intake.receive,
    startChild,
  });
  const run = createCommandRunner({ store, clock, digest: secrets.digest });
  const common = { ...store, clock, newId, changed: changes };
  const handlers = {
    session: createSession({
      store,
      sessions,
      codes,
      passwords,
      clock,
      version,
      clinicName: () => settings().clinicName,
      demoUsers: options.demo ? DEMO_USERS : null,
    }),
    setup: createSetup({
      store,
      sessions,
      passwords,
      secrets,
      clock,
      saveSettings: (first) => writeSettings(store.settings, { ...settings(), ...first }),
      changed: () => {
        changes.settings(readSettings(store.settings));
        changes.locations();
      },
    }),
    users: createUsers({ store, sessions, passwords, secrets, clock }),
    settings: createSettings(common),
    locations: createLocations(common),
    hub: createHubStatus({
      ledger: store.ledger,
      version,
      startedAt,
      demo: options.demo,
      clinic,
      clock,
      link: network.link,
      keyKeeping: options.keyKeeping ?? 'In the keychain of the operating system.',
      loopDelay: rhythm.loopDelay,
      storeBytes: () => statSync(storePaths(options.data).store).size,
      backup: (to) => store.backupInThread(to),
    }),
    ledger: createLedger({ ledger: store.ledger, verify: () => store.verifyInThread() }),
    patients: createPatients(common),
    encounters: createEncounters(common),
    observations: createObservations({ ...common, seriesOf }),
    limits: createLimits(common),
    notes: createNotes(common),
    streams: streams.handlers,
    monitoring: createMonitoring(history),
    ward: createWard({ store, live, book: alarms.book, streams, link: network.link }),
    alarms: createAlarms({ store, alarms, streams, clock }),
    devices: createDevices({
      store,
      live,
      streams,
      clock,
      commands: {
        ...createDeviceCommands(common),
        ...createDevicePasswords({ store, secrets, clock, changed: network.setPasswords }),
      },
      counts: (deviceId) => intake.knownOf(deviceId) ?? { messages: 0, refused: 0 },
      settle: rhythm.flush,
      send: network.sendCommand,
    }),
  };
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
        mqtt: network.url,
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
      mqtt: network.url,
      clinic,
      pid: process.pid,
      ...(code ? { signIn: `${http.url}/#code=${code}` } : {}),
      ...(demo ? { tokens: demo.tokens } : {}),
    },
    attachPort: (port) => serveMessagePort(port, { router, sessions, log, clock }),
    createSignInCode: signInCode,
    async close() {
      demo?.close();
      await Promise.allSettled([http.close(), network.close(), passwords.close()]);
      rhythm.close();
      store.close();
    },
  };
}

function packageVersion(): string {
  const described: { version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return described.version;
}
