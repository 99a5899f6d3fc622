import type { DeviceType, TimedReading } from './device.ts';

/** What goes on the network: the topic's last part and its payload. */
export interface WireMessage {
  readonly ending: 'hello' | 'status' | 'readings' | 'wave' | 'event';
  readonly payload: string;
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

/** Writes native JSON, counting `seq` from 0 for each topic since the device's start. */
export interface WireWriter {
  hello(type: DeviceType, serial: string): WireMessage;
  /** `skewMs` is added to every time the device writes: a clock that is wrong. */
  write(reading: TimedReading, skewMs?: number): WireMessage;
  offline(): WireMessage;
  /** The next number of a topic, for a message written by hand; `count` numbers are used up. */
  take(ending: 'readings' | 'wave' | 'event', count: number): number;
}

function base64OfInt16(samples: Int16Array): string {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [index, sample] of samples.entries()) bytes.writeInt16LE(sample, index * 2);
  return bytes.toString('base64');
}

/** `startedAt` is the moment the device started, by its own clock: a later one begins a new count. */
export function createWireWriter(startedAt: number): WireWriter {
  const next = { readings: 0, wave: 0, event: 0 };
  const message = (ending: WireMessage['ending'], body: unknown): WireMessage => ({
    ending,
    payload: JSON.stringify(body),
    qos: ending === 'wave' ? 0 : 1,
    retain: ending === 'hello' || ending === 'status',
  });

  function counted(ending: 'readings' | 'wave' | 'event', body: object): WireMessage {
    const seq = next[ending];
    next[ending] += 1;
    return message(ending, { seq, ...body });
  }

  return {
    hello: ({ type, model, firmware, metrics, units }, serial) =>
      message('hello', { at: startedAt, type, serial, model, firmware, metrics, ...(units ? { units } : {}) }),
    offline: () => message('status', { online: false }),
    take(ending, count) {
      const seq = next[ending];
      next[ending] += count;
      return seq;
    },
    write(reading, skewMs = 0) {
      const at = Math.round(reading.at + skewMs);
      switch (reading.kind) {
        case 'status':
          return message('status', { online: true, at, battery: reading.battery });
        case 'event':
          return counted('event', {
            at,
            kind: reading.event,
            ...(reading.detail === undefined ? {} : { detail: reading.detail }),
          });
        case 'readings':
          return counted('readings', { at, values: reading.values, ...(reading.replay ? { replay: true } : {}) });
        case 'wave': {
          const { wave, rate, unit, gain, offset, raw } = reading.piece;
          const data = base64OfInt16(raw);
          return counted('wave', { at: Math.round(reading.startsAt + skewMs), wave, rate, unit, gain, offset, data });
        }
      }
    },
  };
}
