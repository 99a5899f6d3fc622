// Entry of a process that the desktop shell lends to the hub: a utility process that passes for an ordinary child
// process, so that what runs in it need not know. Its arguments are the name of what to run, and that one's own.
import type { ParentPort } from './hub-messages.ts';

const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
if (!parentPort) throw new Error('main/child-of-hub.ts runs in Electron’s utility process only.');

// Electron gives a utility process no channel of Node's own.
Object.assign(process, {
  connected: true,
  send(message: unknown, ...rest: readonly unknown[]): boolean {
    parentPort.postMessage(message);
    const sent = rest.at(-1);
    if (typeof sent === 'function') setImmediate(() => sent(null));
    return true;
  },
});

const files: Readonly<Record<string, URL>> = {
  'broker-process': new URL('./adapters/mqtt/broker-process.ts', import.meta.url),
  'simulators-run': new URL('../simulators/run.ts', import.meta.url),
};
const [name] = process.argv.splice(2, 1);
const file = files[name ?? ''];
if (!file) throw new Error('The hub has no child of this name.');
parentPort.on('message', ({ data }) => void process.emit('message', data, undefined));
await import(file.href);
