import type { DeviceId } from '../ids.ts';
import type { Device, Presence } from './device.ts';

/** A message's values after admission: units converted, implausible ones left out. */
export interface AcceptedReading {
  readonly deviceId: DeviceId;
  /** Device clock. */
  readonly at: number;
  /** Hub clock. */
  readonly receivedAt: number;
  /** How far the device's clock is behind the hub's, ms, as far as known; negative when ahead; 0 for history. */
  readonly behindMs: number;
  /** Stored, but never drawn as current and never judged by alarms: replayed, retained, or more than 5 min late. */
  readonly history: boolean;
  readonly codes: readonly string[];
  /** Numbers; coded metrics as the index of their word. */
  readonly values: readonly number[];
  /** Metrics the device says it has no value for, with its reason. */
  readonly absent: readonly { readonly code: string; readonly why: string }[];
  /** Metrics refused as implausible: technical, never physiological. */
  readonly implausible: readonly string[];
}

export interface DeviceEvent {
  readonly deviceId: DeviceId;
  readonly at: number;
  readonly receivedAt: number;
  readonly kind: string;
  readonly detail: unknown;
  readonly history: boolean;
}

export interface WaveChunk {
  readonly deviceId: DeviceId;
  readonly at: number;
  readonly wave: string;
  /** Samples a second. */
  readonly rate: number;
  readonly unit: string;
  /** Physical values: raw × gain + offset. */
  readonly samples: Float32Array;
}

/** Where the device network's accepted input goes. Called in order, synchronously; must not throw. */
export interface IntakeSink {
  reading(reading: AcceptedReading): void;
  event(event: DeviceEvent): void;
  wave(chunk: WaveChunk): void;
  /** A device was heard of for the first time or said hello differently. Already saved. */
  device(device: Device): void;
  presence(deviceId: DeviceId, presence: Presence): void;
}
