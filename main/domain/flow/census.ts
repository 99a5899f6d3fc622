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
  /** Of the occupied, those of wards that had no bed open: no part of occupancy. */
  readonly unbedded: number;
  readonly available: number;
}

const AVAILABLE = 1;
const BLOCKED = 2;
const OCCUPIED = 3;

/**
 * Beds at each midnight of `[from, to)` that has come. A bed with a patient is occupied and available, blocked or not;
 * an empty blocked one is neither. Patients on a ward whose bed nobody named occupy one, whether the ward has beds or not.
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
  const unbedded = new Int32Array(count);
  for (const [wardId, spans] of question.bedless) {
    const inUse = open.get(wardId);
    inAt(spans, place, count).forEach((there, at) => {
      occupied[at] = (occupied[at] ?? 0) + there;
      if (!inUse?.[at]) unbedded[at] = (unbedded[at] ?? 0) + there;
    });
  }
  return Array.from(occupied, (there, at) => ({
    day: first + at,
    occupied: there,
    unbedded: unbedded[at] ?? 0,
    available: available[at] ?? 0,
  }));
}

/** Bed-days of a census. */
export function sumCensus(census: readonly CensusDay[]): CensusSums {
  let [occupiedBedDays, unbeddedBedDays, availableBedDays] = [0, 0, 0];
  for (const { occupied, unbedded, available } of census) {
    occupiedBedDays += occupied;
    unbeddedBedDays += unbedded;
    availableBedDays += available;
  }
  return { occupiedBedDays, unbeddedBedDays, availableBedDays, midnights: census.length };
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

/** How many spans each midnight is in. */
function inAt(spans: Spans, place: (at: number) => number, count: number): Int32Array {
  const there = new Int32Array(count + 1);
  eachSpan(spans, place, (first, last) => {
    there[first] = (there[first] ?? 0) + 1;
    there[last] = (there[last] ?? 0) - 1;
  });
  for (let at = 1; at < count; at++) there[at] = (there[at] ?? 0) + (there[at - 1] ?? 0);
  return there.subarray(0, count);
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
