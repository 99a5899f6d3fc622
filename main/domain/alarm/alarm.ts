import type { AlarmId, BedId, DeviceId, EncounterId, UserId, WardId } from '../ids.ts';

export const PRIORITIES = ['high', 'medium', 'low'] as const;
/** After IEC 60601-1-8. */
export type Priority = (typeof PRIORITIES)[number];

/** After FHIR R6 (ballot) devicealert-presence. `latched`: the condition ended, nobody has acknowledged it. */
export type Signal = 'on' | 'latched' | 'ack' | 'off';

/** A fact that needs attention and what staff see of it. One row from its beginning to its end. Times are epoch ms. */
export interface Alarm {
  readonly id: AlarmId;
  readonly kind: 'physiological' | 'technical';
  /** The rule that raised it, e.g. `spo2-low`, `news2`, `device-lost`. */
  readonly rule: string;
  readonly priority: Priority;
  /** What it is about: one of encounter and device, a bed when known; none of them for the hub's own troubles. */
  readonly encounterId: EncounterId | null;
  readonly bedId: BedId | null;
  readonly deviceId: DeviceId | null;
  readonly code: string | null;
  /** Words of the present state: "SpO₂ 71 < 85". Names no patient. */
  readonly message: string;
  readonly limit: number | null;
  /** The worst value since it began. */
  readonly extreme: number | null;
  readonly value: number | null;
  readonly beganAt: number;
  /** When the fact stopped being true; null while it lasts. */
  readonly endedAt: number | null;
  readonly signal: Signal;
  readonly acknowledgedBy: UserId | null;
  readonly acknowledgedAt: number | null;
  /** Times it began again within 10 minutes: flapping shows. */
  readonly recurrences: number;
}

/** A patient's own limits for one metric; null keeps the clinic's default for that bound. */
export interface PersonalLimit {
  readonly encounterId: EncounterId;
  readonly code: string;
  readonly highLow: number | null;
  readonly mediumLow: number | null;
  readonly mediumHigh: number | null;
  readonly highHigh: number | null;
  readonly reason: string;
  readonly setBy: UserId;
  readonly setAt: number;
  /** When it must be looked at again. */
  readonly reviewAt: number;
}

export interface EndedFilter {
  readonly wardId?: WardId | undefined;
  readonly encounterId?: EncounterId | undefined;
  readonly before?: number | undefined;
  readonly beforeId?: AlarmId | undefined;
  readonly limit: number;
}

export interface AlarmStore {
  save(alarms: readonly Alarm[]): void;
  find(id: AlarmId): Alarm | undefined;
  /** Those whose signal is not off. */
  listOpen(): Alarm[];
  /** Newest first by beganAt, then id, after the alarm that `before` and `beforeId` name; without `beforeId` those begun earlier. */
  listEnded(filter: EndedFilter): Alarm[];
}

export interface LimitStore {
  list(encounterId: EncounterId): PersonalLimit[];
  save(limit: PersonalLimit): void;
  remove(encounterId: EncounterId, code: string): void;
}
