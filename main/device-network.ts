import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { StartChild } from '#adapters/child.ts';
import type { Log } from '#adapters/log.ts';
import { HUB_NAME, startEmbeddedBroker } from '#adapters/mqtt/broker.ts';
import { type BrokerTls, connectBroker, type LinkState, shownUrl } from '#adapters/mqtt/connection.ts';
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
  readonly settings: ClinicSettings;
  readonly store: Pick<Store, 'settings' | 'transact'>;
  readonly log: Log;
  readonly receive: Intake['receive'];
  readonly startChild: StartChild;
}

/** The link to the broker, the clinic's own or the embedded one. */
export async function connectDevices({
  options,
  clinic,
  settings,
  store,
  log,
  receive,
  startChild,
}: DeviceNetworkDeps) {
  const own = options.mqtt ?? settings.brokerUrl;
  const secret = randomBytes(32).toString('hex');
  const embedded =
    own === null
      ? await startEmbeddedBroker({
          host: '127.0.0.1',
          port: options.mqttPort ?? 0,
          demo: options.demo,
          clinic,
          startChild,
          hubSecret: secret,
          credentials: readDevicePasswords(store.settings),
        })
      : null;
  const url = own ?? `mqtt://127.0.0.1:${embedded?.port}`;
  checkBrokerUrl(url);
  let link: { broker: LinkState; since: number; url: string } = {
    broker: 'connecting',
    since: Date.now(),
    url: shownUrl(url),
  };
  const connection = connectBroker({
    url,
    clinic,
    clientId: embedded ? HUB_NAME : `wardline-hub-${clinic}`,
    ...(embedded ? { username: HUB_NAME, password: secret } : { tls: tlsOf(options, settings) }),
    onMessage: receive,
    onLink(state, detail) {
      if (state === link.broker) return;
      link = { ...link, broker: state, since: Date.now() };
      log.info('broker link', { state, detail });
    },
  });
  return {
    /** Without user name and password: it is shown and printed. */
    url: shownUrl(url),
    link: () => link,
    setPasswords: (passwords: DevicePasswords) => embedded?.setCredentials(passwords),
    sendCommand: (deviceId: string, command: { id: string; kind: string; body: Record<string, unknown> }) =>
      connection.sendCommand(deviceId, command as DeviceCommand).catch((error: unknown) => {
        throw new ClinicError('unavailable', error instanceof Error ? error.message : 'The broker cannot be reached.');
      }),
    async close() {
      await connection.close();
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
