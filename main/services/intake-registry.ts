import { type DeviceClock, skewed, skewOf, startClock } from '#domain/device/clock.ts';
import type {
  Device,
  DeviceStore,
  Presence,
  PresenceStore,
  SequenceMark,
  SequenceStore,
} from '#domain/device/device.ts';
import { type Language, languageOf } from '#domain/device/language.ts';
import type { HelloMessage } from '#domain/device/message.ts';
import { unheard } from '#domain/device/presence.ts';
import { profileOf } from '#domain/device/profiles/index.ts';
import { fromMark, hearHello, type Sequence, startSequence } from '#domain/device/sequence.ts';
import type { DeviceId } from '#domain/ids.ts';

/** Devices waiting for admission; more than these are counted and not remembered. */
export const MOST_WAITING = 10_000;
/** Devices of any kind: an admitting hub stays bounded too. */
const MOST_DEVICES = 50_000;

export type CountedTopic = SequenceMark['topic'];

/** Everything the intake keeps in mind of one device. */
export interface DeviceState {
  readonly id: DeviceId;
  device: Device;
  language: Language;
  lostAfterMs: number;
  readonly sequences: Record<CountedTopic, Sequence | null>;
  /** Whether this hub heard the present count begin. */
  heardHello: boolean;
  readonly clock: DeviceClock;
  online: boolean;
  lastMessageAt: number | null;
  goodbyeAt: number | null;
  battery: number | null;
  /** What was last told of its presence, and what is stored. */
  told: Presence;
  stored: Presence;
  messages: number;
  refused: number;
  /** Messages refused for their data since the last one taken. */
  refusedInARow: number;
  /** Whether anything came since the last tick. */
  stirred: boolean;
}

export interface Registry {
  find(id: DeviceId): DeviceState | undefined;
  /** The device, made known if it was not; undefined when no more fit. */
  hear(id: DeviceId, now: number): DeviceState | undefined;
  sequence(state: DeviceState, topic: CountedTopic): Sequence;
  /** Takes in what a device says of itself; whether it differs from what was known. */
  introduce(state: DeviceState, hello: HelloMessage, retained: boolean): boolean;
  /** Reads a device again after a command changed it. */
  reload(id: DeviceId): void;
  all(): IterableIterator<DeviceState>;
  /** Devices changed since the last confirmed save. */
  readonly changed: Set<DeviceState>;
  /** The device as it shall be stored: its own words from here, admission from the store. */
  merged(state: DeviceState): Device;
}

interface RegistryDeps {
  readonly devices: DeviceStore;
  readonly sequences: SequenceStore;
  readonly presence: PresenceStore;
  readonly admitAll: boolean;
}

export function createRegistry({ devices, sequences, presence, admitAll }: RegistryDeps): Registry {
  const states = new Map<string, DeviceState>();
  const changed = new Set<DeviceState>();
  let waiting = 0;

  const add = (device: Device): DeviceState => {
    const state = stateOf(device);
    states.set(device.id, state);
    if (device.admittedAt === null) waiting += 1;
    return state;
  };
  for (const device of devices.list()) add(device);
  for (const mark of sequences.list()) {
    const state = states.get(mark.deviceId);
    if (!state) continue;
    const sequence = fromMark(mark);
    if (state.device.helloAt !== null) hearHello(sequence, state.device.helloAt, false);
    state.sequences[mark.topic] = sequence;
  }
  for (const { deviceId, presence: stored } of presence.list()) {
    const state = states.get(deviceId);
    if (state) recall(state, stored);
  }

  const merged = (state: DeviceState): Device => {
    const stored = devices.find(state.id);
    if (!stored) return state.device;
    const admittedAt = stored.admittedAt ?? state.device.admittedAt;
    return { ...state.device, admittedAt, retiredAt: stored.retiredAt, firstSeenAt: stored.firstSeenAt };
  };

  return {
    changed,
    merged,
    find: (id) => states.get(id),
    all: () => states.values(),
    hear(id, now) {
      const known = states.get(id);
      if (known) {
        if (admitAll && known.device.admittedAt === null) admit(known, now);
        return known;
      }
      if (states.size >= MOST_DEVICES || (!admitAll && waiting >= MOST_WAITING)) return undefined;
      const state = add(firstSight(id, now, admitAll));
      changed.add(state);
      return state;
    },
    sequence(state, topic) {
      state.sequences[topic] ??= startSequence(state.id, topic, state.device.helloAt ?? 0, state.heardHello);
      return state.sequences[topic];
    },
    introduce(state, hello, retained) {
      const { device } = state;
      if (device.helloAt !== null && hello.at < device.helloAt) return false;
      const { at: helloAt, type, serial, model, firmware, metrics, units } = hello;
      const next = { ...device, type, serial, model, firmware, metrics, units, helloAt };
      for (const sequence of Object.values(state.sequences)) if (sequence) hearHello(sequence, helloAt, retained);
      if (helloAt !== device.helloAt) state.heardHello = !retained || device.helloAt !== null;
      if (sameWords(device, next)) return false;
      setDevice(state, next);
      changed.add(state);
      return true;
    },
    reload(id) {
      const stored = devices.find(id);
      const state = states.get(id);
      if (!stored) return;
      if (!state) {
        add(stored);
        return;
      }
      if (state.device.admittedAt === null && stored.admittedAt !== null) waiting -= 1;
      setDevice(state, changed.has(state) ? merged(state) : stored);
    },
  };

  function admit(state: DeviceState, now: number): void {
    setDevice(state, { ...merged(state), admittedAt: now });
    waiting -= 1;
    changed.add(state);
  }
}

function stateOf(device: Device): DeviceState {
  return {
    id: device.id,
    device,
    language: languageOf(device),
    lostAfterMs: profileOf(device.type).lostAfterMs,
    sequences: { readings: null, event: null, wave: null },
    heardHello: false,
    clock: startClock(),
    online: false,
    lastMessageAt: null,
    goodbyeAt: null,
    battery: null,
    told: unheard,
    stored: unheard,
    messages: 0,
    refused: 0,
    refusedInARow: 0,
    stirred: false,
  };
}

function setDevice(state: DeviceState, device: Device): void {
  state.device = device;
  state.language = languageOf(device);
  state.lostAfterMs = profileOf(device.type).lostAfterMs;
}

function firstSight(id: DeviceId, now: number, admitAll: boolean): Device {
  return {
    id,
    type: null,
    serial: null,
    model: null,
    firmware: null,
    metrics: [],
    units: {},
    helloAt: null,
    firstSeenAt: now,
    admittedAt: admitAll ? now : null,
    retiredAt: null,
  };
}

function recall(state: DeviceState, stored: Presence): void {
  state.online = stored.online;
  state.lastMessageAt = stored.lastMessageAt;
  state.battery = stored.battery;
  state.told = stored;
  state.stored = stored;
}

function sameWords(before: Device, after: Device): boolean {
  return (
    before.helloAt === after.helloAt &&
    before.type === after.type &&
    before.serial === after.serial &&
    before.model === after.model &&
    before.firmware === after.firmware &&
    before.metrics.join() === after.metrics.join() &&
    JSON.stringify(before.units) === JSON.stringify(after.units)
  );
}

/** A device's presence as it is now. */
export function presenceOf(state: DeviceState, now: number): Presence {
  const { online, lastMessageAt, battery, clock } = state;
  return { online, lastMessageAt, battery, skewMs: skewOf(clock, now), skewed: skewed(clock, now) };
}
