import { parseArgs } from 'node:util';
import { type HubStartOptions, hubStartOptions } from '#contract/shell.ts';

/** What the command line asks for. `data` is null when the app's own folder is meant. */
export interface ShellArguments {
  readonly data: string | null;
  readonly hub: Omit<HubStartOptions, 'data' | 'keyKeeping'>;
}

/** Switches of Chromium and Node that would open the app to others: refused in the packaged app. */
export const REFUSED_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'js-flags',
  'no-sandbox',
  'disable-web-security',
  'ignore-certificate-errors',
  'allow-running-insecure-content',
  'load-extension',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'user-data-dir',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const;

const texts = ['data', 'host', 'tls-cert', 'tls-key', 'mqtt', 'mqtt-ca', 'mqtt-cert', 'mqtt-key', 'zone'] as const;
const numbers = ['port', 'mqtt-port', 'hl7-port'] as const;

/** Only an unpackaged app is started by Electron's own program, whose arguments come before the app's path. */
function ownArguments(argv: readonly string[], packaged: boolean): string[] {
  if (packaged) return argv.slice(1);
  const app = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return app === -1 ? [] : argv.slice(app + 1);
}

/**
 * Reads the app's arguments. Everything not on its list is refused with a sentence; a deep link (`wardline://…`) is
 * dropped, for a link never acts.
 */
export function readArguments(
  argv: readonly string[],
  packaged: boolean,
): ShellArguments | { readonly refusal: string } {
  const args = ownArguments(argv, packaged).filter((word) => !/^wardline:/i.test(word));
  const options = Object.fromEntries([
    ...texts.map((name) => [name, { type: 'string' as const }]),
    ...numbers.map((name) => [name, { type: 'string' as const }]),
    ...['demo', 'admit-all'].map((name) => [name, { type: 'boolean' as const }]),
  ]) as Record<string, { type: 'string' | 'boolean' }>;
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined);
    const whole = (name: string): number | undefined => (text(name) === undefined ? undefined : Number(text(name)));
    const hub = hubStartOptions.omit({ data: true, keyKeeping: true }).parse({
      demo: values.demo === true,
      admitAll: values['admit-all'] === true,
      host: text('host'),
      port: whole('port'),
      tlsCert: text('tls-cert'),
      tlsKey: text('tls-key'),
      mqtt: text('mqtt'),
      mqttPort: whole('mqtt-port'),
      mqttCa: text('mqtt-ca'),
      mqttCert: text('mqtt-cert'),
      mqttKey: text('mqtt-key'),
      hl7Port: whole('hl7-port'),
      zone: text('zone'),
    });
    return { data: text('data') ?? null, hub };
  } catch {
    return { refusal: `Wardline does not understand these arguments: ${args.join(' ')}` };
  }
}
