// Runs an entry of ours in a process of its own, as Electron's utility process does: `process.parentPort` and ports.
import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { MessageChannelMain, type MessagePortMain } from './ports.ts';
import type { FromParent, ToParent } from './utility-process.ts';

const ends = new Map<number, MessagePortMain>();
const waiting: { data: unknown; ports: MessagePortMain[] }[] = [];

// Kept before what runs here may put its own in place.
const send = process.send?.bind(process);

function tell(message: ToParent): void {
  // The parent may end at any moment; what it can no longer hear is not an error here.
  if (process.connected) send?.(message, undefined, undefined, () => {});
}

class ParentPort extends EventEmitter {
  postMessage(data: unknown): void {
    tell({ kind: 'message', data });
  }
}
const parentPort = new ParentPort();

function handed(id: number): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  port2.on('message', ({ data }) => tell({ kind: 'port', id, data }));
  port2.on('close', () => tell({ kind: 'closed', id }));
  port2.start();
  ends.set(id, port2);
  return port1;
}

process.on('message', (message: FromParent) => {
  if (message.kind === 'port') ends.get(message.id)?.postMessage(message.data);
  if (message.kind === 'closed') ends.get(message.id)?.close();
  if (message.kind !== 'message') return;
  const event = { data: message.data, ports: message.ports.map(handed) };
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event);
  else waiting.push(event);
});
process.on('disconnect', () => process.exit());

Object.assign(process, { parentPort });
// What runs here finds itself second on its command line, as under Electron.
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1] ?? '').href);
for (const event of waiting.splice(0)) parentPort.emit('message', event);
