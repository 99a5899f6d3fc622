import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WINDOW_LINE } from '#contract/shell.ts';

/** What decides whether Electron's window can be had here. */
export interface Surroundings {
  readonly root: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** null where the system has no such number. */
  readonly userId: number | null;
}

/** Electron's program file once its runtime has been fetched, else null. */
export function electronRuntime(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** Why Electron's window cannot be shown here whatever is installed, or null. */
export function noWindowReason({ platform, env, userId }: Surroundings): string | null {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'this machine has no display';
  if (userId === 0) return 'Electron keeps no sandbox for the root user';
  return null;
}

export interface Fetching {
  readonly root: string;
  readonly seconds: number;
  /** Program and arguments that fetch the runtime; tests put a slow or failing one here. */
  readonly command?: readonly [string, ...string[]];
}

/** Tries to fetch Electron's runtime, at most so many seconds. Answers why it is still missing, or null. */
export function fetchElectron({ root, seconds, command }: Fetching): Promise<string | null> {
  const [program, ...args] = command ?? [process.execPath, join(root, 'node_modules', 'electron', 'install.js')];
  return new Promise((resolve) => {
    let late = false;
    const child = spawn(program, args, { cwd: root, stdio: 'ignore' });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const end = (reason: string | null): void => {
      clearTimeout(timer);
      resolve(reason);
    };
    child.on('error', () => end("Electron's runtime could not be fetched"));
    child.on('exit', (code) => {
      if (late) end(`Electron's runtime could not be fetched within ${seconds} s`);
      else end(code === 0 ? null : "Electron's runtime could not be fetched");
    });
  });
}

/** How the desktop app ended: `never` means no window came up, so that another way may be tried. */
export type ElectronEnd = { readonly window: 'shown' | 'never'; readonly code: number };

/** Runs the desktop app until it ends. `started` gets the process, so that signals can be passed on. */
export function runElectron(
  program: string,
  args: readonly string[],
  cwd: string,
  started: (child: ChildProcess) => void,
): Promise<ElectronEnd> {
  return new Promise((resolve) => {
    let window: ElectronEnd['window'] = 'never';
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    started(child);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === WINDOW_LINE) window = 'shown';
      else process.stdout.write(`${line}\n`);
    });
    child.on('error', () => resolve({ window, code: 1 }));
    child.on('close', (code) => resolve({ window, code: code ?? 1 }));
  });
}
