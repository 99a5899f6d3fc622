import { createServer, connect as dial, type Socket } from 'node:net';

/** A wire between a device or hub and a broker that a test can cut, silence or mend. */
export interface Wire {
  readonly port: number;
  /** Resets every connection now open. */
  cut(): void;
  /** Refuses connections, or takes them again. */
  refuse(refusing: boolean): void;
  /** Keeps connections open and carries nothing: a black hole. */
  swallow(swallowing: boolean): void;
  close(): Promise<void>;
}

/** Stands on a free port in front of `toPort`. */
export async function startWire(toPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let refusing = false;
  let swallowing = false;
  const server = createServer((near) => {
    if (refusing) return near.resetAndDestroy();
    const far = dial(toPort, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => swallowing || to.destroyed || to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    refuse: (next) => {
      refusing = next;
    },
    swallow: (next) => {
      swallowing = next;
    },
    close: () =>
      new Promise((settle) => {
        cut();
        server.close(() => settle());
      }),
  };
}
