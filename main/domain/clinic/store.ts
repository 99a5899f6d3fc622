import type { AlarmStore, LimitStore } from '../alarm/alarm.ts';
import type { DeviceStore, PresenceStore, QuarantineStore, SequenceStore } from '../device/device.ts';
import type { AssignmentStore, EncounterStore } from '../encounter/encounter.ts';
import type { FeedStore } from '../feed/feed.ts';
import type { BedStateStore } from '../flow/bed-state.ts';
import type { FlowStore } from '../flow/event.ts';
import type { FigureStore } from '../flow/figures.ts';
import type { TaskStore } from '../flow/task.ts';
import type { Ledger, Verification } from '../ledger/entry.ts';
import type { AreaStore } from '../location/area.ts';
import type { LocationStore } from '../location/location.ts';
import type { NoteStore } from '../note/note.ts';
import type { NumericsStore, ObservationStore } from '../observation/observation.ts';
import type { MergeStore } from '../patient/merge.ts';
import type { PatientStore } from '../patient/patient.ts';
import type { SessionStore, UserStore } from '../user/user.ts';
import type { SavedViewStore } from './saved-view.ts';

/** Small named values, as JSON. */
export interface SettingStore {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** Answers already given, so that asking again is safe. */
export interface IdempotencyStore {
  find(actor: string, key: string): { procedure: string; inputHash: string; result: unknown } | undefined;
  save(entry: { actor: string; key: string; procedure: string; inputHash: string; result: unknown; at: number }): void;
  removeBefore(at: number): void;
}

/** All the clinic remembers. One writer; every method is synchronous. */
export interface Store {
  /**
   * Runs `work` in one transaction (nested calls join it); nothing it wrote stays if it throws.
   * `afterCommit` callbacks run once the outermost transaction is on disk.
   */
  transact<Result>(work: (afterCommit: (tell: () => void) => void) => Result): Result;
  readonly patients: PatientStore;
  readonly encounters: EncounterStore;
  readonly assignments: AssignmentStore;
  readonly locations: LocationStore;
  readonly areas: AreaStore;
  readonly merges: MergeStore;
  readonly flow: FlowStore;
  readonly bedStates: BedStateStore;
  readonly tasks: TaskStore;
  /** Read on a thread of its own: the hub goes on meanwhile. */
  readonly figures: FigureStore;
  readonly feed: FeedStore;
  readonly views: SavedViewStore;
  readonly devices: DeviceStore;
  readonly presence: PresenceStore;
  readonly quarantine: QuarantineStore;
  readonly sequences: SequenceStore;
  readonly observations: ObservationStore;
  readonly numerics: NumericsStore;
  readonly alarms: AlarmStore;
  readonly limits: LimitStore;
  readonly notes: NoteStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly settings: SettingStore;
  readonly idempotency: IdempotencyStore;
  readonly ledger: Ledger;
  /** Full check of file and ledger; slow. */
  verify(): Verification;
  /** The same check on a thread of its own: the hub goes on meanwhile. */
  verifyInThread(): Promise<Verification>;
  /** Writes an encrypted copy that opens with the same key; refuses to overwrite. Answers its path and size. */
  backup(toFolder: string): { path: string; bytes: number };
  /** The same copy, written on a thread of its own. */
  backupInThread(toFolder: string): Promise<{ path: string; bytes: number }>;
  close(): void;
}
