import { join } from 'node:path';
import { app, BrowserWindow, dialog, screen, type WebContents } from 'electron';
import type { ConsoleCommand } from '#contract/shell.ts';
import { SHELL_CHANNELS } from '#contract/shell.ts';
import type { HubProcess, HubState } from './hub-process.ts';
import type { Note } from './note.ts';
import { KEPT_ENDING, refusedToStart, type ShellPage, STARTING } from './pages.ts';
import { CONSOLE, SHELL_PAGE } from './protocol.ts';
import { readState, SMALLEST, saveState } from './state.ts';

export interface WindowsDeps {
  readonly hub: HubProcess;
  readonly demo: boolean;
  readonly stateFile: string;
  readonly preload: string;
  readonly icon: string;
  readonly clock: () => number;
  readonly note: Note;
}

export interface Windows {
  open(): Promise<void>;
  /** Brings one forward, opening it if there is none. */
  focus(): void;
  tell(command: ConsoleCommand): void;
  /** The code that signs a page in, given out once a window. */
  takeSignInCode(contents: WebContents): string | null;
  focused(): BrowserWindow | null;
  /** From now on windows close without a question. */
  leave(): void;
}

const CRASHES = { most: 3, withinMs: 60_000 };

/** The shell's own page for a state of the hub. */
export function pageFor(state: HubState): ShellPage {
  if (state.name === 'given-up') return KEPT_ENDING;
  return state.name === 'refused' ? refusedToStart(state.reason) : STARTING;
}

function optionsFor(
  { demo, preload, icon }: WindowsDeps,
  bounds: Electron.Rectangle,
): Electron.BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: demo ? 'Wardline (demo clinic)' : 'Wardline',
    icon,
    webPreferences: {
      preload,
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
      // Alarms are drawn and heard at once, also behind another window and before the first click.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      devTools: !app.isPackaged,
    },
  };
}

/** A page that crashes is loaded again where it was; one that keeps crashing gives way to the shell's page. */
function reviveOn(window: BrowserWindow, { clock, note }: WindowsDeps): void {
  let crashes: number[] = [];
  const { webContents } = window;
  const revive = (what: string): void => {
    note('fault', what);
    crashes = [...crashes, clock()].filter((at) => clock() - at < CRASHES.withinMs);
    if (crashes.length >= CRASHES.most) void window.loadURL(SHELL_PAGE);
    else webContents.reload();
  };
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) revive(`window process gone: ${reason}`);
  });
  // The crash that this makes is answered above.
  webContents.on('unresponsive', () => webContents.forcefullyCrashRenderer());
}

function rememberOn(window: BrowserWindow, file: string): void {
  const remember = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const maximized = window.isMaximized();
    saveState(file, { bounds: { x, y, width, height }, maximized, fullScreen: window.isFullScreen() });
  };
  let later: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(later);
    later = setTimeout(remember, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', () => {
    clearTimeout(later);
    remember();
  });
}

async function mayStopMonitoring(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Stop monitoring?',
    detail: 'This is the last window. When it closes, Wardline stops listening to the devices of the clinic.',
    buttons: ['Keep monitoring', 'Stop and quit'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

/** The windows of this app: one console each. */
export function createWindows(deps: WindowsDeps): Windows {
  const { hub, stateFile } = deps;
  const codes = new Map<number, string>();
  const onConsole = new WeakSet<BrowserWindow>();
  let leaving = false;

  const load = async (window: BrowserWindow, address: string): Promise<void> => {
    // A page that gives way to the next before it has loaded counts as failed; so does one whose window was closed.
    await window.loadURL(address).catch(() => {});
  };
  const show = async (window: BrowserWindow): Promise<void> => {
    if (hub.state().name !== 'ready') {
      onConsole.delete(window);
      return load(window, SHELL_PAGE);
    }
    onConsole.add(window);
    const code = await hub.signInCode().catch(() => null);
    if (window.isDestroyed()) return;
    if (code) codes.set(window.webContents.id, code);
    await load(window, CONSOLE);
  };

  const askOnClose = (window: BrowserWindow): void => {
    window.on('close', (event) => {
      const last = BrowserWindow.getAllWindows().length === 1;
      if (leaving || !last || hub.state().name !== 'ready') return;
      event.preventDefault();
      void mayStopMonitoring(window).then((stop) => {
        if (!stop) return;
        leaving = true;
        app.quit();
      });
    });
  };

  // A console that is open stays open while the hub comes back: it knows how to wait. Only a hub that will not come back takes its place.
  hub.onState((state) => {
    for (const window of BrowserWindow.getAllWindows()) {
      const lost = state.name === 'given-up' || state.name === 'refused';
      if (lost || !onConsole.has(window)) void show(window);
    }
  });

  const windows: Windows = {
    async open() {
      const state = readState(
        stateFile,
        screen.getAllDisplays().map(({ workArea }) => workArea),
      );
      const others = BrowserWindow.getAllWindows().length;
      const bounds = { ...state.bounds, x: state.bounds.x + others * 24, y: state.bounds.y + others * 24 };
      const window = new BrowserWindow(optionsFor(deps, bounds));
      const { id } = window.webContents;
      if (state.maximized) window.maximize();
      if (state.fullScreen) window.setFullScreen(true);
      window.once('ready-to-show', () => window.show());
      window.on('page-title-updated', (event) => event.preventDefault());
      window.on('closed', () => codes.delete(id));
      reviveOn(window, deps);
      askOnClose(window);
      rememberOn(window, stateFile);
      await show(window);
    },
    focus() {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) return void windows.open();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    tell: (command) => windows.focused()?.webContents.send(SHELL_CHANNELS.command, command),
    takeSignInCode(contents) {
      const code = codes.get(contents.id) ?? null;
      codes.delete(contents.id);
      return code;
    },
    focused: () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? null,
    leave() {
      leaving = true;
    },
  };
  return windows;
}

/** Where the preload lies beside the shell's own bundle. */
export function preloadBeside(folder: string): string {
  return join(folder, 'preload.cjs');
}
