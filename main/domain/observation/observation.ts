import type { DeviceId, EncounterId, UserId } from '../ids.ts';

/** A value a person took and charted. Coded values are stored as the index of their word (see metric.ts). */
export interface ChartedObservation {
  readonly id: string;
  readonly encounterId: EncounterId;
  readonly code: string;
  readonly value: number;
  readonly observedAt: number;
  readonly recordedAt: number;
  readonly recordedBy: UserId;
}

export interface ObservationStore {
  append(observations: readonly ChartedObservation[]): void;
  /** Oldest first, `[from, to)` by observedAt. */
  list(encounterId: EncounterId, from: number, to: number, code?: string): ChartedObservation[];
  /** The newest of each code, taken at or before `at`. */
  latest(encounterId: EncounterId, at: number): ChartedObservation[];
}

/** One stored number of a device's series. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** What a minute of a series was. `at` is the minute's first ms. */
export interface MinuteAggregate {
  readonly at: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** One device message's numbers, column-wise; the arrays are the caller's again after `append` returns. */
export interface NumericsBatchRow {
  readonly deviceId: DeviceId;
  readonly at: number;
  readonly receivedAt: number;
  /** Whether this is history (replayed, retained or late): stored apart so that it cannot make live reads slow. */
  readonly history: boolean;
  readonly codes: readonly string[];
  readonly values: readonly number[];
}

/**
 * The time series of numerics. `append` keeps rows in memory, visible to reads at once; they are on disk when the
 * transaction around `flush` has committed. Values are kept exactly as sent.
 */
export interface NumericsStore {
  append(row: NumericsBatchRow): void;
  /** Writes what `append` gathered, inside the caller's transaction. */
  flush(): void;
  pending(): number;
  /** `[from, to)`, in order of `at`. */
  raw(deviceId: DeviceId, code: string, from: number, to: number): Sample[];
  /** Newest sample at or before `at` and after `since`. */
  latest(deviceId: DeviceId, code: string, since: number, at: number): Sample | undefined;
  /** Minutes that begin in `[from, to)`, oldest first. */
  minutes(deviceId: DeviceId, code: string, from: number, to: number): MinuteAggregate[];
  /** Codes this device ever sent. */
  codesOf(deviceId: DeviceId): string[];
  /**
   * Forgets packed blocks wholly before `rawBefore`, and of minutes wholly before `minutesBefore`; answers how many.
   * At most 500 of each at once, so that the hub is not held up: the rest goes a little with each flush.
   */
  prune(rawBefore: number, minutesBefore: number): number;
}
