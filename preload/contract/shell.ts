import { z } from 'zod';

/** Names under which the Electron main process and the preload speak. There are no others. */
export const SHELL_CHANNELS = {
  /** Page asks (invoke, no argument) for a fresh way to the hub; the port follows on `port`. */
  connect: 'wardline:connect',
  /** Main process hands the preload one MessagePort, no data. */
  port: 'wardline:port',
  /** Preload asks (sendSync, no argument) once while it loads; answered with a `ShellGreeting`. */
  greeting: 'wardline:greeting',
  /** Main process tells of a menu entry the user chose: a `ConsoleCommand`. */
  command: 'wardline:command',
} as const;

/** `data` of the window messages the preload posts to its own page: a port comes with the first, a command with the second. */
export const WINDOW_MESSAGES = { port: 'wardline:port', command: 'wardline:command' } as const;

/** The line the shell writes on stdout once its window is there: the launcher waits for it. */
export const WINDOW_LINE = 'wardline: window open';

/** What a page may know before it connects. The sign-in code works once and only within five minutes. */
export const shellGreeting = z.strictObject({
  version: z.string().max(40),
  platform: z.enum(['win32', 'darwin', 'linux']),
  signInCode: z.string().max(200).nullable(),
});
export type ShellGreeting = z.infer<typeof shellGreeting>;

/** What the native menu can ask of the console. A `go-…` opens a screen and never acts on anything. */
export const consoleCommand = z.enum([
  'go-ward',
  'go-alarms',
  'go-beds',
  'go-devices',
  'go-users',
  'go-ledger',
  'go-settings',
  'find',
  'show-keys',
]);
export type ConsoleCommand = z.infer<typeof consoleCommand>;

/** How a hub in the utility process is to run: the options of `npm run hub`, without the key. */
export const hubStartOptions = z.strictObject({
  data: z.string().min(1),
  demo: z.boolean(),
  /** Where the key rests, in words for the Settings screen. */
  keyKeeping: z.string(),
  admitAll: z.boolean().optional(),
  host: z.string().optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  tlsCert: z.string().optional(),
  tlsKey: z.string().optional(),
  mqtt: z.string().optional(),
  mqttPort: z.number().int().min(0).max(65_535).optional(),
  mqttCa: z.string().optional(),
  mqttCert: z.string().optional(),
  mqttKey: z.string().optional(),
  hl7Port: z.number().int().min(0).max(65_535).optional(),
  zone: z.string().max(60).optional(),
});
export type HubStartOptions = z.infer<typeof hubStartOptions>;

/** What the hub may run beside itself; nothing else can be asked for. */
export const childName = z.enum(['broker-process', 'simulators-run']);
export type ChildName = z.infer<typeof childName>;

/** From the shell to the hub. `port` and nothing else carries a MessagePort. The key is 32 bytes and travels no other way. */
export const toHub = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), options: hubStartOptions, key: z.instanceof(Uint8Array) }),
  z.strictObject({ type: z.literal('port') }),
  z.strictObject({ type: z.literal('sign-in-code'), ask: z.number().int() }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('from-child'), id: z.number().int(), message: z.unknown() }),
  z.strictObject({ type: z.literal('child-ended'), id: z.number().int(), code: z.number().int() }),
]);
export type ToHub = z.infer<typeof toHub>;

/** From the hub to the shell. `failed` means the hub will not run until something is changed, so it is not restarted. */
export const fromHub = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), console: z.string().nullable(), clinic: z.string(), demo: z.boolean() }),
  z.strictObject({ type: z.literal('failed'), message: z.string() }),
  z.strictObject({ type: z.literal('sign-in-code'), ask: z.number().int(), code: z.string().nullable() }),
  z.strictObject({
    type: z.literal('start-child'),
    id: z.number().int(),
    name: childName,
    args: z.array(z.string().max(40)).max(4),
  }),
  z.strictObject({ type: z.literal('to-child'), id: z.number().int(), message: z.unknown() }),
  z.strictObject({ type: z.literal('end-child'), id: z.number().int() }),
]);
export type FromHub = z.infer<typeof fromHub>;
