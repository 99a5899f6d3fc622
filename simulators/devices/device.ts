import type { Vitals } from '../physiology/patient.ts';
import { slotChance } from '../physiology/random.ts';
import type { WavePiece } from '../physiology/waveform.ts';

/** A value as devices.md writes it: bare, or absent with the device's reason. */
export type SentValue = number | string | { readonly v: null; readonly why: string };
export type SentValues = Readonly<Record<string, SentValue>>;

/** Something a device says at a moment of its own clock; `wire.ts` adds the count and writes the JSON. */
export type TimedReading =
  | { readonly kind: 'readings'; readonly at: number; readonly values: SentValues; readonly replay?: boolean }
  /** `at` is when it is sent, `startsAt` the time of its first sample. */
  | { readonly kind: 'wave'; readonly at: number; readonly startsAt: number; readonly piece: WavePiece }
  | { readonly kind: 'event'; readonly at: number; readonly event: string; readonly detail?: unknown }
  /** `battery` from 0 to 1. */
  | { readonly kind: 'status'; readonly at: number; readonly battery: number };

/** What a device is built into: its seed, when it starts, and the body it measures. */
export interface DeviceSource {
  readonly seed: number;
  /** Epoch ms of its first word. */
  readonly startedAt: number;
  /** The body at a moment; null when nobody is connected. Asked with times that never go back. */
  readonly vitalsAt: (at: number) => Vitals | null;
  /** Between messages, for devices that stream; their own usual pace unless given. */
  readonly intervalMs?: number;
  /** Waves to send; none unless given. */
  readonly waves?: readonly string[];
  /** Parts of the device that are not always fitted: `etco2`, `arterial`. */
  readonly fitted?: readonly string[];
  /** Metrics that have no value at a moment, each with the reason. */
  readonly absentAt?: (at: number) => Readonly<Record<string, string>>;
  /** Called by an insulin pump when it delivers (units). */
  readonly deliver?: (units: number) => void;
}

/** A type of device: what it says of itself, and how it speaks. */
export interface DeviceType {
  readonly type: string;
  readonly model: string;
  readonly firmware: string;
  readonly metrics: readonly string[];
  /** Units that differ from, or must be named beside, the metric's own. */
  readonly units?: Readonly<Record<string, string>>;
  readonly readings: (source: DeviceSource) => Generator<TimedReading>;
}

const NOTHING: Readonly<Record<string, string>> = {};

/** Values with what is absent at this moment replaced by its reason. */
export function withAbsent(source: DeviceSource, at: number, values: SentValues): SentValues {
  const absent = source.absentAt?.(at) ?? NOTHING;
  const codes = Object.keys(absent).filter((code) => code in values);
  if (codes.length === 0) return values;
  return {
    ...values,
    ...Object.fromEntries(codes.map((code) => [code, { v: null, why: absent[code] ?? 'no-value' }])),
  };
}

/** Every named metric absent for one reason. */
export function allAbsent(codes: readonly string[], why: string): SentValues {
  return Object.fromEntries(codes.map((code) => [code, { v: null, why }]));
}

export function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

/** Whether a stretch of time of this seed is one of the rare ones with something the matter. */
export function rareSpell(seed: number, at: number, slotMs: number, probability: number, lengthMs: number): boolean {
  const slot = Math.floor(at / slotMs);
  return slotChance(seed, slot) < probability && at - slot * slotMs < lengthMs;
}

/** Charge of a battery that lasts some hours and is then swapped or charged. */
export function batteryAt(source: DeviceSource, at: number, hours: number): number {
  const used = (at - source.startedAt) / 3_600_000 / hours + slotChance(source.seed, 11) * 0.6;
  return rounded(1 - 0.92 * (used % 1), 2);
}
