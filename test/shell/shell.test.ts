import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startOnStandIn } from '#test/helpers/shell.ts';

const CONSOLE = 'app://console/';
const written: string[] = [];
vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
});

/** Waits until something is so; the test's own time limit ends it otherwise. */
async function until(so: () => boolean): Promise<void> {
  await vi.waitUntil(so, { timeout: 20_000, interval: 10 });
}

type Started = Awaited<ReturnType<typeof startOnStandIn>>;

async function consoleOpen({ onlyWindow }: Started): Promise<void> {
  await until(() => onlyWindow().webContents.getURL() === CONSOLE);
}

describe('starting the desktop app', () => {
  it('opens one window, first with word that it is starting, then with the console', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    const { webContents, shown } = shell.onlyWindow();
    expect(webContents.visits.map(({ status }) => status)).toEqual(webContents.visits.map(() => 200));
    expect(webContents.visits[0]?.url).toBe(`${CONSOLE}.shell`);
    expect(shown).toBe(true);
    expect(written.join('')).toContain('wardline: window open');
  });

  it('says on every window of the demo that it is one', async () => {
    const { onlyWindow } = await startOnStandIn();
    expect(onlyWindow().options.title).toContain('demo');
  });

  it('leaves the clinic to the app that has it open, and brings that one forward', async () => {
    const second = await startOnStandIn({
      before: ({ app }) => {
        app.taken = true;
      },
    });
    expect(second.electron.app.exitCode).toBe(0);
    expect(second.electron.BrowserWindow.getAllWindows()).toEqual([]);

    const first = await startOnStandIn();
    first.onlyWindow().minimize();
    first.electron.app.emit('second-instance', {}, ['wardline://bed/7?approve=1']);
    expect(first.onlyWindow().isMinimized()).toBe(false);
    expect(first.onlyWindow().focusCount).toBe(1);
    expect(first.electron.BrowserWindow.getAllWindows()).toHaveLength(1);
  });

  it('F82 does nothing about a link it is started with', async () => {
    const shell = await startOnStandIn({ packaged: true, args: ['wardline://approve?id=1', '--demo'] });
    await consoleOpen(shell);
    expect(shell.onlyWindow().webContents.visits.every(({ url }) => !url.includes('approve'))).toBe(true);
  });

  it('F92 refuses arguments it does not know, and every switch that would open it to others', async () => {
    const unknown = await startOnStandIn({ packaged: true, args: ['--inspect-brk'] });
    expect(unknown.electron.app.exitCode).toBe(2);
    const debugged = await startOnStandIn({
      packaged: true,
      before: ({ app }) => void app.commandLine.appendSwitch('remote-debugging-port'),
    });
    expect(debugged.electron.app.exitCode).toBe(2);
    expect(debugged.electron.forked).toEqual([]);
  });

  it('has a name of its own for the system, so that its messages appear as its own', async () => {
    const { electron } = await startOnStandIn();
    expect(electron.app.userModelId).toBe('org.wardline.console');
  });
});

describe('the hub in its process', () => {
  it('gets its key by message, and neither by argument nor by environment', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    const told = readFileSync(join(shell.dataDir, 'told.log'), 'utf8');
    expect(told).toContain('key of 32 bytes, arguments none');
    const key = readFileSync(join(shell.dataDir, 'wardline.key.wrapped')).toString('hex');
    const [child] = shell.electron.forked;
    expect(JSON.stringify([child?.arguments, child?.environment])).not.toContain(key);
    expect(Object.keys(child?.environment ?? {}).filter((name) => /^(NODE_|ELECTRON_)/.test(name))).toEqual([]);
  });

  it('comes back after a crash while the console stays where it is', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    shell.electron.forked[0]?.kill('SIGKILL');
    await until(() => shell.electron.forked.length === 2);
    await until(() => readFileSync(join(shell.dataDir, 'told.log'), 'utf8').split('key of').length === 3);
    expect(shell.onlyWindow().webContents.getURL()).toBe(CONSOLE);
    expect(shell.notes.map(({ what }) => what)).toContain('hub ended');
  });

  it('F74 is not started a fourth time within a minute, and the window says so', async () => {
    const shell = await startOnStandIn({ hub: 'crash' });
    await until(
      () => shell.electron.forked.length === 3 && shell.electron.forked.every(({ pid }) => pid === undefined),
    );
    const { session } = shell.onlyWindow().webContents;
    await vi.waitUntil(async () => (await (await session.fetch(`${CONSOLE}.shell`)).text()).includes('has stopped'));
    expect(shell.electron.forked).toHaveLength(3);
    expect(shell.onlyWindow().webContents.getURL()).toBe(`${CONSOLE}.shell`);
  });

  it('is started again from the menu after it was given up', async () => {
    const shell = await startOnStandIn({ hub: 'refuse' });
    const page = async () => (await shell.onlyWindow().webContents.session.fetch(`${CONSOLE}.shell`)).text();
    await vi.waitUntil(async () => (await page()).includes('written by a newer Wardline'), { timeout: 20_000 });
    expect(shell.electron.forked).toHaveLength(1);
    delete process.env.LITTLE_HUB;
    const hubMenu = shell.electron.Menu.applied.find(({ label }) => label === 'H&ub');
    hubMenu?.submenu?.[0]?.click?.();
    await consoleOpen(shell);
    expect(shell.electron.forked).toHaveLength(2);
  });

  it('is asked to close and awaited when the app quits', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    process.emit('SIGTERM');
    await until(() => shell.electron.app.exitCode === 0);
    expect(readFileSync(join(shell.dataDir, 'told.log'), 'utf8')).toContain('closed');
  });
});

