import type { BedId, DeviceId, EncounterId } from '../ids.ts';

/** A physical unit on the network. Waits from its first message until someone admits it. Times are epoch ms. */
export interface Device {
  readonly id: DeviceId;
  /** A profile's type, the device's own word for an unknown one, or null before its first hello. */
  readonly type: string | null;
  readonly serial: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  /** Metrics the device said it sends; empty when it did not say. */
  readonly metrics: readonly string[];
  /** Units the device declared, by metric. */
  readonly units: Readonly<Record<string, string>>;
  /** `at` of the hello that began the present count of `seq`; null before the first. */
  readonly helloAt: number | null;
  readonly firstSeenAt: number;
  readonly admittedAt: number | null;
  readonly retiredAt: number | null;
}

/** What is known of a device's link right now, by hub timers; the Last Will is only a hint. */
export interface Presence {
  readonly online: boolean;
  readonly lastMessageAt: number | null;
  /** 0 to 1; null when the device does not say. */
  readonly battery: number | null;
  /** Device clock minus hub clock, ms; null until known. */
  readonly skewMs: number | null;
  readonly skewed: boolean;
}

/** A device at a bed, or on a patient, over `[startedAt, endedAt)`. Exactly one of bedId and encounterId is set. */
export interface DeviceTie {
  readonly id: string;
  readonly deviceId: DeviceId;
  readonly bedId: BedId | null;
  readonly encounterId: EncounterId | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export const QUARANTINE_REASONS = [
  'not-json',
  'too-large',
  'schema',
  'unknown-metric',
  'wrong-unit',
  'not-finite',
  'implausible',
  'future-clock',
  'stale-clock',
  'duplicate',
  'gap',
  'unknown-device',
  'wrong-device',
  'not-admitted',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** Messages refused or marked, counted per device, topic and reason. `at` is the latest; `sample` its first 512 bytes. */
export interface QuarantineRow {
  readonly device: string;
  readonly topic: string;
  readonly reason: QuarantineReason;
  readonly at: number;
  readonly count: number;
  readonly detail: string | null;
  readonly sample: Uint8Array | null;
}

/** Which `seq` numbers of one topic were taken, so that a message counts once across restarts of the hub. */
export interface SequenceMark {
  readonly deviceId: DeviceId;
  readonly topic: 'readings' | 'event' | 'wave';
  /** `at` of the hello that began this count. */
  readonly epoch: number;
  readonly highest: number;
  /** Bit set of the numbers taken just below and including `highest`; its layout is sequence.ts's. */
  readonly window: Uint8Array;
}

export interface DeviceStore {
  find(id: DeviceId): Device | undefined;
  list(): Device[];
  save(device: Device): void;
  /** Ties without an end, of every device. */
  openTies(): DeviceTie[];
  openTie(deviceId: DeviceId): DeviceTie | undefined;
  /** All ties that touch `[from, to)`, for one device, bed or encounter. */
  tiesOf(
    subject: { deviceId: DeviceId } | { bedId: BedId } | { encounterId: EncounterId },
    from: number,
    to: number,
  ): DeviceTie[];
  startTie(tie: DeviceTie): void;
  endTie(id: string, endedAt: number): void;
  findTie(id: string): DeviceTie | undefined;
  /** A tie whose end was a mistake goes on. Fails with a unique constraint when the device was tied since. */
  reopenTie(id: string): void;
}

export interface QuarantineStore {
  /** Adds the counts to what is stored, keeps the newest sample, drops the oldest rows past 10,000. */
  add(rows: readonly QuarantineRow[]): void;
  list(device?: string): QuarantineRow[];
}

export interface SequenceStore {
  saveAll(marks: readonly SequenceMark[]): void;
  list(): SequenceMark[];
}

export interface PresenceStore {
  save(deviceId: DeviceId, presence: Presence): void;
  list(): { deviceId: DeviceId; presence: Presence }[];
}
