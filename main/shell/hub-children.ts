import type { UtilityProcess } from 'electron';
import type { ChildName, FromHub, ToHub } from '#contract/shell.ts';

export interface HubChildren {
  /** Does what the hub asks about children; leaves all else. */
  hear(message: FromHub): void;
  /** The hub is gone: so are they. */
  endAll(): void;
}

/** Processes lent to the hub, which cannot start its own in a packaged app. Only those of the contract's list. */
export function createHubChildren(
  fork: (name: ChildName, args: readonly string[]) => UtilityProcess,
  tell: (message: ToHub) => void,
): HubChildren {
  const running = new Map<number, UtilityProcess>();
  return {
    hear(message) {
      if (message.type === 'to-child') running.get(message.id)?.postMessage(message.message);
      if (message.type === 'end-child') running.get(message.id)?.kill();
      if (message.type !== 'start-child') return;
      const { id } = message;
      const child = fork(message.name, message.args);
      running.set(id, child);
      child.on('message', (heard: unknown) => {
        if (running.has(id)) tell({ type: 'from-child', id, message: heard });
      });
      child.once('exit', (code) => {
        if (running.delete(id)) tell({ type: 'child-ended', id, code });
      });
    },
    endAll() {
      const children = [...running.values()];
      running.clear();
      for (const child of children) child.kill();
    },
  };
}
