import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian keeps it; the tests that need a real Mosquitto say so when it is not there. */
const PATHS = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'];

export const mosquittoPath: string | undefined = PATHS.find((path) => existsSync(path));

/** A real Mosquitto on a free port of loopback, with its files in a folder of its own. */
export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Ends it as an administrator would, or as a power cut would. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port and files. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface MosquittoOptions {
  /** Lines added to the configuration. */
  readonly config?: readonly string[];
  /** Lines of the access list; without them everyone may do everything. */
  readonly acl?: readonly string[];
  /** Whether what was acknowledged is on disk before a kill (`autosave_on_changes`). */
  readonly durable?: boolean;
}

/** The access list Wardline documents for a clinic's own Mosquitto: a device's user name is its id. */
export function deviceAcl(clinic: string, hubUser: string): string[] {
  return [
    `user ${hubUser}`,
    `topic read clinic/${clinic}/device/+/+`,
    `topic write clinic/${clinic}/device/+/command`,
    ...['hello', 'status', 'readings', 'wave', 'event'].map(
      (ending) => `pattern write clinic/${clinic}/device/%u/${ending}`,
    ),
    `pattern read clinic/${clinic}/device/%u/command`,
  ];
}

export async function startMosquitto({ config = [], acl, durable = false }: MosquittoOptions = {}): Promise<Mosquitto> {
  if (!mosquittoPath) throw new Error('Mosquitto is not installed (Debian: apt-get install mosquitto).');
  const folder = await mkdtemp(join(tmpdir(), 'wardline-mosquitto-'));
  const port = await freePort();
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
    'max_queued_messages 0',
    'max_inflight_messages 0',
    'log_type none',
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    ...(durable ? ['autosave_on_changes true', 'autosave_interval 1'] : []),
    ...(acl ? [`acl_file ${folder}/acl`] : []),
    ...config,
  ];
  if (acl) await writeFile(join(folder, 'acl'), `${acl.join('\n')}\n`, { mode: 0o600 });
  await writeFile(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
  let child = await run(mosquittoPath, join(folder, 'mosquitto.conf'), port);

  const stop = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    stop,
    async start() {
      child = await run(mosquittoPath ?? '', join(folder, 'mosquitto.conf'), port);
    },
    async close() {
      await stop('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(path: string, config: string, port: number): Promise<ChildProcess> {
  const child = spawn(path, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`Mosquitto ended at once: ${said}`);
    await new Promise((settle) => setTimeout(settle, 20));
  }
  return child;
}

function answers(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  await new Promise<void>((settle) => server.close(() => settle()));
  return typeof address === 'object' && address ? address.port : 0;
}
