// The second half of `npm start`, on the Node that npm installed: builds what is older than its sources, then runs.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import { defaultDataDir } from './data-dir.ts';
import { ensureBuilt, root } from './launch-build.ts';
import { electronRuntime, fetchElectron, noWindowReason, runElectron } from './launch-electron.ts';
import { logFileIn, openInBrowser, runHub } from './launch-hub.ts';
import { markDemo, resetDemo } from './launch-reset.ts';

const FETCH_SECONDS = 20;
const PASSED_ON = ['port', 'mqtt', 'mqtt-ca', 'mqtt-cert', 'mqtt-key', 'hl7-port', 'zone'] as const;

const given = z.strictObject({
  demo: z.boolean().optional(),
  clinic: z.boolean().optional(),
  reset: z.boolean().optional(),
  browser: z.boolean().optional(),
  'no-open': z.boolean().optional(),
  'no-electron-download': z.boolean().optional(),
  data: z.string().optional(),
  port: z.string().optional(),
  mqtt: z.string().optional(),
  'mqtt-ca': z.string().optional(),
  'mqtt-cert': z.string().optional(),
  'mqtt-key': z.string().optional(),
  'hl7-port': z.string().optional(),
  zone: z.string().optional(),
});
type Given = z.infer<typeof given>;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Why the console opens in the browser, or the Electron program to open it with. */
async function electronOr(options: Given): Promise<{ program: string } | { reason: string }> {
  if (options.browser) return { reason: '--browser was given' };
  const { platform, env } = process;
  const noWindow = noWindowReason({ root, platform, env, userId: process.getuid?.() ?? null });
  if (noWindow) return { reason: noWindow };
  const there = electronRuntime(root);
  if (there) return { program: there };
  if (options['no-electron-download'] || env.WARDLINE_NO_ELECTRON_DOWNLOAD) {
    return { reason: "Electron's runtime is not here, and fetching it was opted out of" };
  }
  say(`Fetching Electron's runtime (once, at most ${FETCH_SECONDS} s) …`);
  const failure = await fetchElectron({ root, seconds: FETCH_SECONDS });
  const program = electronRuntime(root);
  return program ? { program } : { reason: failure ?? "Electron's runtime could not be fetched" };
}

/** Keeps the one process that runs, and passes on a signal that reached only the launcher. */
function watchSignals(): (child: ChildProcess) => void {
  let running: ChildProcess | null = null;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    running?.kill('SIGTERM');
    setTimeout(() => running?.kill('SIGKILL'), 8000).unref();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return (child) => {
    running = child;
  };
}

function hubArgs(options: Given, dataDir: string): string[] {
  const args = ['--data', dataDir];
  if (!options.clinic) args.push('--demo');
  // The hospital of the demo tells of its past over HL7, as a real one would.
  if (!options.clinic && options['hl7-port'] === undefined) args.push('--hl7-port', '0');
  for (const name of PASSED_ON) {
    const value = options[name];
    if (value !== undefined) args.push(`--${name}`, value);
  }
  return args;
}

async function inBrowser(options: Given, dataDir: string, started: (child: ChildProcess) => void): Promise<number> {
  const failure = await ensureBuilt(['console'], say);
  if (failure) return fail(failure);
  say(options.clinic ? 'Opening the clinic …' : 'Opening the demo clinic …');
  return runHub({
    root,
    args: hubArgs(options, dataDir),
    logFile: logFileIn(dataDir),
    started,
    ready: ({ console: address, signIn }) => {
      const link = signIn ?? address;
      say('');
      say(signIn ? 'Wardline is running. This link signs you in, once, within five minutes:' : 'Wardline is running:');
      say(`  ${link}`);
      if (signIn) say(`Later, sign in at ${address}`);
      say('Ctrl+C ends it.');
      if (!options['no-open']) openInBrowser(link);
    },
  });
}

function fail(text: string): number {
  process.stderr.write(`${text}\n`);
  return 1;
}

async function start(options: Given): Promise<number> {
  const dataDir = options.data ?? defaultDataDir(options.clinic ? 'clinic' : 'demo');
  if (options.reset) {
    const refusal = resetDemo(dataDir);
    if (refusal) return fail(refusal);
    say('The old demo clinic is deleted.');
  }
  process.umask(0o077);
  mkdirSync(dataDir, { recursive: true });
  if (!options.clinic) markDemo(dataDir);
  const started = watchSignals();

  const way = await electronOr(options);
  if ('program' in way) {
    const failure = await ensureBuilt(['console', 'shell'], say);
    if (failure) return fail(failure);
    const end = await runElectron(way.program, [root, ...hubArgs(options, dataDir)], root, started);
    if (end.window === 'shown' || end.code === 0) return end.code;
    say('Opening in the browser: Electron could not open its window here.');
  } else {
    say(`Opening in the browser: ${way.reason}.`);
  }
  return inBrowser(options, dataDir, started);
}

process.exitCode = await start(given.parse(JSON.parse(process.argv[2] ?? '{}')));
process.exit();
