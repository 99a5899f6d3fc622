import type { QuarantineReason } from './device.ts';

/** Endings of the topics a device may publish on. */
export const ENDINGS = ['hello', 'status', 'readings', 'wave', 'event'] as const;
export type Ending = (typeof ENDINGS)[number];

export interface HelloMessage {
  readonly kind: 'hello';
  readonly at: number;
  readonly type: string;
  readonly serial: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly metrics: readonly string[];
  readonly units: Readonly<Record<string, string>>;
}

export interface StatusMessage {
  readonly kind: 'status';
  readonly online: boolean;
  readonly at: number | null;
  /** 0 to 1. */
  readonly battery: number | null;
}

/** A readings message that keeps to the schema. Nothing is judged yet: a value may be infinite, in any unit, of any metric. */
export interface ReadingsMessage {
  readonly kind: 'readings';
  readonly seq: number;
  readonly at: number;
  readonly replay: boolean;
  readonly codes: string[];
  /** Words of coded metrics are already the index of the word. */
  readonly values: number[];
  /** Beside `values`; null when no value came with a unit of its own. */
  readonly units: (string | undefined)[] | null;
  readonly absent: { readonly code: string; readonly why: string }[];
}

export interface WaveMessage {
  readonly kind: 'wave';
  readonly seq: number;
  readonly at: number;
  readonly wave: string;
  readonly rate: number;
  readonly unit: string;
  readonly samples: Float32Array;
}

export interface EventMessage {
  readonly kind: 'event';
  readonly seq: number;
  readonly at: number;
  readonly replay: boolean;
  readonly event: string;
  readonly detail: unknown;
}

export type DeviceMessage = HelloMessage | StatusMessage | ReadingsMessage | WaveMessage | EventMessage;

/** A payload that could not be understood. `detail` names a field or a number, never a patient. */
export interface Undecoded {
  readonly kind: 'undecoded';
  readonly reason: QuarantineReason;
  readonly detail: string | null;
}

/** Bytes of one topic ending to a message; `deviceId` is the topic's, which the payload must not contradict. Never throws. */
export type Decode = (ending: Ending, payload: Uint8Array, deviceId: string) => DeviceMessage | Undecoded;

/** What the hub asks of a device; answered by a `command-result` event with the same id. */
export interface DeviceCommand {
  readonly id: string;
  readonly kind: 'message-to-patient' | 'care-plan' | 'identify';
  readonly body: Readonly<Record<string, unknown>>;
}
