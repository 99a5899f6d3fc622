import { EventEmitter } from 'node:events';
import type { Frame } from './page.ts';
import type { WebContents } from './window.ts';

type Handler = (event: { sender: WebContents; senderFrame: Frame | null }, ...words: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  /** Every channel anything answers on. */
  channels(): string[] {
    return [...this.handlers.keys(), ...this.eventNames().map(String)].sort();
  }

  /** A synchronous question from a page. */
  ask(channel: string, sender: WebContents, senderFrame: Frame | null, words: readonly unknown[]): unknown {
    const event = { sender, senderFrame, returnValue: undefined as unknown };
    this.emit(channel, event, ...words);
    return event.returnValue;
  }

  async invoke(
    channel: string,
    sender: WebContents,
    senderFrame: Frame | null,
    words: readonly unknown[],
  ): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler({ sender, senderFrame }, ...structuredClone(words)));
  }
}

export const ipcMain = new IpcMain();
