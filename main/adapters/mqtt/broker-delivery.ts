import type { Writable } from 'node:stream';

/** Messages given to the hub and not yet acknowledged; more wait here. */
const MOST_IN_FLIGHT = 8_192;
/** What may wait for the hub in all; beyond it a device is refused at once and keeps its message. */
const MOST_HELD_BYTES = 64 * 1024 * 1024;
/** Above this a message that nobody waits for (QoS 0: a wave) is dropped. */
const MOST_UNSENT_BYTES = 8 * 1024 * 1024;

interface Hold {
  readonly topic: string;
  readonly payload: Buffer;
  readonly deadline: number;
  readonly done: (error?: Error) => void;
  /** Whether a hub that went away may have had it. */
  again: boolean;
}

/**
 * Carries what devices publish to the hub and holds each device's PUBACK until the hub's own: an acknowledged message
 * is one the hub has, so a killed broker loses nothing that was acknowledged.
 */
export interface Delivery {
  /** The hub is connected and subscribed. */
  attach(hub: Writable): void;
  /** The hub is gone: what it has not acknowledged waits for its return. */
  detach(): void;
  /** Calls `done` when the hub has the message; with an error when it was away, or silent, too long. */
  deliver(topic: string, payload: Buffer, qos: number, done: (error?: Error) => void): void;
  acknowledged(messageId: number): void;
  /** An id no held message uses. */
  nextId(): number;
  /** Gives up on what waited too long; to be called about once a second. */
  expire(now: number): void;
}

export function createDelivery(patienceMs: number, clock: () => number): Delivery {
  const waiting = new Set<Hold>();
  const inFlight = new Map<number, Hold>();
  let hub: Writable | null = null;
  let lastId = 0;
  let heldBytes = 0;

  function nextId(): number {
    do lastId = (lastId % 65_535) + 1;
    while (inFlight.has(lastId));
    return lastId;
  }

  function send(to: Writable, hold: Hold): void {
    const messageId = nextId();
    inFlight.set(messageId, hold);
    corked(to, encodePublish(hold.topic, hold.payload, messageId, hold.again));
  }

  function pump(): void {
    if (!hub) return;
    for (const hold of waiting) {
      if (inFlight.size >= MOST_IN_FLIGHT) return;
      waiting.delete(hold);
      send(hub, hold);
    }
  }

  function end(hold: Hold, error?: Error): void {
    heldBytes -= hold.payload.length;
    hold.done(error);
  }

  return {
    nextId,
    attach(next) {
      hub = next;
      pump();
    },
    detach() {
      hub = null;
      const sent = [...inFlight.values()];
      const rest = [...waiting];
      inFlight.clear();
      waiting.clear();
      for (const hold of sent) {
        hold.again = true;
        waiting.add(hold);
      }
      for (const hold of rest) waiting.add(hold);
    },
    deliver(topic, payload, qos, done) {
      if (qos === 0) {
        if (hub && hub.writableLength < MOST_UNSENT_BYTES) corked(hub, encodePublish(topic, payload, null, false));
        done();
        return;
      }
      if (heldBytes + payload.length > MOST_HELD_BYTES) {
        done(new Error('too much is waiting for the hub'));
        return;
      }
      heldBytes += payload.length;
      const hold = { topic, payload, deadline: clock() + patienceMs, done, again: false };
      if (hub && waiting.size === 0 && inFlight.size < MOST_IN_FLIGHT) send(hub, hold);
      else waiting.add(hold);
    },
    acknowledged(messageId) {
      const hold = inFlight.get(messageId);
      if (!hold) return;
      inFlight.delete(messageId);
      end(hold);
      pump();
    },
    expire(now) {
      for (const [messageId, hold] of inFlight) {
        if (hold.deadline > now) continue;
        inFlight.delete(messageId);
        end(hold, new Error('the hub did not answer'));
      }
      for (const hold of waiting) {
        if (hold.deadline > now) continue;
        waiting.delete(hold);
        end(hold, new Error('the hub is away'));
      }
    },
  };
}

const uncorking = new WeakSet<Writable>();

/** Writes made in one turn of the loop leave together. */
function corked(to: Writable, bytes: Buffer): void {
  if (!uncorking.has(to)) {
    uncorking.add(to);
    to.cork();
    setImmediate(() => {
      uncorking.delete(to);
      to.uncork();
    });
  }
  to.write(bytes);
}

/** One MQTT 3.1.1 PUBLISH; QoS 0 without a message id. */
function encodePublish(topic: string, payload: Buffer, messageId: number | null, again: boolean): Buffer {
  const topicBytes = Buffer.byteLength(topic);
  let rest = 2 + topicBytes + (messageId === null ? 0 : 2) + payload.length;
  const bytes = Buffer.allocUnsafe(5 + rest);
  let at = bytes.writeUInt8(0x30 | (again ? 8 : 0) | (messageId === null ? 0 : 2), 0);
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    at = bytes.writeUInt8(rest > 0 ? low | 0x80 : low, at);
  } while (rest > 0);
  at = bytes.writeUInt16BE(topicBytes, at);
  at += bytes.write(topic, at);
  if (messageId !== null) at = bytes.writeUInt16BE(messageId, at);
  at += payload.copy(bytes, at);
  return bytes.subarray(0, at);
}
