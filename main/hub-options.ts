import { parseArgs } from 'node:util';
import { readPeers } from '#adapters/hl7/peers.ts';
import { knownTimeZone } from '#domain/clinic/settings.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { defaultDataDir } from './data-dir.ts';

/** How a hub is to run. Paths are of this machine; the key comes apart from these, never by argument. */
export interface HubOptions {
  readonly data: string;
  readonly demo: boolean;
  readonly admitAll?: boolean;
  /** A demo without its made-up patients: users, tokens and an open broker only. */
  readonly bare?: boolean;
  readonly host?: string;
  /** 0: any free port. */
  readonly port?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  /** The clinic's own broker; absent: what the settings say, else the embedded one. */
  readonly mqtt?: string;
  readonly mqttPort?: number;
  readonly mqttCa?: string;
  readonly mqttCert?: string;
  readonly mqttKey?: string;
  /** Port of the HL7 v2 listener; 0: any free one; absent: there is none. */
  readonly hl7Port?: number;
  readonly hl7Host?: string;
  readonly hl7TlsCert?: string;
  readonly hl7TlsKey?: string;
  /** Authority that signed the certificates senders must show. */
  readonly hl7ClientCa?: string;
  /** Addresses and nets that may send, with commas; absent: any. */
  readonly hl7Allow?: string;
  /** Authority that signed the certificate of the system told of moves (`mllps://`). */
  readonly hl7Ca?: string;
  /** Time zone of the clinic, IANA name; absent: what the settings say. */
  readonly zone?: string;
}

interface HubFlag {
  readonly type: 'string' | 'boolean';
  readonly value?: string;
  readonly help: string;
}

const FLAGS = {
  data: {
    type: 'string',
    value: 'DIR',
    help: 'folder of the encrypted store, made if missing (default: where npm start keeps it)',
  },
  mqtt: {
    type: 'string',
    value: 'URL',
    help: "the clinic's own broker, mqtt:// or mqtts://; else the embedded broker",
  },
  'mqtt-port': {
    type: 'string',
    value: 'PORT',
    help: 'port of the embedded broker (0 = any; default 0, loopback only)',
  },
  'mqtt-ca': { type: 'string', value: 'FILE', help: "authority that signed the broker's certificate, PEM" },
  'mqtt-cert': { type: 'string', value: 'FILE', help: "the hub's certificate for the broker, PEM" },
  'mqtt-key': { type: 'string', value: 'FILE', help: 'key of that certificate, PEM' },
  host: {
    type: 'string',
    value: 'ADDRESS',
    help: 'address to serve consoles on (default 127.0.0.1; another needs TLS)',
  },
  port: { type: 'string', value: 'PORT', help: 'port to serve consoles on (0 = any; default 0)' },
  'tls-cert': { type: 'string', value: 'FILE', help: 'certificate of the console server, PEM' },
  'tls-key': { type: 'string', value: 'FILE', help: 'key of that certificate, PEM' },
  'hl7-port': {
    type: 'string',
    value: 'PORT',
    help: 'listen for HL7 v2 messages (MLLP) on this port (0 = any; off unless given)',
  },
  'hl7-host': { type: 'string', value: 'ADDRESS', help: 'address to listen on (default 127.0.0.1; another needs TLS)' },
  'hl7-tls-cert': { type: 'string', value: 'FILE', help: 'certificate of the HL7 listener, PEM' },
  'hl7-tls-key': { type: 'string', value: 'FILE', help: 'key of that certificate, PEM' },
  'hl7-client-ca': {
    type: 'string',
    value: 'FILE',
    help: 'authority whose certificates senders of HL7 messages must show, PEM',
  },
  'hl7-allow': {
    type: 'string',
    value: 'ADDRESSES',
    help: 'only these may send HL7 messages: 10.0.7.12,10.0.8.0/24 (default: any that can connect)',
  },
  'hl7-ca': { type: 'string', value: 'FILE', help: 'authority of the system told of moves over mllps://, PEM' },
  zone: { type: 'string', value: 'ZONE', help: 'time zone of the clinic, such as Europe/London; kept as its setting' },
  demo: {
    type: 'boolean',
    help: 'a living demo clinic: made-up patients, any device password, tokens in the ready line',
  },
  bare: { type: 'boolean', help: 'with --demo: no made-up patients (for measurements and tests of other systems)' },
  'admit-all': { type: 'boolean', help: 'admit every device on sight (demonstrations and measurements only)' },
  'key-file': {
    type: 'string',
    value: 'FILE',
    help: "file of the store's key (default wardline.key in the data folder)",
  },
  help: { type: 'boolean', help: 'this text' },
} as const satisfies Record<string, HubFlag>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What `--help` prints. */
export function hubHelp(): string {
  const lines = Object.entries<HubFlag>(FLAGS).map(
    ([name, { value, help }]) => `  --${`${name}${value ? ` ${value}` : ''}`.padEnd(20)} ${help}`,
  );
  return [
    'Runs the Wardline hub: device network, rules, encrypted store and API, without a window.',
    '',
    'npm run hub -- --data DIR [options]',
    '',
    ...lines,
    '',
    'When ready it prints one line of JSON on stdout: console, api, mqtt and hl7 addresses, clinic, pid.',
    'The log goes to stderr, one line of JSON an event. SIGINT or SIGTERM ends it.',
    '',
  ].join('\n');
}

