import { allow, type Decision, refuse } from '../decision.ts';
import type { DeviceTie } from '../device/device.ts';
import type { BedId, UserId } from '../ids.ts';
import { LAST_MOMENT } from '../time.ts';
import type { BedAssignment, Encounter } from './encounter.ts';

/** `[from, to)`, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What two spans share; undefined when they only touch or lie apart. */
export function overlap(one: Span, other: Span): Span | undefined {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from < to ? { from, to } : undefined;
}

/** From when to when something with a start and perhaps an end lasts. */
export function spanOf(lasting: { readonly startedAt: number; readonly endedAt: number | null }): Span {
  return { from: lasting.startedAt, to: lasting.endedAt ?? LAST_MOMENT };
}

/** From admission to discharge, or for ever while the stay goes on. */
export function staySpan(encounter: Encounter): Span {
  return { from: encounter.admittedAt, to: encounter.dischargedAt ?? LAST_MOMENT };
}

/** Whether a stay is going on: only then may anyone move, discharge, tie or set limits. */
export function ongoing(encounter: Encounter): boolean {
  return encounter.status === 'in-progress' || encounter.status === 'on-hold';
}

/**
 * The moment an act of now is written down at: now, but always after what it follows on, so that nothing ends before
 * it began, however the hub's clock was set in between.
 */
export function momentAfter(now: number, began: readonly number[], ended: readonly number[] = []): number {
  return Math.max(now, ...began.map((at) => at + 1), ...ended);
}

export interface AdmissionQuestion {
  /** When the patient came, if someone said; null for now. */
  readonly at: number | null;
  readonly now: number;
  readonly stays: readonly Encounter[];
  /** Assignments of the bed asked for that were not over at `at`; empty when no bed is named. */
  readonly holders: readonly BedAssignment[];
}

export type AdmissionRefusal = 'already-admitted' | 'bed-occupied' | 'in-future' | 'overlaps-earlier-encounter';

/** When a patient's new stay begins. A late entry may neither overlap the patient's stays nor the bed's other holders. */
export function admit({ at, now, stays, holders }: AdmissionQuestion): Decision<number, AdmissionRefusal> {
  if (stays.some(ongoing)) return refuse('already-admitted');
  if (holders.some((holder) => holder.endedAt === null)) return refuse('bed-occupied');
  const over = stays.flatMap((stay) => stay.dischargedAt ?? []);
  if (at === null) return allow(momentAfter(now, [], [...over, ...holders.flatMap((holder) => holder.endedAt ?? [])]));
  if (at > now) return refuse('in-future');
  if (over.some((end) => end > at)) return refuse('overlaps-earlier-encounter');
  if (holders.some((holder) => spanOf(holder).to > at)) return refuse('bed-occupied');
  return allow(at);
}

export type MoveRefusal = 'not-in-progress' | 'bed-occupied';

/** Whether a stay may go on in a bed: `stay` when it already does, else `go`. */
export function moveTo(
  encounter: Encounter,
  bedId: BedId,
  current: BedAssignment | undefined,
  holder: BedAssignment | undefined,
): Decision<'stay' | 'go', MoveRefusal> {
  if (!ongoing(encounter)) return refuse('not-in-progress');
  if (current?.bedId === bedId) return allow('stay');
  return holder ? refuse('bed-occupied') : allow('go');
}

/** The stay once it is over. */
export function discharge(encounter: Encounter, at: number): Decision<Encounter, 'not-in-progress'> {
  if (!ongoing(encounter)) return refuse('not-in-progress');
  return allow({ ...encounter, status: 'discharged', dischargedAt: at });
}

/** The stay with a nurse of its own, or nobody's. */
export function assignNurse(encounter: Encounter, nurseId: UserId | null): Decision<Encounter, 'not-in-progress'> {
  return ongoing(encounter) ? allow({ ...encounter, nurseId }) : refuse('not-in-progress');
}

/** Whether a device's numbers over a tie belong to the stay, and which: only what both, and `asked`, share. */
export function tiedDuring(tie: DeviceTie, held: Span, asked: Span): Span | undefined {
  const shared = overlap(spanOf(tie), held);
  return shared && overlap(shared, asked);
}
