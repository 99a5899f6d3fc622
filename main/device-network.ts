import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { StartChild } from '#adapters/child.ts';
import type { Log } from '#adapters/log.ts';
import { type EmbeddedBroker, HUB_NAME, startEmbeddedBroker } from '#adapters/mqtt/broker.ts';
import {
  type BrokerConnection,
  type BrokerTls,
  connectBroker,
  type LinkState,
  shownUrl,
} from '#adapters/mqtt/connection.ts';
import type { ClinicSettings } from '#domain/clinic/settings.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { DeviceCommand } from '#domain/device/message.ts';
import { type DevicePasswords, readDevicePasswords } from '#services/device-passwords.ts';
import type { Intake } from '#services/intake.ts';
import { checkBrokerUrl, type HubOptions } from './hub-options.ts';

interface DeviceNetworkDeps {
  readonly options: HubOptions;
  readonly clinic: string;
  readonly store: Pick<Store, 'settings' | 'transact'>;
  readonly log: Log;
  readonly startChild: StartChild;
}

export type DeviceNetwork = ReturnType<typeof createDeviceNetwork>;

interface Link {
  readonly broker: LinkState;
  readonly since: number;
  /** Without user name and password: it is shown and printed. */
  readonly url: string;
}

/** The link to the broker, the clinic's own or the embedded one. Nothing is connected before `connect`. */
export function createDeviceNetwork({ options, clinic, store, log, startChild }: DeviceNetworkDeps) {
  let link: Link = { broker: 'connecting', since: Date.now(), url: '' };
  let connection: BrokerConnection | null = null;
  let embedded: EmbeddedBroker | null = null;
  let turnedAway: Intake['turnedAway'] = () => undefined;

  const startBroker = (hubSecret: string): Promise<EmbeddedBroker> =>
    startEmbeddedBroker({
      host: '127.0.0.1',
      port: options.mqttPort ?? 0,
      demo: options.demo,
      clinic,
      startChild,
      hubSecret,
      credentials: readDevicePasswords(store.settings),
      onExit: (exit) => log.error('the embedded broker ended and is started again', exit),
      onReport: ({ denials, takeovers }) => {
        if (denials.length + takeovers.length > 0) log.warn('the embedded broker refused', { denials, takeovers });
        for (const { client, act, what } of denials) {
          if (act !== 'publish') continue;
          const tooLong = what === 'packet too long';
          turnedAway(client, tooLong ? '' : what, tooLong ? 'too-large' : 'wrong-device', 'turned away by the broker');
        }
      },
    });

  return {
    /** Connects and stays connected; the intake gets each message from then on. */
    async connect(settings: ClinicSettings, intake: Pick<Intake, 'receive' | 'turnedAway'>): Promise<void> {
      ({ turnedAway } = intake);
      const own = options.mqtt ?? settings.brokerUrl;
      const secret = randomBytes(32).toString('hex');
      embedded = own === null ? await startBroker(secret) : null;
      const url = own ?? `mqtt://127.0.0.1:${embedded?.port}`;
      checkBrokerUrl(url);
      link = { ...link, url: shownUrl(url) };
      connection = connectBroker({
        url,
        clinic,
        clientId: embedded ? HUB_NAME : `wardline-hub-${clinic}`,
        ...(embedded ? { username: HUB_NAME, password: secret } : { tls: tlsOf(options, settings) }),
        onMessage: intake.receive,
        onLink(state, detail) {
          // Trying again is still lost: only a connection ends it.
          if (state === link.broker || (state === 'connecting' && link.broker === 'lost')) return;
          link = { ...link, broker: state, since: Date.now() };
          log.info('broker link', { state, detail });
        },
      });
    },
    url: () => link.url,
    link: () => link,
    brokerLostSince: () => (link.broker === 'connected' ? null : link.since),
    setPasswords: (passwords: DevicePasswords) => embedded?.setCredentials(passwords),
    async sendCommand(deviceId: string, command: DeviceCommand): Promise<void> {
      try {
        if (!connection) throw new Error('The broker is not connected yet.');
        await connection.sendCommand(deviceId, command);
      } catch (error) {
        throw new ClinicError('unavailable', error instanceof Error ? error.message : 'The broker cannot be reached.');
      }
    },
    async close() {
      await connection?.close();
      await embedded?.close();
    },
  };
}

function tlsOf(options: HubOptions, settings: ClinicSettings): BrokerTls {
  const read = (path: string | null | undefined) => (path ? readPem(path) : undefined);
  return {
    ca: read(options.mqttCa ?? settings.brokerCaPath),
    cert: read(options.mqttCert ?? settings.brokerCertPath),
    key: read(options.mqttKey ?? settings.brokerKeyPath),
  };
}

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ClinicError('invalid-input', `The certificate file ${path} cannot be read.`);
  }
}
