/** A two-way way to the hub that carries texts in order, whatever it is made of. */
export interface Wire {
  send(text: string): void;
  close(): void;
  onText(listener: (text: string) => void): void;
  /** `code` 4401: not signed in, or no longer. */
  onClose(listener: (code: number) => void): void;
}

/** What a WebSocket must do for us; the browser's own and ws of Node both do. */
export type SocketLike = Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState' | 'close'>;

/** A port as the browser and Node know it. */
export type PortLike = Pick<MessagePort, 'addEventListener' | 'postMessage' | 'start' | 'close'>;

const OPEN = 1;
/** Code where a link was lost without a word. */
const ABNORMAL = 1006;

/** Resolves when the socket is open; rejects when it never will be. */
export function socketWire(socket: SocketLike): Promise<Wire> {
  const closed = listeners<number>();
  const texts = listeners<string>();
  return new Promise((resolve, reject) => {
    const wire: Wire = {
      send(text) {
        if (socket.readyState === OPEN) socket.send(text);
      },
      close: () => socket.close(1000),
      onText: texts.add,
      onClose: closed.add,
    };
    socket.addEventListener('message', ({ data }) => typeof data === 'string' && texts.tell(data));
    socket.addEventListener('open', () => resolve(wire));
    socket.addEventListener('close', ({ code }) => {
      closed.tell(code);
      reject(new Error('The hub could not be reached.'));
    });
    // A close follows every error and says the same.
    socket.addEventListener('error', () => undefined);
  });
}

/** Ports have no close codes: the hub says its own in a last message. */
export function portWire(port: PortLike): Wire {
  const closed = listeners<number>();
  const texts = listeners<string>();
  let open = true;
  const end = (code: number) => {
    if (!open) return;
    open = false;
    port.close();
    closed.tell(code);
  };
  port.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') return;
    const code = closingCode(data);
    if (code === undefined) texts.tell(data);
    else end(code);
  });
  port.addEventListener('close', () => end(ABNORMAL));
  port.start();
  return {
    send(text) {
      if (open) port.postMessage(text);
    },
    close: () => end(1000),
    onText: texts.add,
    onClose: closed.add,
  };
}

function closingCode(text: string): number | undefined {
  if (!text.startsWith('{"closed":')) return undefined;
  const { closed }: { closed?: unknown } = JSON.parse(text);
  return typeof closed === 'number' ? closed : undefined;
}

function listeners<Told>() {
  const all = new Set<(told: Told) => void>();
  return {
    add(listener: (told: Told) => void) {
      all.add(listener);
    },
    tell(told: Told) {
      for (const listener of all) listener(told);
    },
  };
}
