import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The made-up clinic of `npm start`, or a real one: they never share a folder. */
export type ClinicKind = 'demo' | 'clinic';

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * Where a clinic's data lies when nobody says otherwise: under `WARDLINE_DATA`, else in the user's own data folder as
 * the operating system has it; in each a folder for the demo and one for the clinic.
 */
export function defaultDataDir(kind: ClinicKind, surroundings: Surroundings = here()): string {
  return join(dataHome(surroundings), kind);
}

/** The key file that belongs to a data folder. */
export function defaultKeyFile(dataDir: string): string {
  return join(dataDir, 'wardline.key');
}

function here(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() };
}

function dataHome({ env, platform, home }: Surroundings): string {
  if (env.WARDLINE_DATA) return resolve(env.WARDLINE_DATA);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'wardline');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'wardline');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'wardline');
}
