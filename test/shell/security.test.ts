import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serveConsole } from '#main/shell/protocol.ts';
import { startOnStandIn } from '#test/helpers/shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CONSOLE = 'app://console/';
vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
});

const FOREIGN = [
  'https://evil.example/',
  'http://127.0.0.1:1883/',
  'file:///etc/passwd',
  'smb://server/share',
  'ms-msdt:/id',
  'javascript:alert(1)',
  'app://other/',
  'data:text/html,x',
];

async function started(options: Parameters<typeof startOnStandIn>[0] = {}) {
  const shell = await startOnStandIn({ realPreload: true, ...options });
  const { webContents } = shell.onlyWindow();
  await vi.waitUntil(() => webContents.getURL() === CONSOLE, { timeout: 20_000 });
  return { ...shell, webContents };
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

describe('the Electron security checklist', () => {
  it('1 lets no request leave the app', async () => {
    const { webContents, notes } = await started();
    const leaving = [...FOREIGN, 'ws://127.0.0.1:1/', 'wss://evil.example/'].filter((url) => !url.startsWith('data:'));
    expect(leaving.filter((url) => webContents.session.lets(url))).toEqual([]);
    expect(webContents.session.lets(`${CONSOLE}assets/main.js`)).toBe(true);
    expect(notes.filter(({ what }) => what === 'request refused')).toHaveLength(leaving.length);
  });

  it('2, 3, 4, 6, 8, 9, 10, 11 gives every window the strict preferences, and the whole app the sandbox', async () => {
    const { webContents, electron } = await started();
    expect(electron.app.sandboxed).toBe(true);
    expect(webContents.getLastWebPreferences()).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    expect(webContents.getLastWebPreferences()).not.toHaveProperty('enableBlinkFeatures');
    const code = ['main', 'preload'].flatMap(sources).join('\n');
    expect(code).not.toMatch(/enableBlinkFeatures|appendSwitch\(\s*'no-sandbox'|webSecurity: false|sandbox: false/);
  });

  it('5 denies every permission, and notes it', async () => {
    const { webContents, notes } = await started();
    const permissions = ['media', 'midi', 'usb', 'geolocation', 'notifications', 'clipboard-read', 'serial', 'hid'];
    for (const permission of permissions) {
      expect(webContents.session.grants(permission), permission).toEqual([false, false, false]);
    }
    expect(notes.filter(({ what }) => what === 'permission refused')).toHaveLength(permissions.length);
    expect(webContents.session.spellChecker).toBe(false);
  });

  it('7 sends a content security policy without inline script with every page', async () => {
    const { webContents } = await started();
    for (const url of [CONSOLE, `${CONSOLE}.shell`, `${CONSOLE}assets/main.js`]) {
      const policy = (await webContents.session.fetch(url)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy).not.toMatch(/https?:|wss?:/);
    }
  });

  it('12 lets no web view come alive', async () => {
    const { webContents, notes } = await started();
    expect(webContents.attachesWebview()).toBe(false);
    expect(notes.map(({ what }) => what)).toContain('web view refused');
  });

  it('13, 14, F83 keeps the page where it is and opens no window', async () => {
    const { webContents, electron } = await started();
    for (const url of FOREIGN) {
      for (const kind of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
        expect(webContents.tries(kind, url), `${kind} ${url}`).toBe(false);
      }
      expect(webContents.opens(url), url).toBe(false);
    }
    expect(webContents.opens(`${CONSOLE}ward`)).toBe(false);
    expect(webContents.tries('will-navigate', `${CONSOLE}ward`)).toBe(true);
    expect(electron.BrowserWindow.getAllWindows()).toHaveLength(1);
  });

  it('15 never opens anything outside the app', () => {
    expect([...sources('main/shell'), ...sources('preload')].join('\n')).not.toMatch(/openExternal|openPath/);
  });

  it('16 is built on a pinned Electron of the newest major this project has tried', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(devDependencies.electron).toMatch(/^45\.\d+\.\d+$/);
  });

  it('17, F84 answers two channels, and only the top frame of its own page', async () => {
    const { webContents, electron, notes } = await started();
    const { ipcMain } = electron;
    expect(ipcMain.channels()).toEqual(['wardline:connect', 'wardline:greeting']);
    const top = webContents.mainFrame;
    const nothing = () => {};
    const strangers = [
      null,
      { url: `${CONSOLE}ward`, parent: top, postMessage: nothing },
      ...FOREIGN.map((url) => ({ url, parent: null, postMessage: nothing })),
      { url: 'app://console.evil.example/', parent: null, postMessage: nothing },
    ];
    for (const frame of strangers) {
      expect(ipcMain.ask('wardline:greeting', webContents, frame, [])).toBeNull();
      await expect(ipcMain.invoke('wardline:connect', webContents, frame, [])).rejects.toThrow('Refused');
    }
    expect(notes.filter(({ what }) => what === 'message refused')).toHaveLength(2 * strangers.length);
    await expect(
      ipcMain.invoke('wardline:connect', webContents, top, [{ huge: 'x'.repeat(50_000_000) }]),
    ).rejects.toThrow('Refused');
    await expect(ipcMain.invoke('wardline:anything', webContents, top, [])).rejects.toThrow('No handler');
  });

  it('18 serves its own scheme from one folder, and nothing beside it', async () => {
    const { webContents, folder, electron } = await started();
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'console', '.hidden.js'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'console', 'assets', 'link.txt'));
    mkdirSync(join(folder, 'console-beside'));
    writeFileSync(join(folder, 'console-beside', 'x.txt'), 'secret');
    const status = async (path: string) => (await webContents.session.fetch(CONSOLE + path)).status;
    const outside = [
      ...[
        '../secret.txt',
        '..%2fsecret.txt',
        '%2e%2e/secret.txt',
        '%2e%2e%2fsecret.txt',
        'assets/..%2f..%2fsecret.txt',
      ],
      ...['..\\secret.txt', '..%5csecret.txt', '%00.js', 'C:/windows/x.txt', '//etc/passwd.txt', 'assets/link.txt'],
      ...['.hidden.js', '../console-beside/x.txt', '%E0%A4%A.js', 'assets/none.js'],
    ];
    for (const path of outside) expect(await status(path), path).toBe(404);
    for (const path of ['', 'ward', 'patient/p1', 'assets/main.js']) expect(await status(path), path).toBe(200);
    await expect(webContents.session.fetch('app://other/index.html')).rejects.toThrow();
    expect(serveConsole(join(folder, 'console'), 'app://other/index.html').status).toBe(404);
    expect(electron.privileges).toEqual([
      { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) },
    ]);
    expect(JSON.stringify(electron.privileges)).not.toMatch(/bypassCSP|corsEnabled/);
  });

  it('20 shows the page four plain names and no object of Electron', async () => {
    const { webContents } = await started();
    const shown = webContents.page?.exposed ?? new Map();
    expect([...shown.keys()]).toEqual(['wardline']);
    const kinds = Object.entries(shown.get('wardline') as object).map(([name, value]) => [name, typeof value]);
    expect(Object.fromEntries(kinds)).toEqual({
      connect: 'function',
      signInCode: 'function',
      version: 'string',
      platform: 'string',
    });
  });

  it('refuses certificates, client certificates and proxy sign-ins', async () => {
    const { electron, webContents } = await started();
    const { app } = electron;
    let trusted: boolean | null = null;
    const prevent = vi.fn();
    const event = { preventDefault: prevent };
    app.emit('certificate-error', event, webContents, 'https://evil.example', 'x', {}, (trust: boolean) => {
      trusted = trust;
    });
    app.emit('select-client-certificate', event, webContents, 'https://evil.example', [], () => {});
    app.emit('login', event);
    app.emit('open-url', event, 'wardline://approve?id=1');
    expect(trusted).toBe(false);
    expect(prevent).toHaveBeenCalledTimes(4);
  });

  it('offers developer tools only while it is developed', async () => {
    const developing = await started();
    const roles = (menu: typeof developing.electron.Menu.applied) =>
      menu.flatMap(({ submenu }) => submenu ?? []).map(({ role }) => role);
    expect(roles(developing.electron.Menu.applied)).toContain('toggleDevTools');
    const packaged = await started({ packaged: true });
    expect(roles(packaged.electron.Menu.applied)).not.toContain('toggleDevTools');
    expect(packaged.webContents.getLastWebPreferences()).toMatchObject({ devTools: false });
  });

  it('names a key for every command of the menu', async () => {
    const { electron } = await started();
    const items = electron.Menu.applied
      .flatMap(({ submenu }) => submenu ?? [])
      .filter(({ type }) => type !== 'separator');
    expect(items.length).toBeGreaterThan(20);
    expect(items.filter(({ accelerator }) => !accelerator)).toEqual([]);
    const keys = items.map(({ accelerator }) => accelerator);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
