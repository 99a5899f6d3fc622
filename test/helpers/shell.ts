import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { onTestFinished, vi } from 'vitest';
import type { Note } from '#main/shell/note.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the shell noted down in this test. */
export interface Noted {
  readonly kind: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

/** A folder of its own for this test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-shell-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A console of three files, to be served. */
export function makeConsole(folder: string): string {
  const built = join(folder, 'console');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html><title>Wardline</title>');
  writeFileSync(join(built, 'assets', 'main.js'), 'export {};');
  return built;
}

/** The preload as it ships: bundled to CommonJS beside nothing else. */
export async function bundlePreload(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, 'preload/bridge.ts'),
    platform: 'browser',
    external: ['electron'],
  });
  await bundle.write({ file: join(folder, 'preload.cjs'), format: 'cjs' });
  await bundle.close();
  return folder;
}

/** A fresh stand-in for Electron and the shell's modules on it. */
export async function freshElectron() {
  vi.resetModules();
  const electron = await import('./electron-stand-in/index.ts');
  onTestFinished(() => {
    for (const child of electron.forked) child.kill('SIGKILL');
  });
  return electron;
}

export interface ShellOptions {
  /** Command line after the app's path. */
  readonly args?: readonly string[];
  readonly packaged?: boolean;
  /** The little hub by default, which can refuse to start or crash; else main/hub.ts, from source or as it ships. */
  readonly hub?: 'refuse' | 'crash' | 'sources' | 'bundle';
  readonly before?: (electron: Awaited<ReturnType<typeof freshElectron>>) => void;
  /** Keep the data folder of an earlier start. */
  readonly data?: string;
  readonly realPreload?: boolean;
}

const LITTLE = 'test/helpers/electron-stand-in/little-hub.ts';
const HUBS = { refuse: LITTLE, crash: LITTLE, sources: 'main/hub.ts', bundle: 'dist/hub/hub.js' };

/** Starts the shell as main.ts does, on the stand-in, with the little hub. */
export async function startOnStandIn({
  args = ['--demo'],
  packaged = false,
  hub,
  before,
  data,
  realPreload,
}: ShellOptions = {}) {
  const electron = await freshElectron();
  const folder = temporaryFolder();
  const dataDir = data ?? join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  electron.app.isPackaged = packaged;
  before?.(electron);
  if (hub === 'refuse' || hub === 'crash') process.env.LITTLE_HUB = hub;
  else delete process.env.LITTLE_HUB;
  const notes: Noted[] = [];
  const note: Note = (kind, what, detail = {}) => void notes.push({ kind, what, detail });
  const places = {
    shell: realPreload ? await bundlePreload(folder) : folder,
    hubEntry: join(root, HUBS[hub ?? 'refuse']),
    childEntry: join(root, hub === 'bundle' ? 'dist/hub/child-of-hub.js' : 'main/child-of-hub.ts'),
    console: makeConsole(folder),
    icon: join(folder, 'icon.png'),
  };
  const argv = packaged ? ['Wardline', ...args] : ['electron', root, ...args];
  const { startShell } = await import('#main/shell/app.ts');
  await startShell(places, args.some((word) => word.startsWith('--data')) ? argv : [...argv, '--data', dataDir], note);
  const onlyWindow = () => {
    const [window] = electron.BrowserWindow.getAllWindows();
    if (!window) throw new Error('No window is open.');
    return window;
  };
  return { electron, dataDir, folder, notes, onlyWindow };
}
