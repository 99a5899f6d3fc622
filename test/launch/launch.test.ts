import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WINDOW_LINE } from '#contract/shell.ts';
import { takeOwnership } from '#db/lock.ts';
import { storePaths } from '#db/paths.ts';
import { fingerprint } from '#main/launch-build.ts';
import { electronRuntime, fetchElectron, noWindowReason, runElectron } from '#main/launch-electron.ts';
import { browserOpener, openRollingLog } from '#main/launch-hub.ts';
import { markDemo, resetDemo } from '#main/launch-reset.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const launcher = join(root, 'main', 'launch.mjs');

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardline launch '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the launcher from a folder that is not the repository, with a surrounding that has no display. */
function launch(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, INIT_CWD: _npm, ...rest } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], { cwd: tmpdir(), env: { ...rest, ...env } });
  onTestFinished(() => {
    child.kill('SIGTERM');
  });
  const out: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => out.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => out.push(line));
  const ended = new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? -1));
  });
  const line = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = out.find((each) => pattern.test(each));
      if (found) return found;
      const end = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(() => resolve(null), 50))]);
      if (end !== null) throw new Error(`The launcher ended with ${end}:\n${out.join('\n')}`);
    }
  };
  return { child, out, ended, line };
}

describe('npm start', () => {
  it('explains its options', async () => {
    const { ended, out } = launch(['--help']);
    expect(await ended).toBe(0);
    const text = out.join('\n');
    const names = [
      'demo',
      'clinic',
      'reset',
      'data',
      'browser',
      'no-open',
      'no-electron-download',
      'port',
      'mqtt',
      'mqtt-ca',
    ];
    for (const name of names) expect(text).toContain(`--${name}`);
  });

  it.each([
    [['--bogus'], 'There is no option --bogus'],
    [['--demo', '--clinic'], 'either --demo or --clinic'],
    [['--clinic', '--reset'], 'A real clinic is never deleted'],
    [['--port', 'many'], '--port takes a number'],
    [['--port'], '--port needs a value'],
    [['--demo=yes'], '--demo takes no value'],
    [['--mqtt', 'http://broker'], '--mqtt takes an address'],
    [['--data='], '--data needs a path'],
    [['clinic'], 'Words without --'],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const { ended, out } = launch(args);
    expect(await ended).toBe(1);
    expect(out.join('\n')).toContain(sentence);
  });

  it('opens the demo in the browser where there is no window, finds it again, and makes a new one on request', async () => {
    const data = join(temporaryFolder(), 'a clinic');
    const asked = ['--data', data, '--no-open', '--browser'];
    const clinicOf = (folder: string) => readFileSync(storePaths(folder).check, 'utf8');

    const first = launch(asked);
    const link = (await first.line(/#code=/)).trim();
    expect(first.out.filter((text) => text.startsWith('Opening in the browser: --browser was given'))).toHaveLength(1);
    const [address, code] = link.split('/#code=');
    const page = await fetch(`${address}/`);
    expect(page.status).toBe(200);
    const exchange = () =>
      fetch(`${address}/api/session/exchange`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    expect((await exchange()).status).toBe(200);
    expect((await exchange()).status).not.toBe(200);

    const second = launch([...asked, '--reset']);
    expect(await second.ended).toBe(1);
    expect(second.out.join(' ')).toMatch(/already open in process \d+.*Nothing was deleted/);
    const made = clinicOf(data);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const again = launch(asked);
    await again.line(/#code=/);
    expect(clinicOf(data)).toBe(made);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);

    const anew = launch([...asked, '--reset']);
    await anew.line(/#code=/);
    expect(clinicOf(data)).not.toBe(made);
    anew.child.kill('SIGTERM');
    expect(await anew.ended).toBe(0);
  }, 120_000);

  it('ends when npm is ended, which tells nobody', async () => {
    const data = temporaryFolder();
    const script = `${JSON.stringify(process.execPath)} ${JSON.stringify(launcher)} --data ${JSON.stringify(data)} --no-open --browser; true`;
    const shell = spawn('sh', ['-c', script], { cwd: tmpdir() });
    const out = createInterface({ input: shell.stdout });
    await new Promise<void>((resolve) => {
      out.on('line', (line) => line.includes('#code=') && resolve());
    });
    shell.kill('SIGKILL');
    await new Promise((resolve) => out.once('close', resolve));
    takeOwnership(storePaths(data).lock).release();
  }, 60_000);

  it('says why the hub did not start', async () => {
    const data = temporaryFolder();
    const holder = takeOwnership(storePaths(data).lock);
    onTestFinished(holder.release);
    const { ended, out } = launch(['--data', data, '--no-open', '--browser']);
    expect(await ended).toBe(1);
    expect(out.join(' ')).toContain('already open in process');
  }, 60_000);
});

describe('a new demo clinic', () => {
  it('deletes a folder only if the demo made it', () => {
    const folder = join(temporaryFolder(), 'papers');
    mkdirSync(folder);
    writeFileSync(join(folder, 'letter.txt'), 'mine');
    markDemo(folder);
    expect(resetDemo(folder)).toContain('leaves it alone');
    expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('mine');
  });

  it('deletes the demo as a whole, and nothing beside it', () => {
    const parent = temporaryFolder();
    const folder = join(parent, 'demo');
    for (const name of ['demo', 'clinic']) mkdirSync(join(parent, name));
    markDemo(folder);
    writeFileSync(storePaths(folder).store, 'store');
    expect(resetDemo(folder)).toBeNull();
    expect([existsSync(folder), existsSync(join(parent, 'clinic'))]).toEqual([false, true]);
    expect(resetDemo(folder)).toBeNull();
  });
});

describe("Electron's window", () => {
  const here = { root, platform: 'linux' as NodeJS.Platform, env: { DISPLAY: ':0' }, userId: 1000 };

  it('needs a display and, on Linux, a user other than root', () => {
    expect(noWindowReason(here)).toBeNull();
    expect(noWindowReason({ ...here, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(noWindowReason({ ...here, env: {} })).toContain('no display');
    expect(noWindowReason({ ...here, userId: 0 })).toContain('root');
    expect(noWindowReason({ ...here, platform: 'win32', env: {}, userId: null })).toBeNull();
  });

  it('counts as there only when its program is', () => {
    const base = temporaryFolder();
    const electron = join(base, 'node_modules', 'electron');
    expect(electronRuntime(base)).toBeNull();
    mkdirSync(join(electron, 'dist'), { recursive: true });
    writeFileSync(join(electron, 'path.txt'), 'electron');
    expect(electronRuntime(base)).toBeNull();
    writeFileSync(join(electron, 'dist', 'electron'), '');
    expect(electronRuntime(base)).toBe(join(electron, 'dist', 'electron'));
  });

  it('is fetched within a time, and given up after it', async () => {
    const fetching = (script: string, seconds: number) =>
      fetchElectron({ root, seconds, command: [process.execPath, '-e', script] });
    expect(await fetching('process.exit(0)', 60)).toBeNull();
    expect(await fetching('process.exit(1)', 60)).toContain('could not be fetched');
    expect(await fetching('setInterval(() => {}, 1000)', 0.3)).toContain('within 0.3 s');
    expect(await fetchElectron({ root, seconds: 60, command: ['no-such-program'] })).toContain('could not be fetched');
  });

  it('is told apart from one that never came up', async () => {
    const run = (script: string) => runElectron(process.execPath, ['-e', script], root, () => {});
    expect(await run(`console.log(${JSON.stringify(WINDOW_LINE)}); process.exitCode = 3`)).toEqual({
      window: 'shown',
      code: 3,
    });
    expect(await run('process.exitCode = 127')).toEqual({ window: 'never', code: 127 });
  });

  it('gives way to the browser only where there is one to open', () => {
    expect(browserOpener('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
    expect(browserOpener('linux', {})).toBeNull();
    expect(browserOpener('darwin', {})).toEqual(['open']);
    expect(browserOpener('darwin', { CI: 'true' })).toBeNull();
  });
});

describe('what is built', () => {
  it('is built again when a source changed, came or went', () => {
    const base = temporaryFolder();
    mkdirSync(join(base, 'a', 'b'), { recursive: true });
    const file = join(base, 'a', 'b', 'one.ts');
    const seen = new Set<string>();
    const look = () => seen.add(fingerprint(base, ['a', 'package.json']));
    look();
    writeFileSync(file, 'one');
    look();
    writeFileSync(file, 'longer');
    look();
    writeFileSync(join(base, 'package.json'), '{}');
    look();
    look();
    expect(seen.size).toBe(4);
  });

  it('leaves a log that never grows past its size', () => {
    const file = join(temporaryFolder(), 'hub.log');
    const log = openRollingLog(file, 10);
    for (const word of ['first.', 'second', 'third.']) log.write(Buffer.from(word));
    log.close();
    expect([readFileSync(file, 'utf8'), readFileSync(`${file}.1`, 'utf8')]).toEqual(['third.', 'second']);
  });
});
