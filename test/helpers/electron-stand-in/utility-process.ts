import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MessagePortMain } from './ports.ts';

export type FromParent =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'closed'; readonly id: number };
export type ToParent =
  | { readonly kind: 'message'; readonly data: unknown }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }
  | { readonly kind: 'closed'; readonly id: number };

const bootstrap = fileURLToPath(new URL('./utility-child.ts', import.meta.url));

/** A real process of its own, so that killing it is killing it. Ports are relayed over its channel. */
export class UtilityProcess extends EventEmitter {
  readonly entry: string;
  readonly arguments: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  private readonly child: ChildProcess;
  private readonly ports = new Map<number, MessagePortMain>();
  private lastPort = 0;

  constructor(entry: string, args: readonly string[], environment: NodeJS.ProcessEnv) {
    super();
    this.entry = entry;
    this.arguments = args;
    this.environment = environment;
    this.child = fork(bootstrap, [entry, ...args], {
      env: environment,
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: ToParent) => this.hear(message));
    this.child.on('exit', (code) => {
      for (const port of this.ports.values()) port.close();
      this.emit('exit', code ?? 1);
    });
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  postMessage(data: unknown, handed: readonly MessagePortMain[] = []): void {
    const ids = handed.map((port) => this.relay(port));
    this.send({ kind: 'message', data, ports: ids });
  }

  kill(signal: NodeJS.Signals = 'SIGTERM'): boolean {
    return this.child.kill(signal);
  }

  private relay(port: MessagePortMain): number {
    this.lastPort += 1;
    const id = this.lastPort;
    this.ports.set(id, port);
    port.on('message', ({ data }) => this.send({ kind: 'port', id, data }));
    port.on('close', () => this.send({ kind: 'closed', id }));
    port.start();
    return id;
  }

  private send(message: FromParent): void {
    if (this.child.connected) this.child.send(message);
  }

  private hear(message: ToParent): void {
    if (message.kind === 'message') this.emit('message', message.data);
    if (message.kind === 'port') this.ports.get(message.id)?.postMessage(message.data);
    if (message.kind === 'closed') this.ports.get(message.id)?.close();
  }
}

export const forked: UtilityProcess[] = [];

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = [], options: { env?: NodeJS.ProcessEnv } = {}): UtilityProcess {
    const child = new UtilityProcess(entry, args, options.env ?? process.env);
    forked.push(child);
    return child;
  },
};
