import { statSync } from 'node:fs';
import type { PasswordHashing } from '#adapters/passwords.ts';
import { secrets } from '#adapters/secrets.ts';
import { storePaths } from '#db/paths.ts';
import type { Store } from '#domain/clinic/store.ts';
import { createAlarms } from '#services/alarms.ts';
import { scoreOf } from '#services/bed-card.ts';
import { createBedChoice } from '#services/bed-choice.ts';
import { createBeds } from '#services/beds.ts';
import { createDevicePasswords } from '#services/device-passwords.ts';
import { createDevices } from '#services/devices.ts';
import { createDeviceCommands } from '#services/devices-commands.ts';
import { createEncounters } from '#services/encounters.ts';
import { createFeed } from '#services/feed.ts';
import { createFlowActs } from '#services/flow-acts.ts';
import { createFlowBoard } from '#services/flow-board.ts';
import { createFigures } from '#services/flow-figures.ts';
import { createHubStatus } from '#services/hub-status.ts';
import { createLedger } from '#services/ledger.ts';
import { createLimits } from '#services/limits.ts';
import { createLocations } from '#services/locations.ts';
import { createMonitoring } from '#services/monitoring.ts';
import { createNotes } from '#services/notes.ts';
import { createObservations } from '#services/observations.ts';
import type { OpenSessions } from '#services/open-sessions.ts';
import { createPatients } from '#services/patients.ts';
import { createSession } from '#services/session.ts';
import { createSettings, readSettings, writeSettings } from '#services/settings.ts';
import { createSetup } from '#services/setup.ts';
import type { SignInCodes } from '#services/sign-in-codes.ts';
import { createTasks } from '#services/tasks.ts';
import { createUsers } from '#services/users.ts';
import { createViews } from '#services/views.ts';
import { createWard } from '#services/ward.ts';
import type { AllHandlers } from '#transports/door.ts';
import type { Core } from './core.ts';
import { DEMO_USERS } from './demo.ts';
import type { DeviceNetwork } from './device-network.ts';
import type { FeedNetwork } from './feed-network.ts';
import type { HubOptions } from './hub-options.ts';

interface HandlersDeps {
  readonly options: HubOptions & { readonly keyKeeping?: string };
  readonly store: Store;
  readonly core: Core;
  readonly network: DeviceNetwork;
  readonly feed: FeedNetwork;
  readonly sessions: OpenSessions;
  readonly codes: SignInCodes;
  readonly passwords: PasswordHashing;
  readonly clock: () => number;
  readonly clinic: string;
  readonly version: string;
  readonly startedAt: number;
}

/** Every part of the contract with what answers it. */
export function createHandlers(deps: HandlersDeps): AllHandlers {
  const { options, store, core, network, feed, sessions, codes, passwords, clock, clinic, version, startedAt } = deps;
  const { settings, changes, streams, alarms, seriesOf, history, live, intake, doubts, rhythm } = core;
  const common = { ...store, clock, newId: secrets.newId, changed: changes };
  return {
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
    encounters: createEncounters({ ...common, engine: core.engine }),
    observations: createObservations({ ...common, seriesOf }),
    limits: createLimits(common),
    notes: createNotes(common),
    streams: streams.handlers,
    monitoring: createMonitoring(history),
    ward: createWard({ store, live, book: alarms.book, streams, link: network.link }),
    flow: {
      ...createFlowBoard({ store, changes, live, alarms, book: alarms.book, doubts, streams, clock, settings }),
      ...createFlowActs({ ...common, engine: core.engine }),
      ...createFigures({ ...common, settings }),
      ...createBedChoice({
        ...common,
        settings,
        newsOf(encounterId) {
          const watched = live.watched(encounterId);
          return watched ? scoreOf(watched) : null;
        },
      }),
    },
    beds: createBeds({ ...common, doubts }),
    tasks: createTasks({ ...common, keeping: core.keeping, settings, streams }),
    feed: createFeed({
      ...common,
      streams,
      counts: feed.counts,
      inbox: feed.inbox,
      listening: feed.listening,
      sending: feed.sending,
    }),
    views: createViews(common),
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
}
