import type { StartChild } from '#adapters/child.ts';
import { type FromHub, type HubStartOptions, toHub } from '#contract/shell.ts';
import { createLentChildren } from './lent-children.ts';

/** A MessagePort as the utility process gets it: what arrives is an event's data, and nothing does until it is started. */
export interface HandedPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** Electron's `process.parentPort`, as far as the hub uses it. */
export interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown; ports: readonly HandedPort[] }) => void): unknown;
  postMessage(message: unknown): void;
}

/** What the shell needs of a running hub. */
export interface ShellHub {
  readonly console: string | null;
  readonly clinic: string;
  attachPort(port: HandedPort): void;
  /** null when people sign in themselves. */
  createSignInCode(): string | null;
  close(): Promise<void>;
}

export interface ShellService {
  readonly port: ParentPort;
  readonly compose: (options: HubStartOptions, key: Buffer, startChild: StartChild) => Promise<ShellHub>;
  readonly exit: (code: number) => void;
}

/**
 * Answers the shell's messages in the utility process. One hub a process: a second `start` is dropped, as is whatever
 * has another shape. Ports that come before the hub runs wait for it.
 */
export function serveShell({ port, compose, exit }: ShellService): void {
  let hub: Promise<ShellHub> | null = null;
  const tell = (message: FromHub): void => port.postMessage(message);

  const children = createLentChildren(tell);

  const start = (options: HubStartOptions, key: Uint8Array): void => {
    hub = compose(options, Buffer.from(key), children.startChild);
    hub.then(
      ({ console, clinic }) => tell({ type: 'ready', console, clinic, demo: options.demo }),
      (error: unknown) => {
        tell({ type: 'failed', message: error instanceof Error ? error.message : 'The hub could not start.' });
        exit(1);
      },
    );
  };
  const whenRunning = (work: (running: ShellHub) => void): void => {
    hub?.then(work, () => {});
  };

  port.on('message', ({ data, ports }) => {
    const message = toHub.safeParse(data).data;
    if (message) children.hear(message);
    if (message?.type === 'start' && !hub) start(message.options, message.key);
    if (message?.type === 'port') for (const handed of ports) whenRunning((running) => running.attachPort(handed));
    if (message?.type === 'sign-in-code') {
      const { ask } = message;
      whenRunning((running) => tell({ type: 'sign-in-code', ask, code: running.createSignInCode() }));
    }
    if (message?.type === 'stop') {
      const closed = hub ? hub.then((running) => running.close()) : Promise.resolve();
      closed.then(
        () => exit(0),
        () => exit(1),
      );
    }
  });
}
