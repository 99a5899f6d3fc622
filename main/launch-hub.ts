import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** The line a hub prints on stdout when it is ready, as far as the launcher needs it. */
const readyLine = z.object({
  ready: z.literal(true),
  console: z.string(),
  signIn: z.string().optional(),
});
export type ReadyLine = z.infer<typeof readyLine>;

const LAST_WORDS = 20;

function parseReady(line: string): ReadyLine | null {
  try {
    return readyLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** A log line as a sentence: structured lines lose everything but their message. */
function plainWords(line: string): string {
  try {
    const { msg } = z.object({ msg: z.string() }).parse(JSON.parse(line));
    return msg;
  } catch {
    return line;
  }
}

const LARGEST_LOG = 10 * 1024 * 1024;

/** A log of at most twice 10 MB: what is full is kept once as `.1`. */
export function openRollingLog(file: string, largest = LARGEST_LOG): { write(chunk: Buffer): void; close(): void } {
  let handle = openSync(file, 'w', 0o600);
  let size = 0;
  return {
    write(chunk) {
      if (size + chunk.length > largest) {
        closeSync(handle);
        renameSync(file, `${file}.1`);
        handle = openSync(file, 'w', 0o600);
        size = 0;
      }
      size += writeSync(handle, chunk);
    },
    close: () => closeSync(handle),
  };
}

export interface HubRun {
  readonly root: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly started: (child: ChildProcess) => void;
  readonly ready: (line: ReadyLine) => void;
}

/**
 * Runs the hub under plain Node until it ends, and answers its exit code. What it logs goes to the log file; if it ends
 * before it was ready, its last words are shown.
 */
export function runHub({ root, args, logFile, started, ready }: HubRun): Promise<number> {
  return new Promise((resolve) => {
    const log = openRollingLog(logFile);
    const words: string[] = [];
    let isReady = false;
    const child = spawn(process.execPath, ['main/node.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    started(child);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = isReady ? null : parseReady(line);
      if (!parsed) return;
      isReady = true;
      ready(parsed);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      log.write(chunk);
      if (!isReady) words.push(...chunk.toString('utf8').split('\n').filter(Boolean));
      words.splice(0, words.length - LAST_WORDS);
    });
    child.on('error', () => words.push('The hub could not be started.'));
    child.on('close', (code) => {
      log.close();
      if (!isReady) process.stderr.write(`${words.map(plainWords).join('\n')}\n`);
      resolve(code ?? 1);
    });
  });
}

/** The browser's own opener, or null where there is none to be expected. */
export function browserOpener(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | null {
  if (env.CI) return null;
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  if (platform === 'darwin') return ['open'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}

/** Opens an address in the browser, if there is one; never fails. */
export function openInBrowser(address: string): void {
  const opener = browserOpener(process.platform, process.env);
  if (!opener) return;
  const child = spawn(opener[0], [...opener.slice(1), address], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** Where the log of a hub lies. */
export function logFileIn(dataDir: string): string {
  return join(dataDir, 'hub.log');
}
