import type { ClinicDays } from '../clinic/clinic-days.ts';
import type { BedId, WardId } from '../ids.ts';
import type { CensusSums } from './figures.ts';

/** A bed and since when it counts; `-Infinity`: always. */
export interface CountedBed {
  readonly id: BedId;
  readonly wardId: WardId;
  readonly since: number;
}

/** Spans one after another: from, to, from, to …; what lasts ends at the last moment there is. */
export type Spans = readonly number[];

export interface CensusQuestion {
  readonly days: ClinicDays;
  readonly from: number;
  readonly to: number;
  /** Midnights after it have not come. */
  readonly now: number;
  readonly beds: readonly CountedBed[];
  readonly held: ReadonlyMap<BedId, Spans>;
  readonly blocked: ReadonlyMap<BedId, Spans>;
  /** Of admitted patients on a ward whose bed nobody named. */
  readonly bedless: ReadonlyMap<WardId, Spans>;
}

/** Beds at one midnight, the one the day begins with. */
export interface CensusDay {
  readonly day: number;
  readonly occupied: number;
  readonly available: number;
}

const AVAILABLE = 1;
const BLOCKED = 2;
const OCCUPIED = 3;

/**
 * Beds at each midnight of `[from, to)` that has come. A bed with a patient is occupied and available, blocked or not;
 * an empty blocked one is neither. Patients on a ward without a bed of their own count where the ward has beds at all.
 */
export function censusOf(question: CensusQuestion): CensusDay[] {
  const { days, from, to, now, beds } = question;
  const end = Math.min(to, now + 1);
  if (from >= end) return [];
  const first = firstMidnightDay(days, from);
  const count = Math.max(0, firstMidnightDay(days, end) - first);
  // What begins or ends outside the period is cut to it before the calendar is asked.
  const place = (at: number): number => (at <= from ? 0 : at >= end ? count : firstMidnightDay(days, at) - first);
  const occupied = new Int32Array(count);
  const available = new Int32Array(count);
  const open = new Map<WardId, Uint8Array>();
  for (const bed of beds) {
    const states = new Uint8Array(count).fill(AVAILABLE, place(bed.since));
    eachSpan(question.blocked.get(bed.id), place, (first, last) => {
      for (let at = first; at < last; at++) if (states[at] === AVAILABLE) states[at] = BLOCKED;
    });
    eachSpan(question.held.get(bed.id), place, (first, last) => states.fill(OCCUPIED, first, last));
    tally(states, occupied, available, ofWard(open, bed.wardId, count));
  }
  for (const [wardId, inUse] of open) {
    eachSpan(question.bedless.get(wardId), place, (first, last) => {
      for (let at = first; at < last; at++) if (inUse[at]) occupied[at] = (occupied[at] ?? 0) + 1;
    });
  }
  return Array.from(occupied, (there, at) => ({ day: first + at, occupied: there, available: available[at] ?? 0 }));
}

/** Bed-days of a census. */
export function sumCensus(census: readonly CensusDay[]): CensusSums {
  let [occupiedBedDays, availableBedDays] = [0, 0];
  for (const { occupied, available } of census) {
    occupiedBedDays += occupied;
    availableBedDays += available;
  }
  return { occupiedBedDays, availableBedDays, midnights: census.length };
}

/** The first day whose midnight is not before a moment. */
function firstMidnightDay(days: ClinicDays, at: number): number {
  const day = days.dayOf(at);
  return days.startOf(day) === at ? day : day + 1;
}

function eachSpan(
  spans: Spans = [],
  place: (at: number) => number,
  take: (first: number, last: number) => unknown,
): void {
  for (let at = 0; at < spans.length; at += 2) take(place(spans[at] ?? 0), place(spans[at + 1] ?? 0));
}

function ofWard(open: Map<WardId, Uint8Array>, wardId: WardId, count: number): Uint8Array {
  const known = open.get(wardId) ?? new Uint8Array(count);
  open.set(wardId, known);
  return known;
}

function tally(states: Uint8Array, occupied: Int32Array, available: Int32Array, inUse: Uint8Array): void {
  for (let at = 0; at < states.length; at++) {
    const state = states[at];
    if (state !== AVAILABLE && state !== OCCUPIED) continue;
    available[at] = (available[at] ?? 0) + 1;
    inUse[at] = 1;
    if (state === OCCUPIED) occupied[at] = (occupied[at] ?? 0) + 1;
  }
}
