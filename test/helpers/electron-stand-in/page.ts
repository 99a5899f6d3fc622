import { existsSync, readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { ipcMain } from './ipc.ts';
import type { MessagePortMain } from './ports.ts';
import type { WebContents } from './window.ts';

/** A frame as the main process sees it. */
export interface Frame {
  readonly url: string;
  readonly parent: Frame | null;
  postMessage(channel: string, message: unknown, ports?: readonly MessagePortMain[]): void;
}

/** What came to the page's own window. */
export interface WindowMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly ports: readonly MessagePortMain[];
}

type Heard = (event: { ports: readonly MessagePortMain[] }, ...words: unknown[]) => void;

/** A loaded page: its preload really runs, with the few things a sandboxed preload has. */
export class Page {
  readonly exposed = new Map<string, unknown>();
  readonly messages: WindowMessage[] = [];
  readonly frame: Frame;
  private readonly listeners = new Map<string, Heard[]>();
  private readonly contents: WebContents;

  constructor(contents: WebContents, url: string, parent: Frame | null = null) {
    this.contents = contents;
    this.frame = {
      url,
      parent,
      postMessage: (channel, _message, ports = []) => this.hear(channel, ports),
    };
  }

  hear(channel: string, ports: readonly MessagePortMain[], ...words: unknown[]): void {
    for (const listener of this.listeners.get(channel) ?? []) listener({ ports }, ...words);
  }

  /** ipcRenderer as this page's preload has it. */
  readonly ipcRenderer = {
    sendSync: (channel: string, ...words: unknown[]): unknown => ipcMain.ask(channel, this.contents, this.frame, words),
    invoke: (channel: string, ...words: unknown[]): Promise<unknown> =>
      ipcMain.invoke(channel, this.contents, this.frame, words),
    on: (channel: string, listener: Heard): void => {
      this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
    },
  };

  runPreload(file: string): void {
    if (!existsSync(file)) return;
    const electron = {
      ipcRenderer: this.ipcRenderer,
      contextBridge: { exposeInMainWorld: (name: string, api: unknown): unknown => this.exposed.set(name, api) },
    };
    const require = (name: string): unknown => {
      if (name === 'electron') return electron;
      throw new Error(`A sandboxed preload cannot require ${name}.`);
    };
    const { origin, href } = { origin: 'app://console', href: this.frame.url };
    const postMessage = (data: unknown, target: string, ports: readonly MessagePortMain[] = []): void => {
      if (target === origin) this.messages.push({ data, origin, ports });
    };
    const surroundings = {
      require,
      module: { exports: {} },
      exports: {},
      location: { origin, href },
      postMessage,
      URL,
    };
    runInContext(readFileSync(file, 'utf8'), createContext(surroundings), { filename: file });
  }
}
