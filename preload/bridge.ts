import { contextBridge, ipcRenderer } from 'electron';
import { consoleCommand, SHELL_CHANNELS, shellGreeting, WINDOW_MESSAGES } from '#contract/shell.ts';

/** What the page finds as `window.wardline`: a way to ask for a port, and what it may know before it connects. */
export interface Wardline {
  /** Resolves when a port was asked for; it comes as a window message `wardline:port` from the page itself. */
  connect(): Promise<void>;
  /** The code of a one-time sign-in, told once. */
  signInCode(): string | null;
  readonly version: string;
  readonly platform: string;
}

/** The page's own window; the preload is typed without the DOM. */
interface Page {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer?: readonly unknown[]): void;
}

const page = globalThis as unknown as Page;
const greeting = shellGreeting.parse(ipcRenderer.sendSync(SHELL_CHANNELS.greeting));
let code = greeting.signInCode;

ipcRenderer.on(SHELL_CHANNELS.port, ({ ports }) => {
  page.postMessage(WINDOW_MESSAGES.port, page.location.origin, ports);
});

ipcRenderer.on(SHELL_CHANNELS.command, (_event, chosen: unknown) => {
  const command = consoleCommand.safeParse(chosen);
  if (command.success) page.postMessage({ type: WINDOW_MESSAGES.command, command: command.data }, page.location.origin);
});

contextBridge.exposeInMainWorld('wardline', {
  async connect() {
    await ipcRenderer.invoke(SHELL_CHANNELS.connect);
  },
  signInCode() {
    const once = code;
    code = null;
    return once;
  },
  version: greeting.version,
  platform: greeting.platform,
} satisfies Wardline);
