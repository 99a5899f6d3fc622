import type { BedId, DeviceId, EncounterId, RequestId, ReservationId, RoomId, UserId, WardId } from '../ids.ts';
import type { Sex } from '../patient/patient.ts';

/**
 * Words of HL7 v2 table 0116, in the order they win: occupied O, contaminated K (dirty after an isolation), housekeeping H
 * (dirty or being cleaned), closed C (blocked), unoccupied U. Isolated (I) is a flag beside them.
 */
export type BedStatus = 'occupied' | 'contaminated' | 'housekeeping' | 'closed' | 'unoccupied';

export const EQUIPMENT = [
  'monitor',
  'oxygen',
  'suction',
  'ventilator',
  'bariatric',
  'negative-pressure',
  'lift',
  'cot',
] as const;
export type Equipment = (typeof EQUIPMENT)[number];

export const ISOLATION_KINDS = ['contact', 'droplet', 'airborne', 'protective'] as const;
export type IsolationKind = (typeof ISOLATION_KINDS)[number];

/** What a bed is good for. Empty or null: no restriction. */
export interface BedAttributes {
  readonly equipment: readonly Equipment[];
  /** Whole years, both included. */
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
  /** 1, or more when the bed is declared shared (mother and baby). */
  readonly places: number;
  /** Code of the bed in messages (PV1-3.3); null: its label. */
  readonly code: string | null;
  /** Made because the feed named it: a person has yet to confirm it. */
  readonly fromFeed: boolean;
}

/** Who may share a room: anyone, one sex, or whichever sex is already in it. */
export const SEX_RULES = ['any', 'female', 'male', 'same'] as const;
export type SexRule = (typeof SEX_RULES)[number];

export interface RoomAttributes {
  readonly sexRule: SexRule;
  /** Fit for these kinds of isolation; a single room is fit for contact and droplet. */
  readonly isolationFor: readonly IsolationKind[];
  readonly code: string | null;
  readonly fromFeed: boolean;
}

export const BLOCK_REASONS = ['repair', 'infection', 'staffing', 'deep-clean', 'closed', 'other'] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** A bed out of use over `[from, to)`; `to` null: until somebody ends it. */
export interface BedBlock {
  readonly id: string;
  readonly bedId: BedId;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly from: number;
  /** When it is meant to end by itself. */
  readonly to: number | null;
  readonly by: UserId;
  readonly endedAt: number | null;
}

/** A bed kept for an encounter until `until`; then it lapses. */
export interface Reservation {
  readonly id: ReservationId;
  readonly bedId: BedId;
  readonly encounterId: EncounterId;
  readonly by: UserId;
  readonly at: number;
  readonly until: number;
  readonly state: 'reserved' | 'fulfilled' | 'released' | 'lapsed';
  /** The event by which the patient took the bed. */
  readonly fulfilledBy: string | null;
}

/** What a patient needs of a bed. */
export interface BedNeeds {
  readonly equipment: readonly Equipment[];
  readonly isolation: IsolationKind | null;
}

/** Somebody asks a ward for a bed: pending in there, pending out where the patient is. */
export interface BedRequest {
  readonly id: RequestId;
  readonly encounterId: EncounterId;
  /** null: any ward that fits. */
  readonly wardId: WardId | null;
  readonly needs: BedNeeds;
  readonly reason: string;
  readonly urgency: 'routine' | 'urgent' | 'emergency';
  readonly requestedAt: number;
  readonly requestedBy: UserId;
  readonly state: 'requested' | 'accepted' | 'declined' | 'cancelled' | 'done';
  readonly decidedAt: number | null;
  readonly decidedBy: UserId | null;
  /** Why it was declined. */
  readonly answer: string | null;
  /** The event by which the patient got a bed. */
  readonly doneBy: string | null;
  /** What it was before it was last decided or withdrawn, for as long as that can be taken back. */
  readonly was: DecidedRequest | null;
}

export type DecidedRequest = Pick<BedRequest, 'state' | 'decidedAt' | 'decidedBy' | 'answer'>;

/** Where a location tag was last heard. */
export interface HeardTag {
  readonly deviceId: DeviceId;
  /** In the words of the location system: mostly a room. */
  readonly place: string;
  readonly at: number;
}