export type HubCommandLine =
  | { readonly help: true }
  | { readonly help: false; readonly options: HubOptions; readonly keyFile: string | undefined };

/** Reads the command line. Throws invalid-input, in words, for what it does not know or cannot use. */
export function readHubArguments(args: readonly string[]): HubCommandLine {
  const given = parsed(args);
  if (given.help) return { help: true };
  together(given, 'tls-cert', 'tls-key');
  together(given, 'mqtt-cert', 'mqtt-key');
  checkFeed(given);
  if (given.mqtt !== undefined) checkBrokerUrl(given.mqtt);
  if (given.host !== undefined && !LOOPBACK.has(given.host) && given['tls-cert'] === undefined) {
    throw new ClinicError('invalid-input', `--host ${given.host} needs a certificate: --tls-cert and --tls-key.`);
  }
  return {
    help: false,
    keyFile: given['key-file'],
    options: {
      data: given.data ?? defaultDataDir(given.demo ? 'demo' : 'clinic'),
      demo: given.demo ?? false,
      admitAll: given['admit-all'] ?? false,
      bare: given.bare ?? false,
      host: given.host,
      port: portOf('port', given.port),
      tlsCert: given['tls-cert'],
      tlsKey: given['tls-key'],
      mqtt: given.mqtt,
      mqttPort: portOf('mqtt-port', given['mqtt-port']),
      mqttCa: given['mqtt-ca'],
      mqttCert: given['mqtt-cert'],
      mqttKey: given['mqtt-key'],
      hl7Port: portOf('hl7-port', given['hl7-port']),
      hl7Host: given['hl7-host'],
      hl7TlsCert: given['hl7-tls-cert'],
      hl7TlsKey: given['hl7-tls-key'],
      hl7ClientCa: given['hl7-client-ca'],
      hl7Allow: given['hl7-allow'],
      hl7Ca: given['hl7-ca'],
      zone: given.zone,
    },
  };
}

type Given = { [Name in keyof typeof FLAGS]?: (typeof FLAGS)[Name]['type'] extends 'boolean' ? boolean : string };

function parsed(args: readonly string[]): Given {
  try {
    const options = Object.fromEntries(Object.entries<HubFlag>(FLAGS).map(([name, { type }]) => [name, { type }]));
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values as Given;
  } catch (error) {
    const said = error instanceof Error ? error.message.split('. ')[0] : 'The options could not be read';
    throw new ClinicError('invalid-input', `${said}. See --help.`);
  }
}

function checkFeed(given: Given): void {
  together(given, 'hl7-tls-cert', 'hl7-tls-key');
  const host = given['hl7-host'];
  if (host !== undefined && !LOOPBACK.has(host) && given['hl7-tls-cert'] === undefined) {
    throw new ClinicError('invalid-input', `--hl7-host ${host} needs a certificate: --hl7-tls-cert and --hl7-tls-key.`);
  }
  const needing = (['hl7-host', 'hl7-tls-cert', 'hl7-allow'] as const).find((name) => given[name] !== undefined);
  if (given['hl7-port'] === undefined && needing) {
    throw new ClinicError('invalid-input', `--${needing} needs --hl7-port: without it nothing listens.`);
  }
  if (given['hl7-client-ca'] !== undefined && given['hl7-tls-cert'] === undefined) {
    throw new ClinicError('invalid-input', '--hl7-client-ca needs --hl7-tls-cert and --hl7-tls-key.');
  }
  if (given['hl7-allow'] !== undefined) readPeers(given['hl7-allow']);
  if (given.zone !== undefined && !knownTimeZone(given.zone)) {
    throw new ClinicError(
      'invalid-input',
      `--zone: no time zone is called ${given.zone}; names look like Europe/London.`,
    );
  }
}

function together(given: Given, one: keyof Given, other: keyof Given): void {
  if ((given[one] === undefined) !== (given[other] === undefined)) {
    throw new ClinicError('invalid-input', `--${one} and --${other} go together.`);
  }
}

function portOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new ClinicError('invalid-input', `--${name} takes a port from 0 to 65535, not "${text}".`);
  return port;
}

/** A broker's address must be one the hub can speak to. */
export function checkBrokerUrl(url: string): void {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  if (scheme !== 'mqtt:' && scheme !== 'mqtts:') {
    throw new ClinicError('invalid-input', '--mqtt takes an address like mqtt://host:1883 or mqtts://host:8883.');
  }
}
