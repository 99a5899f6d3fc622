import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { Page } from './page.ts';
import type { MessagePortMain } from './ports.ts';
import { type Session, session } from './session.ts';

interface WebPreferences {
  readonly preload?: string;
  readonly [name: string]: unknown;
}
export interface WindowOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title?: string;
  readonly webPreferences: WebPreferences;
}
type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

let lastId = 0;

/** An event whose default can be prevented, as Electron hands them out. */
export function preventable<Extra extends object>(extra: Extra) {
  const event = { ...extra, prevented: false, preventDefault: () => {} };
  event.preventDefault = () => {
    event.prevented = true;
  };
  return event;
}

export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session: Session = session.defaultSession;
  readonly preferences: WebPreferences;
  /** Addresses this window showed, with the status each was answered with. */
  readonly visits: { url: string; status: number }[] = [];
  page: Page | null = null;
  reloads = 0;
  private openHandler: OpenHandler = () => ({ action: 'allow' });
  readonly navigationHistory = {
    goBack: () => this.emit('went', 'back'),
    goForward: () => this.emit('went', 'forward'),
  };

  constructor(preferences: WebPreferences) {
    super();
    this.preferences = preferences;
    app.emit('web-contents-created', {}, this);
  }

  get mainFrame() {
    return this.page?.frame ?? null;
  }
  getURL(): string {
    return this.page?.frame.url ?? '';
  }
  getLastWebPreferences(): WebPreferences {
    return this.preferences;
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
  send(channel: string, ...words: unknown[]): void {
    this.page?.hear(channel, [], ...words);
  }
  postMessage(channel: string, _message: unknown, ports: readonly MessagePortMain[] = []): void {
    this.page?.hear(channel, ports);
  }

  async load(url: string): Promise<void> {
    const answer = await this.session.fetch(url);
    this.visits.push({ url, status: answer.status });
    this.page = new Page(this, url);
    if (this.preferences.preload) this.page.runPreload(this.preferences.preload);
    this.emit('did-finish-load');
  }
  reload(): void {
    this.reloads += 1;
    void this.load(this.getURL());
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 1 });
  }

  /** The page tries to go elsewhere; answers whether it got there. */
  tries(kind: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string): boolean {
    const event = preventable({ url });
    this.emit(kind, event);
    return !event.prevented;
  }
  /** The page tries to open a window; answers whether it got one. */
  opens(url: string): boolean {
    return this.openHandler({ url }).action === 'allow';
  }
  /** The page puts in a web view; answers whether it came alive. */
  attachesWebview(): boolean {
    const event = preventable({});
    this.emit('will-attach-webview', event, {}, {});
    return !event.prevented;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static focusedWindow: BrowserWindow | null = null;
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.all];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.focusedWindow;
  }

  readonly options: WindowOptions;
  readonly webContents: WebContents;
  shown = false;
  focusCount = 0;
  private bounds: { x: number; y: number; width: number; height: number };
  private minimized = false;
  private maximized = false;
  private fullScreen = false;
  private destroyed = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.bounds = { x: options.x, y: options.y, width: options.width, height: options.height };
    this.webContents = new WebContents(options.webPreferences);
    BrowserWindow.all.push(this);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
    if (!this.shown) this.emit('ready-to-show');
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focusCount += 1;
    BrowserWindow.focusedWindow = this;
  }
  minimize(): void {
    this.minimized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  maximize(): void {
    this.maximized = true;
  }
  setFullScreen(full: boolean): void {
    this.fullScreen = full;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isFullScreen(): boolean {
    return this.fullScreen;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  getNormalBounds() {
    return this.bounds;
  }
  setBounds(bounds: { x: number; y: number; width: number; height: number }): void {
    this.bounds = bounds;
    this.emit('resize');
  }

  /** Closes unless a listener prevents it; answers whether it closed. */
  close(): boolean {
    const event = preventable({});
    this.emit('close', event);
    if (event.prevented) return false;
    this.destroyed = true;
    BrowserWindow.all.splice(BrowserWindow.all.indexOf(this), 1);
    if (BrowserWindow.focusedWindow === this) BrowserWindow.focusedWindow = null;
    this.emit('closed');
    if (BrowserWindow.all.length === 0 && !app.quitting) app.emit('window-all-closed');
    return true;
  }
}
app.closeAllWindows = () => BrowserWindow.getAllWindows().every((window) => window.close());
