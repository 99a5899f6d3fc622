import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, type ForkOptions, Menu, safeStorage, session, utilityProcess } from 'electron';
import { WINDOW_LINE } from '#contract/shell.ts';
import { readArguments, type ShellArguments } from './arguments.ts';
import { createHubProcess, type HubProcess } from './hub-process.ts';
import { storeKey } from './keychain.ts';
import { menuTemplate } from './menu.ts';
import { answerPages } from './messages.ts';
import { type Note, noteToStderr } from './note.ts';
import { registerScheme, serveScheme } from './protocol.ts';
import { guardApp, guardSession, refusedSwitch } from './security.ts';
import { createWindows, pageFor, preloadBeside, type Windows } from './windows.ts';

/** Where the shell's parts lie. */
export interface ShellPlaces {
  /** The bundle of main/shell, with the preload beside it. */
  readonly shell: string;
  readonly hubEntry: string;
  /** What runs beside the hub is started by this. */
  readonly childEntry: string;
  /** The built console. */
  readonly console: string;
  readonly icon: string;
}

const KEPT = {
  keychain: 'In the keychain of the operating system.',
  file: 'In a file of mode 0600 beside the store: whoever can read this user’s files can read the store.',
} as const;

async function mayUseFile(): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'This computer has no keychain',
    detail:
      'Wardline encrypts the clinic’s store. Without a keychain its key can only lie in a file beside the store, readable to your user account and to whoever copies the disk.',
    buttons: ['Quit', 'Keep the key in a file'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

function hubIn(places: ShellPlaces, { hub: options }: ShellArguments, dataDir: string, note: Note): HubProcess {
  return createHubProcess({
    fork: () => utilityProcess.fork(places.hubEntry, [], surroundings('Wardline hub')),
    forkChild: (name, args) =>
      utilityProcess.fork(places.childEntry, [name, ...args], surroundings(`Wardline ${name}`)),
    async startWith() {
      const { demo } = options;
      const { key, protection } = await storeKey({
        dataDir,
        safeStorage,
        platform: process.platform,
        demo,
        mayUseFile,
      });
      if (protection === 'file') note('info', 'the key of the store lies in a file', { demo: String(demo) });
      return { options: { ...options, data: dataDir, keyKeeping: KEPT[protection] }, key };
    },
    clock: () => performance.now(),
    note,
  });
}

/** A process of ours gets the environment of the app without what would change how Node runs. */
function surroundings(serviceName: string): ForkOptions {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|ELECTRON_)/.test(name)));
  return { serviceName, stdio: 'inherit', env };
}

function setMenu(windows: Windows, hub: HubProcess): void {
  const navigate = (way: 'goBack' | 'goForward') => (): void => windows.focused()?.webContents.navigationHistory[way]();
  const actions = {
    tell: windows.tell,
    newWindow: () => void windows.open(),
    back: navigate('goBack'),
    forward: navigate('goForward'),
    startHub: hub.start,
    about: () => app.showAboutPanel(),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, process.platform, !app.isPackaged)));
}

/** Quitting waits until the hub has flushed and closed. */
function stopHubBeforeQuit(windows: Windows, hub: HubProcess): void {
  let stopping = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void hub.stop().then(() => app.exit(0));
  });
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      windows.leave();
      app.quit();
    });
  }
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  app.exit(2);
}

/** Starts the desktop app: one for each store, one hub, and a window. */
export async function startShell(
  places: ShellPlaces,
  argv: readonly string[],
  note: Note = noteToStderr,
): Promise<void> {
  const args = readArguments(argv, app.isPackaged);
  if ('refusal' in args) return refuse(args.refusal);
  const forbidden = refusedSwitch(app);
  if (forbidden) return refuse(`Wardline does not run with --${forbidden}.`);

  process.umask(0o077);
  const dataDir = args.data ?? join(app.getPath('userData'), args.hub.demo ? 'demo' : 'clinic');
  const ownFolder = join(dataDir, 'shell');
  mkdirSync(ownFolder, { recursive: true });
  app.setPath('userData', ownFolder);
  app.setAppUserModelId('org.wardline.console');
  registerScheme();
  guardApp(note);
  if (!app.requestSingleInstanceLock()) return app.quit();
  await app.whenReady();

  const hub = hubIn(places, args, dataDir, note);
  const stateFile = join(ownFolder, 'window.json');
  const preload = preloadBeside(places.shell);
  const clock = (): number => performance.now();
  const windows = createWindows({ hub, demo: args.hub.demo, stateFile, preload, icon: places.icon, clock, note });
  guardSession(session.defaultSession, note);
  serveScheme(session.defaultSession, places.console, () => pageFor(hub.state()));
  answerPages({ hub, windows, note });
  setMenu(windows, hub);
  stopHubBeforeQuit(windows, hub);
  app.on('second-instance', () => windows.focus());
  app.on('activate', () => windows.focus());

  hub.start();
  await windows.open();
  process.stdout.write(`${WINDOW_LINE}\n`);
}
