import { behindOf, judgeTime, observeTime } from '#domain/device/clock.ts';
import type {
  DeviceStore,
  Presence,
  PresenceStore,
  QuarantineReason,
  QuarantineRow,
  QuarantineStore,
  SequenceStore,
} from '#domain/device/device.ts';
import type { IntakeSink } from '#domain/device/intake.ts';
import { judgeValues, type RefusedValue } from '#domain/device/language.ts';
import type {
  Decode,
  DeviceMessage,
  EventMessage,
  HelloMessage,
  ReadingsMessage,
  StatusMessage,
  WaveMessage,
} from '#domain/device/message.ts';
import { lostAt, presenceDiffers } from '#domain/device/presence.ts';
import { countOf, type Sequence, skippedBefore, take } from '#domain/device/sequence.ts';
import { createTopics } from '#domain/device/topic.ts';
import type { DeviceId } from '#domain/ids.ts';
import { createGaps } from './intake-gaps.ts';
import { createQuarantine } from './intake-quarantine.ts';
import { type CountedTopic, createRegistry, type DeviceState, presenceOf } from './intake-registry.ts';
import { createSaving } from './intake-saving.ts';

/** Refused messages in a row after which a device is said to send bad data (F01). */
const BAD_DATA_AFTER = 3;
/** Refused for what the clinic knows of the device, whatever its data are. */
const NOT_ITS_DATA: ReadonlySet<QuarantineReason> = new Set(['unknown-device', 'not-admitted']);
/** How often the time of the last message is told when nothing else changed. */
const RETELL_MS = 5_000;

export interface IntakeDeps {
  readonly devices: DeviceStore;
  readonly sequences: SequenceStore;
  readonly presence: PresenceStore;
  readonly quarantine: QuarantineStore;
  readonly decode: Decode;
  readonly clock: () => number;
  /** The clinic's topic segment. */
  readonly clinic: string;
  /** Admits every device on sight (demo, bench). */
  readonly admitAll: boolean;
  readonly sink: IntakeSink;
  /** A device of which more was heard, or refused, since the last tick. */
  readonly onChange?: (deviceId: DeviceId) => void;
  /** A fault of ours, not of a device: the message it came with is lost, nothing else. */
  readonly onFault?: (error: unknown) => void;
}

/** Counts since the hub started. */
export interface KnownDevice {
  readonly deviceId: DeviceId;
  readonly messages: number;
  readonly refused: number;
  /** Whether its last three messages or more were refused: a hello or a status in between changes nothing. */
  readonly badData: boolean;
}

interface Delivery {
  readonly retain: boolean;
  readonly dup: boolean;
  readonly qos: number;
}

export interface Intake {
  /** Takes one message of the network; never throws. */
  receive(topic: string, payload: Uint8Array, delivery: Delivery): void;
  /** Finds silent devices lost and tells presence; to be called about once a second. */
  tick(now: number): void;
  /**
   * Hands devices, sequence marks, presence and quarantine to the store, inside the transaction that also stores the
   * values they go with. What it answers is to be called after the commit; if it is not, the next flush repeats all.
   */
  flush(): () => void;
  known(): KnownDevice[];
  knownOf(deviceId: DeviceId): KnownDevice | undefined;
  presenceOf(deviceId: DeviceId): Presence | undefined;
  /** The broker turned a message away before the hub could see it: listed like any other refusal. */
  turnedAway(device: string, topic: string, reason: QuarantineReason, detail: string): void;
  /** Says of every gap still open that it is one; before the last flush. */
  settleGaps(): void;
  /** Refused or marked since the last committed flush. */
  quarantineRows(): QuarantineRow[];
  /** Reads a device again after it was admitted, retired or changed by a command. */
  reload(deviceId: DeviceId): void;
}

interface Arrival {
  readonly state: DeviceState;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** Given a second time on purpose, by the broker or as the device's history: no fault when it is a duplicate. */
  readonly again: boolean;
  readonly now: number;
}

