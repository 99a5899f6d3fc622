import type { BedId, EncounterId, TaskId, UserId } from '../ids.ts';

export const TASK_KINDS = ['cleaning', 'transport'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
export type TaskState = 'requested' | 'started' | 'done' | 'voided';

/** Why a bed is cleaned: a KPI tells turnaround by cause. */
export const CLEANING_CAUSES = ['discharge', 'transfer', 'death', 'isolation', 'request'] as const;
export type CleaningCause = (typeof CLEANING_CAUSES)[number];

/** Work of a cleaner or porter. Cleaning: a bed to make ready. Transport: a patient to bring from one place to another. */
export interface Task {
  readonly id: TaskId;
  readonly kind: TaskKind;
  readonly state: TaskState;
  /** Cleaning: the bed. Transport: the bed the patient is fetched from, if any. */
  readonly bedId: BedId | null;
  /** Transport only. */
  readonly encounterId: EncounterId | null;
  /** Where to, in words, for a transport. */
  readonly destination: string | null;
  readonly cause: CleaningCause | null;
  /** After an isolation: HL7 K, cleaned otherwise. */
  readonly contaminated: boolean;
  /** The event (patient left) it follows from; null when somebody asked for it. */
  readonly eventId: string | null;
  /** Cleaning: when the bed became dirty. */
  readonly requestedAt: number;
  readonly startedAt: number | null;
  readonly doneAt: number | null;
  /** Who has it in hand; null: anybody. */
  readonly assigneeId: UserId | null;
  /** To whom it was handed before anybody started it: where it falls back to when a start is undone. */
  readonly handedTo: UserId | null;
  /** The event that made a cleaning pointless (the bed was taken all the same); null otherwise. */
  readonly supersededBy: string | null;
  readonly note: string | null;
}

export interface TaskStore {
  save(task: Task): void;
  find(id: TaskId): Task | undefined;
  /** Requested and started, oldest first. */
  listOpen(): Task[];
  /** The open cleaning of a bed, if any: the schema allows one. */
  openCleaning(bedId: BedId): Task | undefined;
  /** The one that follows from an event, of one bed or any: the open one, else the latest. */
  findByEvent(eventId: string, bedId?: BedId): Task | undefined;
  /** The cleaning that a leaving at a time had asked for, when that leaving was taken back. */
  findTakenBack(bedId: BedId, requestedAt: number): Task | undefined;
  /** Cleanings an event made pointless. */
  listSupersededBy(eventId: string): Task[];
  /** Cleanings of a bed that some event made pointless, newest first, at most five. */
  listSupersededOn(bedId: BedId): Task[];
  /** Of the cleanings of a bed that are done the one begun last. */
  lastCleaned(bedId: BedId): Task | undefined;
  /** Done in `[from, to)`, of some kinds or all, newest first. */
  listDone(from: number, to: number, limit: number, kinds?: readonly TaskKind[]): Task[];
}
