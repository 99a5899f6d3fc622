import type { Place } from '../flow/event.ts';
import type { EncounterId, PatientId } from '../ids.ts';

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
  /** SHA-256 of the text, hex; see `fingerprintOf`. */
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
  /** By the sender's clock. */
  readonly recordedAt: number;
  /** Of the events it told: the same for each of its copies, different for every other message. */
  readonly tieBreak: string;
  /** Of the second patient of a swap. */
  readonly otherEncounterId: EncounterId | null;
  /** Nothing of it could be applied: tried again from the start at each later event of its patient or visit. */
  readonly held: boolean;
  /** What only a person can settle, whatever comes later; null when there is nothing. */
  readonly doubt: string | null;
}

/** A message without what it says. */
export type FeedStanding = Omit<FeedMessage, 'text'>;

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

/** When the feed last said something of one fact; a later word stands, whichever came first. */
export interface Word {
  readonly recordedAt: number;
  readonly tieBreak: string;
}

/** The last word on one fact, with what it said. */
export interface FactWord extends Word {
  readonly fact: string;
  /** Plain JSON. */
  readonly value: unknown;
}

/** A visit number the feed named. */
export interface FeedVisit {
  readonly visitNumber: string;
  /** null: only told of, nothing has happened in it here. */
  readonly encounterId: EncounterId | null;
  /** Whose it is by the first word recorded of it. */
  readonly told: (Word & { readonly patientId: PatientId }) | null;
  /** Whose it became by the latest move (A45). */
  readonly moved: (Word & { readonly patientId: PatientId }) | null;
  /** The visit it became part of (A41). */
  readonly aliasOf: string | null;
}

/** Where a message that moved nobody believed a patient to be. */
export interface Belief {
  readonly messageId: string;
  readonly encounterId: EncounterId;
  readonly at: number;
  readonly place: Place;
}

export interface FeedStore {
  /** The same message, come before. */
  findTwin(controlId: string, hash: string): FeedMessage | undefined;
  find(id: string): FeedMessage | undefined;
  save(message: FeedMessage): void;
  countCopy(id: string): void;
  /** Newest first, whole milliseconds: a page may be a little longer than `limit`. */
  list(filter: { before?: number; limit: number }): FeedStanding[];
  /** The review list, oldest first. */
  listWaiting(limit: number): FeedStanding[];
  countWaiting(): number;
  /** In the order the sender recorded them. */
  listOfVisit(visitNumber: string): FeedMessage[];
  /** Of these patients, naming no visit. */
  listUnnumbered(patientIds: readonly PatientId[]): FeedMessage[];
  /** Of an encounter, first or second. */
  listOf(encounterId: EncounterId, filter: { waiting: true } | { tieBreaks: readonly string[] }): FeedMessage[];
  anyHeld(): boolean;
  /** Ids, in the order the sender recorded them. */
  listHeld(subject: { patientId: PatientId } | { visitNumber: string }): string[];

  listWords(subject: string): FactWord[];
  /** All of a subject's. */
  saveWords(subject: string, words: readonly FactWord[]): void;
  visit(visitNumber: string): FeedVisit | undefined;
  saveVisit(visit: FeedVisit): void;
  listAliases(visitNumber: string): string[];
  saveBelief(belief: Belief): void;
  /** With the time their messages were recorded. */
  listBeliefs(encounterId: EncounterId): (Belief & Pick<Word, 'recordedAt'>)[];

  enqueue(message: Pick<OutgoingMessage, 'controlId' | 'type' | 'text' | 'createdAt'>): void;
  nextToSend(): OutgoingMessage | undefined;
  saveAttempt(seq: number, outcome: { sentAt: number | null; problem: string | null }): void;
  /** It is never sent: the next one is. */
  giveUp(seq: number): void;
  /** null: nothing was ever sent. */
  lastSentAt(): number | null;
  countUnsent(): number;
  /** How many were given up, and the latest of them. */
  givenUp(): { readonly count: number; readonly last: OutgoingMessage | null };
}
