import type { BedNeeds, WhyNot } from '#domain/flow/bed-state.ts';
import type { FlowSource } from '#domain/flow/event.ts';
import type { CleaningCause } from '#domain/flow/task.ts';
import type { BedId, EncounterId, PatientId } from '#domain/ids.ts';

type AfterCommit = (tell: () => void) => void;

/** One patient going into or out of one bed, because of one event. */
export interface BedChange {
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  /** The event the change follows from. */
  readonly eventId: string;
  readonly at: number;
  readonly source: FlowSource;
}

/**
 * What must happen to a bed when patients come and go, called inside the transaction that changes who holds it, and
 * what stands against taking it. All of it can be taken back exactly.
 */
export interface BedKeeping {
  /** Everything that stands against a patient taking a bed now, worst first; empty: assignable. */
  whyNot(question: {
    readonly bedId: BedId;
    readonly encounterId: EncounterId | null;
    readonly patientId: PatientId;
    readonly needs?: BedNeeds;
    /** Encounters leaving the bed in the same act (swap): they and the dirt they leave do not count. */
    readonly leaving?: readonly EncounterId[];
  }): WhyNot[];
  /** A patient left: the bed is dirty from `at` on and gets a cleaning, unless it was taken again since or the place is shared and still held. */
  left(change: BedChange & { readonly cause: CleaningCause }, afterCommit: AfterCommit): void;
  /**
   * The leaving did not happen. Voids the cleaning if nobody started it; `cleaning-started` changes nothing: a console
   * act is then refused, a feed's is shown as a doubt.
   */
  leavingTakenBack(eventId: string, afterCommit: AfterCommit): 'voided' | 'none' | 'cleaning-started';
  /** A bed was taken: a reservation or request of that patient is fulfilled; an open cleaning (feed only) is superseded and doubted. */
  taken(change: BedChange, afterCommit: AfterCommit): void;
  /** The taking did not happen: what `taken` did is put back. */
  takingTakenBack(change: BedChange, afterCommit: AfterCommit): void;
}