describe('the page and its way to the hub', () => {
  interface Bridge {
    connect(): Promise<void>;
    signInCode(): string | null;
    readonly version: string;
    readonly platform: string;
  }

  it('finds exactly four names, no Electron, and speaks to the hub by a port', async () => {
    const shell = await startOnStandIn({ realPreload: true });
    await consoleOpen(shell);
    const { page } = shell.onlyWindow().webContents;
    expect([...(page?.exposed.keys() ?? [])]).toEqual(['wardline']);
    const bridge = page?.exposed.get('wardline') as Bridge;
    expect(Object.keys(bridge).sort()).toEqual(['connect', 'platform', 'signInCode', 'version']);
    expect(bridge.signInCode()).toBe('code-for-one-window');
    expect(bridge.signInCode()).toBeNull();

    await bridge.connect();
    await until(() => page?.messages.length === 1);
    const port = page?.messages[0]?.ports[0];
    const heard: unknown[] = [];
    port?.on('message', ({ data }) => heard.push(data));
    port?.start();
    port?.postMessage('hello');
    await until(() => heard.length === 1);
    expect(heard).toEqual([{ heard: 'hello' }]);
  });

  it('gets a new port after the hub crashed, by asking again', async () => {
    const shell = await startOnStandIn({ realPreload: true });
    await consoleOpen(shell);
    const { page } = shell.onlyWindow().webContents;
    const bridge = page?.exposed.get('wardline') as Bridge;
    await bridge.connect();
    let closed = false;
    page?.messages[0]?.ports[0]?.on('close', () => {
      closed = true;
    });
    shell.electron.forked[0]?.kill('SIGKILL');
    await until(() => closed);
    await bridge.connect();
    expect(page?.messages).toHaveLength(2);
  });

  it('is told what the menu asks for, and nothing else', async () => {
    const shell = await startOnStandIn({ realPreload: true });
    await consoleOpen(shell);
    const go = shell.electron.Menu.applied.find(({ label }) => label === '&Go')?.submenu ?? [];
    go.find(({ label }) => label === 'Alarms')?.click?.();
    const { page } = shell.onlyWindow().webContents;
    expect(page?.messages.map(({ data }) => data)).toEqual([{ type: 'wardline:command', command: 'go-alarms' }]);
  });

  it('carries a code for one window only, and none in a real clinic', async () => {
    const shell = await startOnStandIn({ args: [], realPreload: true });
    await consoleOpen(shell);
    const bridge = shell.onlyWindow().webContents.page?.exposed.get('wardline') as Bridge;
    expect(bridge.signInCode()).toBeNull();
  });
});

describe('windows', () => {
  it('F72 shows the same place again when its process dies, and stops after three times', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    const { webContents } = shell.onlyWindow();
    await webContents.load(`${CONSOLE}ward/w1`);
    webContents.forcefullyCrashRenderer();
    expect(webContents.reloads).toBe(1);
    await until(() => webContents.visits.at(-1)?.url === `${CONSOLE}ward/w1`);
    webContents.emit('unresponsive');
    expect(webContents.reloads).toBe(2);
    webContents.forcefullyCrashRenderer();
    await until(() => webContents.getURL() === `${CONSOLE}.shell`);
    expect(webContents.reloads).toBe(2);
  });

  it('asks before the last one closes while devices are watched, and not otherwise', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    const { dialog, app } = shell.electron;
    expect(shell.onlyWindow().close()).toBe(false);
    await until(() => dialog.asked.length === 1);
    expect(dialog.asked[0]?.buttons).toEqual(['Keep monitoring', 'Stop and quit']);
    expect(app.exitCode).toBeNull();
    dialog.press = 1;
    shell.onlyWindow().close();
    await until(() => app.exitCode === 0);
  });

  it('closes one of several without a question', async () => {
    const shell = await startOnStandIn();
    await consoleOpen(shell);
    shell.electron.Menu.applied[0]?.submenu?.find(({ label }) => label === 'New window')?.click?.();
    await until(() => shell.electron.BrowserWindow.getAllWindows().length === 2);
    expect(shell.onlyWindow().close()).toBe(true);
    expect(shell.electron.dialog.asked).toEqual([]);
  });

  it('come back where they were, within sight', async () => {
    const first = await startOnStandIn();
    await consoleOpen(first);
    first.onlyWindow().setBounds({ x: 100, y: 80, width: 1000, height: 700 });
    process.emit('SIGTERM');
    await until(() => first.electron.app.exitCode === 0);
    const second = await startOnStandIn({ data: first.dataDir });
    expect(second.onlyWindow().getNormalBounds()).toEqual({ x: 100, y: 80, width: 1000, height: 700 });

    const third = await startOnStandIn({
      data: first.dataDir,
      before: ({ screen }) => {
        screen.displays = [{ workArea: { x: 0, y: 0, width: 900, height: 650 } }];
      },
    });
    expect(third.onlyWindow().getNormalBounds()).toEqual({ x: 0, y: 0, width: 900, height: 650 });
  });

  it('keep their files to the user alone', async () => {
    const shell = await startOnStandIn({ args: ['--demo'] });
    await consoleOpen(shell);
    shell.onlyWindow().close();
    const key = join(shell.dataDir, 'wardline.key.wrapped');
    expect(existsSync(key)).toBe(true);
    expect(statSync(key).mode & 0o077).toBe(0);
  });
});
