import type { BedId, EncounterId, PatientId } from '../ids.ts';

/** Where a message of the feed stands. */
export type FeedState =
  /** Its effect is in force (or it says nothing that means something here). */
  | 'applied'
  /** Not explained by what is known: tried again at each later event of its patient, visit or bed. */
  | 'waiting'
  /** A person settled it: dismissed with a reason. */
  | 'dismissed';

/** One message as it came, with what became of it. Doubled ones are counted, not kept twice. */
export interface FeedMessage {
  readonly id: string;
  /** MSH-10. Control ids get reused: `hash` tells messages apart. */
  readonly controlId: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
  /** `ADT^A01`. */
  readonly type: string;
  readonly sender: string;
  readonly receivedAt: number;
  /** Times it came. */
  readonly copies: number;
  readonly text: string;
  readonly state: FeedState;
  /** Why it waits, in words for a person; null unless waiting. */
  readonly why: string | null;
  readonly patientId: PatientId | null;
  readonly encounterId: EncounterId | null;
  readonly visitNumber: string | null;
  readonly settledBy: string | null;
  readonly settleReason: string | null;
}

/** A message for another system, kept until that system acknowledged it. */
export interface OutgoingMessage {
  readonly seq: number;
  readonly controlId: string;
  readonly type: string;
  readonly text: string;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly attempts: number;
  /** Of the latest attempt; null when acknowledged. */
  readonly problem: string | null;
}

/** A place of a message: PV1-3's point of care, room, bed and facility. */
export interface FeedLocation {
  readonly unit: string;
  readonly room: string;
  readonly bed: string;
  readonly facility: string;
}

export interface FeedStore {
  findByHash(hash: string): FeedMessage | undefined;
  find(id: string): FeedMessage | undefined;
  save(message: FeedMessage): void;
  /** Newest first; `waiting` ones are the review list. */
  list(filter: { state?: FeedState; before?: number; limit: number }): FeedMessage[];
  count(state: FeedState): number;
  waitingOf(subject: { patientId: PatientId } | { visitNumber: string } | { bedId: BedId }): FeedMessage[];
  enqueue(message: Pick<OutgoingMessage, 'controlId' | 'type' | 'text' | 'createdAt'>): void;
  nextToSend(): OutgoingMessage | undefined;
  saveAttempt(seq: number, outcome: { sentAt: number | null; problem: string | null }): void;
  listOutgoing(limit: number): OutgoingMessage[];
  countUnsent(): number;
}
