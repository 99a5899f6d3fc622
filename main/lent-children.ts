import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type { HubChild, StartChild } from '#adapters/child.ts';
import { type ChildName, childName, type FromHub, type ToHub } from '#contract/shell.ts';

/** A child that runs in a process of the shell's: what is sent and heard goes by way of the shell. */
class LentChild extends EventEmitter implements HubChild {
  connected = true;
  exitCode: number | null = null;
  readonly signalCode = null;
  private readonly id: number;
  private readonly tell: (message: FromHub) => void;

  constructor(id: number, tell: (message: FromHub) => void) {
    super();
    this.id = id;
    this.tell = tell;
  }

  send(message: object, sent?: (error: Error | null) => void): boolean {
    this.tell({ type: 'to-child', id: this.id, message });
    if (sent) setImmediate(() => sent(null));
    return this.connected;
  }

  kill(): boolean {
    this.tell({ type: 'end-child', id: this.id });
    return this.connected;
  }

  ended(code: number): void {
    this.connected = false;
    this.exitCode = code;
    this.emit('exit', code, null);
  }
}

export interface LentChildren {
  readonly startChild: StartChild;
  /** Takes what the shell tells of children; leaves all else. */
  hear(message: ToHub): void;
}

function nameOf(file: string): ChildName {
  const name = basename(file).replace(/\.(ts|js)$/, '');
  return childName.parse(name === 'run' ? 'simulators-run' : name);
}

/** Children for a hub inside Electron, where a packaged app cannot run its own program as Node. */
export function createLentChildren(tell: (message: FromHub) => void): LentChildren {
  const children = new Map<number, LentChild>();
  let lastId = 0;
  return {
    startChild(file, args) {
      lastId += 1;
      const child = new LentChild(lastId, tell);
      children.set(lastId, child);
      tell({ type: 'start-child', id: lastId, name: nameOf(file), args: [...args] });
      return child;
    },
    hear(message) {
      if (message.type === 'from-child') children.get(message.id)?.emit('message', message.message);
      if (message.type !== 'child-ended') return;
      children.get(message.id)?.ended(message.code);
      children.delete(message.id);
    },
  };
}
