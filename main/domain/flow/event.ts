import type { ActId, AreaId, BedId, EncounterId, RoomId, WardId } from '../ids.ts';

/** What an encounter is: HL7 v2 table 0004 I, E, O and P. */
export const ENCOUNTER_CLASSES = ['inpatient', 'emergency', 'outpatient', 'planned-admission'] as const;
export type EncounterClass = (typeof ENCOUNTER_CLASSES)[number];

/** Manchester categories, most urgent first. Their targets are settings of the clinic. */
export const TRIAGE_CATEGORIES = ['red', 'orange', 'yellow', 'green', 'blue'] as const;
export type TriageCategory = (typeof TRIAGE_CATEGORIES)[number];

export const OUTCOMES = ['home', 'other-facility', 'against-advice', 'left-unseen', 'died', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * Where a patient is, as precisely as it is known: a bed (then its room and ward are named too), a room, a ward, or an
 * area without beds. All null: somewhere nobody said.
 */
export interface Place {
  readonly wardId: WardId | null;
  readonly roomId: RoomId | null;
  readonly bedId: BedId | null;
  readonly areaId: AreaId | null;
}

/** One step of an encounter, as somebody or another system told it. */
export type FlowStep =
  /** Will come: a planned admission or an announced arrival. */
  | {
      readonly kind: 'expected';
      readonly expectedAt: number | null;
      readonly place: Place | null;
      readonly reason: string | null;
      readonly class?: EncounterClass;
    }
  | { readonly kind: 'arrived'; readonly place: Place | null; readonly class: EncounterClass }
  | { readonly kind: 'triaged'; readonly category: TriageCategory }
  /** First contact with somebody who treats: ends the wait. */
  | { readonly kind: 'seen' }
  /** Decision to admit: the boarding clock starts. */
  | { readonly kind: 'admission-decided'; readonly wardId: WardId | null }
  | { readonly kind: 'admitted'; readonly place: Place | null; readonly class: EncounterClass }
  | {
      readonly kind: 'transferred';
      readonly place: Place;
      /** The place before and this one, in the teller's words: puts moves of one moment in order. */
      readonly told?: { readonly from: string; readonly to: string };
    }
  /** Leave of absence: the bed stays held. */
  | { readonly kind: 'leave-started'; readonly returnExpectedAt: number | null }
  | { readonly kind: 'leave-ended' }
  /** On the way or away for a while (theatre, imaging): the bed stays held. `place` null: on the way. */
  | { readonly kind: 'departed'; readonly place: Place | null }
  | { readonly kind: 'returned' }
  | { readonly kind: 'transfer-planned'; readonly place: Place | null }
  /** When the patient is meant to leave, ordered or not. */
  | { readonly kind: 'discharge-expected'; readonly expectedAt: number | null; readonly waitingFor: string | null }
  /** Changes nothing on the bed. */
  | { readonly kind: 'discharge-ordered'; readonly expectedAt: number | null; readonly waitingFor: string | null }
  | { readonly kind: 'medically-ready' }
  /** The patient left: the bed is free of them and dirty. */
  | { readonly kind: 'discharged'; readonly outcome: Outcome }
  /** The whole encounter was entered in error or will not take place. */
  | { readonly kind: 'cancelled'; readonly reason: string | null }
  /**
   * Another system takes back its latest step of these kinds recorded up to then. Here people void events by name
   * instead (undo, correct). `told`: of a move, where the patient was by it (`from`) and is again (`to`).
   */
  | {
      readonly kind: 'taken-back';
      readonly of: readonly FlowStepKind[];
      readonly told?: { readonly from: string; readonly to: string };
    };
export type FlowStepKind = FlowStep['kind'];

/** Who said so: a person at a console, the HL7 feed, or an import of past stays. */
export type FlowSource = 'console' | 'feed' | 'import';

/**
 * A step with its two times. Events are only ever added and voided, never edited: what was known at any time can be
 * told again.
 */
export interface FlowEvent {
  readonly id: string;
  /** Steps of one act are undone together. */
  readonly actId: ActId;
  readonly encounterId: EncounterId;
  readonly step: FlowStep;
  /** When it happened, epoch ms. */
  readonly happenedAt: number;
  /** When it was written down, by the clock of whoever did: the feed's EVN-2, or the hub's now. */
  readonly recordedAt: number;
  readonly source: FlowSource;
  /** Tells apart events of the same times, the same way for every order of arrival: control id, or the act's id. */
  readonly tieBreak: string;
  /** User id, `feed` or `import`. */
  readonly actor: string;
  readonly voided: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

/** A span in one place; `to` null while it lasts. */
export interface Whereabouts {
  readonly place: Place;
  readonly from: number;
  readonly to: number | null;
  /** The event it began by. */
  readonly eventId: string;
  /** From `from` on only because another system took a leaving back later, in order. */
  readonly again?: readonly Again[];
}

/** A leaving another system took back: since when the patient is said to have stayed after all, and when that was told. */
export interface Again {
  readonly from: number;
  readonly toldAt: number;
  readonly eventId: string;
}

/** Why an event says nothing (yet): a person must look, or an event still to come explains it. */
export type Unexplained =
  | 'not-here-then'
  | 'left-before'
  | 'already-left'
  | 'nothing-to-take-back'
  | 'not-on-leave'
  | 'bed-held-by-another'
  | 'place-unknown';

/** Where an encounter stands, folded from its events: the same for every order they came in. */
export interface Journey {
  readonly status: 'planned' | 'in-progress' | 'on-hold' | 'discharged' | 'cancelled';
  readonly class: EncounterClass;
  readonly expectedAt: number | null;
  readonly arrivedAt: number | null;
  readonly triage: { readonly category: TriageCategory; readonly at: number } | null;
  readonly seenAt: number | null;
  readonly admissionDecidedAt: number | null;
  readonly admittedAt: number | null;
  readonly dischargeOrderedAt: number | null;
  readonly expectedDischargeAt: number | null;
  readonly waitingFor: string | null;
  readonly medicallyReadyAt: number | null;
  readonly dischargedAt: number | null;
  readonly outcome: Outcome | null;
  /** On leave or away from the bed, since when and where; null when in the place below. */
  readonly away: { readonly kind: 'leave' | 'elsewhere'; readonly since: number; readonly place: Place | null } | null;
  readonly transferPlanned: { readonly place: Place | null; readonly at: number } | null;
  /** In order, joined where one place follows itself. */
  readonly whereabouts: readonly Whereabouts[];
  readonly unexplained: readonly { readonly eventId: string; readonly why: Unexplained }[];
}

/** What the fold makes of an encounter, kept beside it so that lists and figures need no folding. */
export type FlowSummary = Omit<Journey, 'whereabouts' | 'unexplained' | 'status'> & {
  readonly encounterId: EncounterId;
  /** Given by the clinic's administration (HL7 PV1-19); null when it has none. */
  readonly visitNumber: string | null;
  /** Where the patient is when in no bed, or expected while planned; null in a bed or gone. */
  readonly place: Place | null;
};

/** A span in a place that is no bed; bed spans are BedAssignments. */
export interface PlaceStay {
  readonly encounterId: EncounterId;
  readonly place: Place;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** A bed span the feed told of while somebody else held the bed: shown to a person, granted when the bed turns out free. */
export interface RefusedClaim {
  readonly encounterId: EncounterId;
  readonly bedId: BedId;
  readonly from: number;
  readonly to: number | null;
  readonly heldBy: EncounterId;
  /** The event it would have begun by. */
  readonly eventId: string;
}

/** A span of a bed an encounter wants by its events, held or refused, with what decides who of several gets it. */
export interface WantedSpan {
  readonly encounterId: EncounterId;
  readonly bedId: BedId;
  readonly from: number;
  readonly to: number | null;
  readonly eventId: string;
  readonly source: FlowSource;
  readonly recordedAt: number;
  readonly tieBreak: string;
  readonly visitNumber: string | null;
  /** It goes on from the span before it, by a leaving taken back: it counts from when that was told. */
  readonly again?: boolean;
}

/** What is known of an encounter and follows from no step. */
export interface SaidBefore {
  readonly encounterId: EncounterId;
  readonly reason: string | null;
  readonly pregnant: boolean;
  readonly visitNumber: string | null;
}

/** Events, what follows from them, and what could not be granted. */
export interface FlowStore {
  append(event: FlowEvent): void;
  /** `actId`: the correction that voids it; an undo or a feed has none. */
  void(eventId: string, voided: NonNullable<FlowEvent['voided']>, actId?: ActId): void;
  find(eventId: string): FlowEvent | undefined;
  /** Voided ones too, as they were written. */
  listOf(encounterId: EncounterId): FlowEvent[];
  listAct(actId: ActId): FlowEvent[];
  /** What a correction voided. */
  listVoidedBy(actId: ActId): FlowEvent[];
  /** Events of other acts on the encounter that were told after this one's and still stand. */
  listAfter(actId: ActId, encounterId: EncounterId): FlowEvent[];
  /** Newest first: the latest acts of people, for undo and the journal. */
  listRecent(limit: number): FlowEvent[];
  summary(encounterId: EncounterId): FlowSummary | undefined;
  saveSummary(summary: FlowSummary): void;
  /** Of encounters planned, in progress or on hold. */
  listOpenSummaries(): FlowSummary[];
  /** Encounters with a visit number, as given by administration. */
  findByVisit(visitNumber: string): EncounterId[];
  replacePlaceStays(encounterId: EncounterId, stays: readonly PlaceStay[]): void;
  listPlaceStays(encounterId: EncounterId): PlaceStay[];
  replaceClaims(encounterId: EncounterId, claims: readonly RefusedClaim[]): void;
  listClaims(subject?: { bedId: BedId } | { encounterId: EncounterId }): RefusedClaim[];
  /** Spans of a bed that touch `[from, to)`: `held` by an assignment, or refused. */
  listWanted(bedId: BedId, from: number, to: number): (WantedSpan & { readonly held: boolean })[];
  /** Patients a bed has places for; 0 for an unknown one. */
  places(bedId: BedId): number;
  /** What was known of an encounter before an act said otherwise: for taking the act back. */
  keepSaidBefore(actId: ActId, said: SaidBefore): void;
  saidBefore(actId: ActId): SaidBefore | undefined;
  /** Reservations and requests a taking of a bed had met when it was taken back, by id. */
  keepMet(eventId: string, ids: readonly string[]): void;
  /** undefined: the taking was never taken back. */
  metBy(eventId: string): readonly string[] | undefined;
  /** The patient's own ties that ended with the encounter. */
  replaceEndedTies(encounterId: EncounterId, tieIds: readonly string[]): void;
  listEndedTies(encounterId: EncounterId): string[];
}
