import type { BedBlock, BedStatus, Reservation } from './bed-state.ts';
import type { Task } from './task.ts';

export interface BedSituation {
  /** Somebody holds a place of it. */
  readonly occupied: boolean;
  /** Its cleaning that is not done, if any. */
  readonly cleaning: Pick<Task, 'contaminated'> | null;
  readonly blocked: boolean;
}

/** HL7's word for a bed. A reservation does not show in it: the bed is unoccupied, and kept. */
export function bedStatus({ occupied, cleaning, blocked }: BedSituation): BedStatus {
  if (occupied) return 'occupied';
  if (cleaning) return cleaning.contaminated ? 'contaminated' : 'housekeeping';
  return blocked ? 'closed' : 'unoccupied';
}

/** Whether a block keeps a bed out of use now; one whose time has run out does not, written down as ended or not. */
export function blockInForce({ endedAt, to }: Pick<BedBlock, 'endedAt' | 'to'>, now: number): boolean {
  return endedAt === null && (to === null || to > now);
}

/** Whether a reservation keeps its bed now; one whose time has run out does not, written down as lapsed or not. */
export function reservationInForce({ state, until }: Pick<Reservation, 'state' | 'until'>, now: number): boolean {
  return state === 'reserved' && until > now;
}
