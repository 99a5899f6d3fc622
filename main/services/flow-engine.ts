import type { CallContext } from '#contract/handlers.ts';
import type { EncounterClass, FlowEvent, FlowSource, FlowStep, Journey, RefusedClaim } from '#domain/flow/event.ts';
import type { ActId, EncounterId, PatientId } from '#domain/ids.ts';

type AfterCommit = (tell: () => void) => void;

export interface NewStep {
  readonly encounterId: EncounterId;
  readonly step: FlowStep;
  readonly happenedAt: number;
}

/** A step another system told, in its own times. */
export interface ToldStep extends NewStep {
  readonly recordedAt: number;
  readonly source: Exclude<FlowSource, 'console'>;
  /** Control id or line: orders equal times the same way for every order of arrival. */
  readonly tieBreak: string;
}

/**
 * The one way an encounter changes: events are added or voided, the journey is folded anew, and encounter, places, bed
 * assignments, cleanings and device ties follow from it in the same transaction. Call only inside a transaction.
 */
export interface FlowEngine {
  /** A new encounter without any event yet. */
  open(
    opening: {
      readonly patientId: PatientId;
      readonly visitNumber: string | null;
      readonly class: EncounterClass;
      readonly reason: string | null;
      readonly pregnant?: boolean;
    },
    at: number,
  ): EncounterId;
  /**
   * Steps of a person, all or none, as one act with its ledger entry. Throws `refused` with the rule's words: what a
   * fold cannot explain, a bed held by another (who), what stands against the bed (not with an `overrideReason`).
   */
  act(
    context: Pick<CallContext, 'actor' | 'station'>,
    act: {
      readonly name: string;
      readonly steps: readonly NewStep[];
      readonly overrideReason?: string;
      readonly now: number;
    },
    afterCommit: AfterCommit,
  ): ActId;
  /** Takes back an act, all of it. Throws `refused`: later-steps, bed-occupied, cleaning-started, already-undone. */
  takeBack(
    context: Pick<CallContext, 'actor' | 'station'>,
    back: { readonly actId: ActId; readonly reason: string; readonly now: number },
    afterCommit: AfterCommit,
  ): void;
  /** Steps told by another system: never refused; what cannot be applied stays unexplained or becomes a refused claim. */
  take(steps: readonly ToldStep[], now: number, afterCommit: AfterCommit): void;
  /** Folds again from the events; for callers that changed whose an encounter is. */
  refold(encounterIds: readonly EncounterId[], now: number, afterCommit: AfterCommit): void;
  journey(encounterId: EncounterId): Journey;
  events(encounterId: EncounterId): readonly FlowEvent[];
  /** Bed spans told but held by another. */
  claims(encounterId: EncounterId): readonly RefusedClaim[];
}