/** Why a bed cannot be had, or only with a reason given. Ordered as they are shown. */
export type WhyNot =
  | { readonly kind: 'occupied'; readonly encounterId: EncounterId }
  | { readonly kind: 'reserved'; readonly encounterId: EncounterId; readonly until: number }
  | { readonly kind: 'blocked'; readonly reason: BlockReason; readonly until: number | null }
  | { readonly kind: 'dirty'; readonly since: number }
  | { readonly kind: 'cleaning'; readonly since: number }
  | { readonly kind: 'sex'; readonly rule: SexRule; readonly present: Sex | null }
  | { readonly kind: 'isolation'; readonly needed: IsolationKind | null; readonly inRoom: IsolationKind | null }
  | { readonly kind: 'equipment'; readonly missing: readonly Equipment[] }
  | { readonly kind: 'age'; readonly from: number | null; readonly to: number | null };

/** What only a person's stated reason gets over; the others never. */
export const OVERRIDABLE: readonly WhyNot['kind'][] = ['sex', 'isolation', 'equipment', 'age'];

/** A board and a device that do not agree, or a bed two truths claim: shown, never silently believed. */
export interface Doubt {
  readonly id: string;
  readonly bedId: BedId;
  readonly kind:
    | 'sensor-says-empty'
    | 'sensor-says-occupied'
    | 'tag-elsewhere'
    | 'placed-while-dirty'
    | 'returned-while-cleaning'
    | 'claimed-by-another';
  /** What contradicts, in words: the device, or where the tag is. */
  readonly what: string;
  readonly encounterId: EncounterId | null;
  readonly since: number;
}

export interface BedStateStore {
  bedAttributes(bedId: BedId): BedAttributes;
  saveBedAttributes(bedId: BedId, attributes: BedAttributes): void;
  listBedAttributes(): ReadonlyMap<BedId, BedAttributes>;
  roomAttributes(roomId: string): RoomAttributes;
  saveRoomAttributes(roomId: string, attributes: RoomAttributes): void;
  listRoomAttributes(): ReadonlyMap<string, RoomAttributes>;
  isolationOf(encounterId: EncounterId): IsolationKind | null;
  saveIsolation(encounterId: EncounterId, kind: IsolationKind | null): void;
  listIsolations(): ReadonlyMap<EncounterId, IsolationKind>;
  saveBlock(block: BedBlock): void;
  findBlock(id: string): BedBlock | undefined;
  /** In force at `now`. */
  listBlocks(now: number): BedBlock[];
  blockOf(bedId: BedId, now: number): BedBlock | undefined;
  /** Blocks of a bed, over or not, that share a moment with `[from, to)`; `to` null: without end. */
  blocksBetween(bedId: BedId, from: number, to: number | null): BedBlock[];
  saveReservation(reservation: Reservation): void;
  findReservation(id: ReservationId): Reservation | undefined;
  /** State `reserved`, of encounters that are not over, lapsed in time or not. */
  listReservations(): Reservation[];
  reservationOf(subject: { bedId: BedId } | { encounterId: EncounterId }): Reservation | undefined;
  /** State `reserved`, for the bed or for the encounter, of encounters that are over too: what the schema lets stand once. */
  reservationsTouching(bedId: BedId, encounterId: EncounterId): Reservation[];
  listFulfilledBy(eventId: string): Reservation[];
  /** Blocks and reservations whose time has run out, not yet written down as ended. */
  listDue(now: number): { readonly blocks: BedBlock[]; readonly reservations: Reservation[] };
  saveRequest(request: BedRequest): void;
  findRequest(id: RequestId): BedRequest | undefined;
  /** States requested and accepted, of encounters that are not over, oldest first. */
  listOpenRequests(): BedRequest[];
  requestOf(encounterId: EncounterId): BedRequest | undefined;
  listRequestsDoneBy(eventId: string): BedRequest[];
  /** Whether somebody else isolated lies in the room of this bed, or left a bed there that is still contaminated. */
  isolatedNear(bedId: BedId, except: EncounterId): boolean;
  /** In no order. */
  bedsInRoom(roomId: RoomId): BedId[];
  settleDoubt(settled: { readonly id: string; readonly at: number; readonly by: UserId }): void;
  unsettleDoubts(ids: readonly string[]): void;
  listSettledDoubts(): string[];
  saveHeardTag(tag: HeardTag): void;
  listHeardTags(): HeardTag[];
}
