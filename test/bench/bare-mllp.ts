import type { AddressInfo, Server } from 'node:net';
import { Hl7Server } from '@medplum/hl7';

/**
 * The yardstick: a public library's MLLP server that frames, parses and acknowledges, and does nothing with what it gets.
 * Says `{port}` once it listens, and `{cpuSeconds}` when asked.
 */
const server = new Hl7Server((connection) => {
  connection.addEventListener('message', ({ message }) => connection.send(message.buildAck()));
});
await server.start(0);
const { port } = (server as unknown as { server: Server }).server.address() as AddressInfo;
process.send?.({ port });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6 });
});
