import { fork } from 'node:child_process';
import type { EventEmitter } from 'node:events';

/**
 * A process the hub started for itself, as far as the hub uses it: events `message`, `error`, and `exit` with code and
 * signal. An ordinary child process is one; in the desktop app the shell lends one.
 */
export interface HubChild extends EventEmitter {
  readonly connected: boolean;
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  readonly pid?: number | undefined;
  send(message: object, sent?: (error: Error | null) => void): boolean;
  kill(signal?: NodeJS.Signals): boolean;
}

/** Starts a file of ours as a process of its own. */
export type StartChild = (file: string, args: readonly string[]) => HubChild;

/** An ordinary child process. No flag of ours is handed down, and no secret by argument. */
export const forkChild: StartChild = (file, args) =>
  fork(file, [...args], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
