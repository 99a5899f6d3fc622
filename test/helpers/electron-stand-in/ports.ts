import { EventEmitter } from 'node:events';

/** One end of a pair: silent until started, as Electron's own; what is sent is copied, as between processes. */
export class MessagePortMain extends EventEmitter {
  other: MessagePortMain | null = null;
  private waiting: unknown[] | null = [];
  private closed = false;

  postMessage(data: unknown): void {
    const copy = structuredClone(data);
    const target = this.other;
    if (!this.closed && target) setImmediate(() => target.arrive(copy));
  }

  start(): void {
    const { waiting } = this;
    this.waiting = null;
    for (const data of waiting ?? []) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const target = this.other;
    setImmediate(() => {
      this.emit('close');
      target?.close();
    });
  }

  private arrive(data: unknown): void {
    if (this.waiting) this.waiting.push(data);
    else if (!this.closed) this.emit('message', { data, ports: [] });
  }
}

/** Two ports that speak to each other. */
export class MessageChannelMain {
  readonly port1 = new MessagePortMain();
  readonly port2 = new MessagePortMain();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}