/** The way of a message from the network to the clinic: understood, admitted, taken once, timed, judged; or quarantined. */
export function createIntake(deps: IntakeDeps): Intake {
  const { decode, clock, clinic, sink, onChange, onFault } = deps;
  const topics = createTopics(clinic);
  const registry = createRegistry(deps);
  const quarantine = createQuarantine();
  const saving = createSaving({ ...deps, registry, quarantined: quarantine });
  const startedAt = clock();
  const gaps = createGaps(clock);

  function receive(topic: string, payload: Uint8Array, { retain, dup }: Delivery): void {
    const route = topics.route(topic);
    if (route === 'ours') return;
    const now = clock();
    if (route === undefined) {
      quarantine.add({ device: '', topic, reason: 'schema', at: now, detail: 'topic', payload });
      return;
    }
    const state = registry.hear(route.deviceId, now);
    if (state === undefined) {
      quarantine.add({ device: route.deviceId, topic, reason: 'unknown-device', at: now, detail: null, payload });
      return;
    }
    state.messages += 1;
    state.stirred = true;
    const message = decode(route.ending, payload, route.deviceId);
    const again = retain || dup || ('replay' in message && message.replay);
    const arrival = { state, topic, payload, retain, again, now };
    if (!retain && !isGoodbye(message)) heard(state, now);
    if (message.kind === 'undecoded') refuse(arrival, message.reason, message.detail);
    else accept(arrival, message);
  }

  function accept(arrival: Arrival, message: DeviceMessage): void {
    if (message.kind === 'readings') acceptReadings(arrival, message);
    else if (message.kind === 'wave') acceptWave(arrival, message);
    else if (message.kind === 'event') acceptEvent(arrival, message);
    else if (message.kind === 'hello') acceptHello(arrival, message);
    else acceptStatus(arrival, message);
  }

  function acceptReadings(arrival: Arrival, message: ReadingsMessage): void {
    const { state, now } = arrival;
    const history = admitted(arrival, 'readings', message.seq, message.at, message.replay);
    if (history === null) return;
    const { codes, values, absent, refused } = judgeValues(state.language, message);
    const implausible = refused.length === 0 ? noCodes : refuseValues(arrival, refused);
    if (codes.length === 0 && absent.length === 0 && implausible.length === 0) return;
    sink.reading({
      deviceId: state.id,
      at: message.at,
      receivedAt: now,
      behindMs: history ? 0 : behindOf(state.clock),
      history,
      codes,
      values,
      absent,
      implausible,
    });
  }

  function refuseValues(arrival: Arrival, refused: readonly RefusedValue[]): string[] {
    const implausible: string[] = [];
    for (const { code, reason, value } of refused) {
      quarantineAs(arrival, reason, reason === 'implausible' ? `${code}=${value}` : code);
      if (reason === 'implausible') implausible.push(code);
    }
    arrival.state.refused += 1;
    return implausible;
  }

  function acceptWave(arrival: Arrival, { seq, at, wave, rate, unit, samples }: WaveMessage): void {
    // A picture of now: what is old is of no use to anyone and is not drawn.
    if (admitted(arrival, 'wave', seq, at, false) !== false) return;
    sink.wave({ deviceId: arrival.state.id, at, wave, rate, unit, samples });
  }

  function acceptEvent(arrival: Arrival, { seq, at, replay, event, detail }: EventMessage): void {
    const history = admitted(arrival, 'event', seq, at, replay);
    if (history === null) return;
    sink.event({ deviceId: arrival.state.id, at, receivedAt: arrival.now, kind: event, detail, history });
  }

  function acceptHello(arrival: Arrival, hello: HelloMessage): void {
    const { state, now, retain } = arrival;
    // A hello from the future would keep every true one after it from counting.
    if (judgeTime(hello.at, now) === 'future') {
      if (!retain) observeTime(state.clock, hello.at, now);
      refuse(arrival, 'future-clock', null);
      return;
    }
    if (registry.introduce(state, hello, retain)) saving.countsChanged(state);
  }

  function acceptStatus({ state, now, retain }: Arrival, { online, battery }: StatusMessage): void {
    if (!online) state.goodbyeAt = now;
    if (battery !== null && (!retain || state.battery === null)) state.battery = battery;
    tellPresence(state, now);
  }

  /** Whether the message is history; null when it was refused. */
  function admitted(arrival: Arrival, topic: CountedTopic, seq: number, at: number, replay: boolean): boolean | null {
    const { state, now, retain } = arrival;
    const { device } = state;
    if (device.admittedAt === null || device.retiredAt !== null) {
      // Counted as taken, so that its admission later does not look like a loss.
      const sequence = registry.sequence(state, topic);
      const count = countOf(sequence, seq, at, replay);
      if (take(count, seq) === 'new') saving.counted(sequence);
      refuse(arrival, device.helloAt === null && device.retiredAt === null ? 'unknown-device' : 'not-admitted', null);
      return null;
    }
    if (!takeOnce(arrival, registry.sequence(state, topic), seq, at, replay)) return null;
    const history = retain || replay;
    const verdict = history ? judgeTime(at, now) : observeTime(state.clock, at, now);
    if (verdict === 'future') {
      refuse(arrival, 'future-clock', null);
      return null;
    }
    state.refusedInARow = 0;
    if (verdict === 'stale' && !history) {
      quarantineAs(arrival, 'stale-clock', null);
      return true;
    }
    return history;
  }

  function takeOnce(arrival: Arrival, sequence: Sequence, seq: number, at: number, replay: boolean): boolean {
    const count = countOf(sequence, seq, at, replay);
    const skipped = skippedBefore(count, seq);
    const taken = take(count, seq);
    if (taken === 'duplicate' || taken === 'wild') {
      refuse(arrival, taken === 'wild' ? 'schema' : 'duplicate', `seq ${seq}`);
      return false;
    }
    saving.counted(sequence);
    if (taken === 'new' && skipped > 0)
      gaps.open(count, seq, skipped, (missing) => quarantineAs(arrival, 'gap', `${missing} lost before seq ${seq}`));
    else if (taken === 'late') gaps.fill(count, seq);
    return true;
  }

  function refuse(arrival: Arrival, reason: QuarantineReason, detail: string | null): void {
    const { state, again } = arrival;
    state.refused += 1;
    if (!NOT_ITS_DATA.has(reason) && !(again && reason === 'duplicate')) state.refusedInARow += 1;
    quarantineAs(arrival, reason, detail);
    if (reason === 'future-clock') tellPresence(state, arrival.now);
  }

  function quarantineAs(
    { state, topic, payload, now }: Arrival,
    reason: QuarantineReason,
    detail: string | null,
  ): void {
    quarantine.add({ device: state.id, topic, reason, at: now, detail, payload });
  }

  function heard(state: DeviceState, now: number): void {
    state.lastMessageAt = now;
    state.goodbyeAt = null;
    if (state.online) return;
    state.online = true;
    tellPresence(state, now);
  }

  function tellPresence(state: DeviceState, now: number): void {
    const presence = presenceOf(state, now);
    const silent = (presence.lastMessageAt ?? 0) - (state.told.lastMessageAt ?? 0) < RETELL_MS;
    if (silent && !presenceDiffers(state.told, presence)) return;
    state.told = presence;
    saving.presenceTold(state);
    sink.presence(state.id, presence);
  }

  function tickOne(state: DeviceState, now: number): void {
    // A hub that was away cannot hold its own absence against a device.
    const lastHeardAt = Math.max(state.lastMessageAt ?? startedAt, startedAt);
    if (state.online && now > lostAt(lastHeardAt, state.goodbyeAt, state.lostAfterMs)) state.online = false;
    tellPresence(state, now);
    if (!state.stirred) return;
    state.stirred = false;
    onChange?.(state.id);
  }

  return {
    receive(topic, payload, delivery) {
      try {
        receive(topic, payload, delivery);
      } catch (error) {
        onFault?.(error);
      }
    },
    tick(now) {
      gaps.settle(now);
      for (const state of registry.all()) tickOne(state, now);
    },
    flush: saving.flush,
    known: () => [...registry.all()].map(knownDevice),
    knownOf: (deviceId) => mapped(registry.find(deviceId), knownDevice),
    presenceOf: (deviceId) => mapped(registry.find(deviceId), (state) => presenceOf(state, clock())),
    turnedAway: (device, topic, reason, detail) =>
      quarantine.add({ device, topic, reason, at: clock(), detail, payload: NO_BYTES }),
    settleGaps: () => gaps.settle(Number.POSITIVE_INFINITY),
    quarantineRows: quarantine.rows,
    reload: registry.reload,
  };
}

const noCodes: readonly string[] = [];
const NO_BYTES = new Uint8Array(0);

function isGoodbye(message: ReturnType<Decode>): boolean {
  return message.kind === 'status' && !message.online;
}

function knownDevice({ id, messages, refused, refusedInARow }: DeviceState): KnownDevice {
  return { deviceId: id, messages, refused, badData: refusedInARow >= BAD_DATA_AFTER };
}

function mapped<From, To>(value: From | undefined, map: (value: From) => To): To | undefined {
  return value === undefined ? undefined : map(value);
}
