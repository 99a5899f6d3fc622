import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { type BrokerConnection, type BrokerOptions, connectBroker, type LinkState } from '#adapters/mqtt/connection.ts';
import { decodeNative } from '#adapters/mqtt/native-json.ts';
import type {
  Device,
  DeviceStore,
  Presence,
  PresenceStore,
  QuarantineReason,
  QuarantineRow,
  QuarantineStore,
  SequenceMark,
  SequenceStore,
} from '#domain/device/device.ts';
import type { AcceptedReading, DeviceEvent, IntakeSink, WaveChunk } from '#domain/device/intake.ts';
import type { DeviceId } from '#domain/ids.ts';
import { createIntake, type Intake } from '#services/intake.ts';

export const CLINIC = 'demo';
/** An ordinary afternoon, for tests that set the time themselves. */
export const NOON = 1_780_000_000_000;

export const topicOf = (device: string, ending: string): string => `clinic/${CLINIC}/device/${device}/${ending}`;

/** What the intake remembers between two runs of the hub, in memory, as the store would. */
export interface Memory {
  readonly devices: DeviceStore;
  readonly sequences: SequenceStore;
  readonly presence: PresenceStore;
  readonly quarantine: QuarantineStore;
}

export function makeMemory(): Memory {
  const devices = new Map<string, Device>();
  const marks = new Map<string, SequenceMark>();
  const presences = new Map<DeviceId, Presence>();
  const rows: QuarantineRow[] = [];
  return {
    devices: {
      find: (id) => devices.get(id),
      list: () => [...devices.values()],
      save: (device) => void devices.set(device.id, device),
      openTies: () => [],
      openTie: () => undefined,
      tiesOf: () => [],
      startTie: () => {},
      endTie: () => {},
      findTie: () => undefined,
      reopenTie: () => {},
    },
    sequences: {
      saveAll: (all) => {
        for (const mark of all) marks.set(`${mark.deviceId} ${mark.topic}`, mark);
      },
      list: () => [...marks.values()],
    },
    presence: {
      save: (id, presence) => void presences.set(id, presence),
      list: () => [...presences].map(([deviceId, presence]) => ({ deviceId, presence })),
    },
    quarantine: { add: (added) => void rows.push(...added), list: () => rows },
  };
}

/** An intake with everything that reached the clinic from it, and a clock that stands where it is put. */
export interface Station {
  readonly intake: Intake;
  readonly readings: AcceptedReading[];
  readonly events: DeviceEvent[];
  readonly waves: WaveChunk[];
  readonly heard: Device[];
  readonly presences: { deviceId: DeviceId; presence: Presence }[];
  readonly faults: unknown[];
  readonly time: { now: number };
  /** Gives it a message as if from the broker. */
  hear(device: string, ending: string, payload: unknown, how?: { retain?: boolean; dup?: boolean }): void;
  /** How often something was refused or marked for a reason. */
  counted(reason: QuarantineReason, device?: string): number;
}

export function makeStation({
  memory = makeMemory(),
  admitAll = true,
  clock,
}: {
  memory?: Memory;
  admitAll?: boolean;
  /** The machine's clock instead of the standing one. */
  clock?: () => number;
} = {}): Station {
  const time = { now: NOON };
  const readings: AcceptedReading[] = [];
  const events: DeviceEvent[] = [];
  const waves: WaveChunk[] = [];
  const heard: Device[] = [];
  const presences: Station['presences'] = [];
  const faults: unknown[] = [];
  const sink: IntakeSink = {
    reading: (reading) => void readings.push(reading),
    event: (event) => void events.push(event),
    wave: (chunk) => void waves.push(chunk),
    device: (device) => void heard.push(device),
    presence: (deviceId, presence) => void presences.push({ deviceId, presence }),
  };
  const intake = createIntake({
    ...memory,
    decode: decodeNative,
    clock: clock ?? (() => time.now),
    clinic: CLINIC,
    admitAll,
    sink,
    onFault: (fault) => void faults.push(fault),
  });
  return {
    intake,
    readings,
    events,
    waves,
    heard,
    presences,
    faults,
    time,
    hear(device, ending, payload, { retain = false, dup = false } = {}) {
      const bytes = Buffer.isBuffer(payload)
        ? payload
        : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
      intake.receive(topicOf(device, ending), bytes, { retain, dup, qos: 1 });
    },
    counted: (reason, device) =>
      [...intake.quarantineRows(), ...memory.quarantine.list()]
        .filter((row) => row.reason === reason && (device === undefined || row.device === device))
        .reduce((sum, { count }) => sum + count, 0),
  };
}

/** A hub's link that a test can wait on. */
export interface TestLink extends BrokerConnection {
  readonly states: LinkState[];
  readonly details: (string | null)[];
  /** Settles when the link is next, or already, in a state. */
  reaches(state: LinkState): Promise<void>;
}

export function openLink(
  options: Omit<BrokerOptions, 'clinic' | 'clientId' | 'onLink'> & { clientId?: string },
): TestLink {
  const states: LinkState[] = [];
  const details: (string | null)[] = [];
  const waiting: { state: LinkState; settle: () => void }[] = [];
  const connection = connectBroker({
    clientId: 'wardline-hub',
    retryMs: [50, 150],
    ...options,
    clinic: CLINIC,
    onLink(state, detail) {
      states.push(state);
      details.push(detail);
      for (const waiter of waiting.splice(0)) {
        if (waiter.state === state) waiter.settle();
        else waiting.push(waiter);
      }
    },
  });
  return {
    ...connection,
    states,
    details,
    reaches: (state) =>
      states.at(-1) === state
        ? Promise.resolve()
        : new Promise((settle) => {
            waiting.push({ state, settle });
          }),
  };
}

/** A device's own client: user name, client id and password as the device network asks. */
export function joinAs(device: string, port: number, options: IClientOptions = {}): Promise<MqttClient> {
  return connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: device,
    username: device,
    password: 'any',
    reconnectPeriod: 100,
    ...options,
  });
}

/**
 * As a device does it: again and again until the broker has it (mqtt.js gives a message up when the line breaks while
 * it is sending older ones again).
 */
export async function sayUntilHeard(client: MqttClient, topic: string, payload: string): Promise<void> {
  for (;;) {
    const heard = await client.publishAsync(topic, payload, { qos: 1 }).then(
      () => true,
      () => false,
    );
    if (heard) return;
    await new Promise((settle) => setTimeout(settle, 20));
  }
}

/** Waits until something is so; the test's own time limit ends it when it never is. */
export async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((settle) => setTimeout(settle, 10));
}
