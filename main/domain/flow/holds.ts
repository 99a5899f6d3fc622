import { allow, type Decision, refuse } from '../decision.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { BedId, UserId } from '../ids.ts';
import type { BedBlock, BedRequest, DecidedRequest, Reservation } from './bed-state.ts';
import { blockInForce, reservationInForce } from './bed-status.ts';

/** Whether an encounter is expected or here: only then is a bed kept or asked for. */
export function current({ status }: Pick<Encounter, 'status'>): boolean {
  return status === 'planned' || status === 'in-progress' || status === 'on-hold';
}

interface ReservationQuestion {
  readonly bedId: BedId;
  readonly encounter: Encounter;
  readonly now: number;
  readonly block: BedBlock | undefined;
  /** Of the bed, and of the encounter, in time or not. */
  readonly standing: readonly Reservation[];
}

export type ReservationRefusal = 'not-in-progress' | 'bed-blocked' | 'bed-reserved' | 'already-reserved';

/**
 * Whether a bed may be kept for an encounter: the reservation to prolong when it already is, else null for a new one.
 * An occupied or dirty bed may be: it is kept for when it is free.
 */
export function reserveBed(question: ReservationQuestion): Decision<Reservation | null, ReservationRefusal> {
  const { bedId, encounter, now, block, standing } = question;
  if (!current(encounter)) return refuse('not-in-progress');
  if (block && blockInForce(block, now)) return refuse('bed-blocked');
  const inForce = standing.filter((kept) => reservationInForce(kept, now));
  const same = inForce.find((kept) => kept.bedId === bedId && kept.encounterId === encounter.id);
  if (same) return allow(same);
  if (inForce.some((kept) => kept.bedId === bedId)) return refuse('bed-reserved');
  return inForce.length > 0 ? refuse('already-reserved') : allow(null);
}

export interface RequestDecision {
  readonly accept: boolean;
  readonly answer: string | null;
  readonly by: UserId;
  readonly at: number;
}

/** A request is decided once; a decline says why. */
export function decideRequest(
  request: BedRequest,
  { accept, answer, by, at }: RequestDecision,
): Decision<BedRequest, 'already-decided' | 'answer-missing'> {
  if (request.state !== 'requested') return refuse('already-decided');
  if (!accept && !answer) return refuse('answer-missing');
  const was = decidedOf(request);
  return allow({ ...request, state: accept ? 'accepted' : 'declined', decidedAt: at, decidedBy: by, answer, was });
}

interface Cancelling {
  /** What the request was when whoever takes it back looked at it. */
  readonly seen: 'requested' | 'accepted';
  readonly by: UserId;
  readonly at: number;
}

/** Taken back by those who asked; an accepted one too, as long as no bed was taken and who takes it back knows of it. */
export function cancelRequest(
  request: BedRequest,
  { seen, by, at }: Cancelling,
): Decision<BedRequest, 'already-decided'> {
  if (request.state !== seen) return refuse('already-decided');
  return allow({ ...request, state: 'cancelled', decidedAt: at, decidedBy: by, was: decidedOf(request) });
}

/** A decision or withdrawal taken back: the request is what it was before. `seen`: what it was when the caller looked. */
export function reopenRequest(
  request: BedRequest,
  seen: 'accepted' | 'declined' | 'cancelled',
): Decision<BedRequest, 'already-decided'> {
  if (request.state !== seen || request.was === null) return refuse('already-decided');
  return allow({ ...request, ...request.was, was: null });
}

function decidedOf({ state, decidedAt, decidedBy, answer }: BedRequest): DecidedRequest {
  return { state, decidedAt, decidedBy, answer };
}

interface BlockQuestion {
  /** Somebody was in the bed at some moment of `[from, to)`. */
  readonly occupied: boolean;
  /** Blocks that share a moment with `[from, to)`. */
  readonly standing: readonly BedBlock[];
  /** When it went out of use. */
  readonly from: number;
  readonly to: number | null;
  readonly now: number;
}

export type BlockRefusal = 'bed-occupied' | 'already-blocked' | 'in-future' | 'in-past';

/**
 * Whether a bed may be taken out of use: free or dirty, until some time or until somebody ends it. It may be told late;
 * only what is told late may be over already.
 */
export function blockBed({ occupied, standing, from, to, now }: BlockQuestion): Decision<null, BlockRefusal> {
  if (from > now) return refuse('in-future');
  if (to !== null && to <= from) return refuse('in-past');
  if (occupied) return refuse('bed-occupied');
  return standing.length > 0 ? refuse('already-blocked') : allow(null);
}

/** A block ended now; not again once it is over, by itself or by somebody. */
export function endBlock(block: BedBlock, now: number): Decision<BedBlock, 'not-blocked'> {
  return blockInForce(block, now) ? allow({ ...block, endedAt: Math.max(now, block.from) }) : refuse('not-blocked');
}
