import type { HourGrid } from './forecast-grid.ts';

export const WEEK_HOURS = 168;
const LEARNED_WEEKS = 26;
/** A week this much older counts half. */
const HALF_LIFE_WEEKS = 6;
/** What all days of the week together weigh beside one. */
const LEAN = 0.06;

/** How many times the variance of pure chance relief must show to count at all. */
const CERTAIN = 4;

/** The weeks a forecast learns from. */
export const LEARNED_HOURS = LEARNED_WEEKS * WEEK_HOURS;

/** What an hour of the week brings: patients coming, the share of those in who leave, and how many are usually in. */
export interface Profile {
  readonly arrivals: Float64Array;
  readonly leaving: Float64Array;
  readonly usual: Float64Array;
  /** Share of an hour's arrivals that stays away, or comes besides, for each patient more or fewer in than usual; 0: none. */
  readonly relief: number;
}

/** Learns from the hours before `until` only. */
export function learn(past: HourGrid, until: number): Profile {
  const { arrivals, discharges, occupied, weekHours: hoursOfWeek } = past;
  const weights = new Float64Array(WEEK_HOURS);
  const came = new Float64Array(WEEK_HOURS);
  const left = new Float64Array(WEEK_HOURS);
  const there = new Float64Array(WEEK_HOURS);
  for (let hour = Math.max(0, until - LEARNED_HOURS); hour < until; hour++) {
    const slot = hoursOfWeek[hour] ?? 0;
    const weight = weightOf(until - hour);
    add(weights, slot, weight);
    add(came, slot, weight * (arrivals[hour] ?? 0));
    add(left, slot, weight * (discharges[hour] ?? 0));
    add(there, slot, weight * (occupied[hour] ?? 0));
  }
  const usual = { arrivals: leaned(came, weights), usual: leaned(there, weights) };
  return {
    ...usual,
    leaving: leaned(left, there).map((share) => Math.min(1, share)),
    relief: reliefOf(past, until, usual),
  };
}

/** A full house takes fewer and an empty one fills up: how strongly, by what came in the hours it was fuller or emptier than usual. */
function reliefOf(past: HourGrid, until: number, { arrivals, usual }: Pick<Profile, 'arrivals' | 'usual'>): number {
  let [missed, could, chance] = [0, 0, 0];
  for (let hour = Math.max(0, until - LEARNED_HOURS); hour < until; hour++) {
    const slot = past.weekHours[hour] ?? 0;
    const rate = arrivals[slot] ?? 0;
    const over = (past.occupied[hour] ?? 0) - (usual[slot] ?? 0);
    const weight = weightOf(until - hour);
    missed += weight * over * (rate - (past.arrivals[hour] ?? 0));
    could += weight * over * over * rate;
    chance += weight * weight * over * over * rate;
  }
  // What chance alone would show of it is taken off: little is left where arrivals know nothing of the house.
  return missed <= 0 ? 0 : ratio(missed, could) * Math.max(0, 1 - (CERTAIN * chance) / missed ** 2);
}

/** By hours ago. */
const WEIGHTS = Float64Array.from(
  { length: LEARNED_HOURS + 1 },
  (_, hoursAgo) => 0.5 ** (hoursAgo / WEEK_HOURS / HALF_LIFE_WEEKS),
);

function weightOf(hoursAgo: number): number {
  return WEIGHTS[hoursAgo] ?? 0;
}

/**
 * Rates by hour of the week, leaning a little on the same hour of all days: an hour nobody happened to come in is not one
 * in which nobody ever will.
 */
function leaned(sums: Float64Array, weights: Float64Array): Float64Array {
  const daily = Array.from({ length: 24 }, (_, hour) => ratio(ofHour(sums, hour), ofHour(weights, hour)));
  return sums.map((sum, slot) => {
    const lean = (LEAN * ofHour(weights, slot % 24)) / 7;
    return ratio(sum + lean * (daily[slot % 24] ?? 0), (weights[slot] ?? 0) + lean);
  });
}

function ofHour(values: Float64Array, hour: number): number {
  let sum = 0;
  for (let slot = hour; slot < WEEK_HOURS; slot += 24) sum += values[slot] ?? 0;
  return sum;
}

export interface Ahead {
  readonly weekHours: Uint8Array;
  readonly present: number;
  readonly firstShare: number;
  /** Announced arrivals by hour, and discharges planned for patients who are in. */
  readonly announced: Float64Array;
  readonly planned: Float64Array;
}

/** Hour by hour; `occupied` starts with who is in and is one longer. */
export interface Projection {
  readonly arrivals: readonly number[];
  readonly discharges: readonly number[];
  readonly occupied: readonly number[];
}

/** Goes on from who is in: so many come in an hour of the week, of those in such a share leaves. */
export function project(profile: Profile, ahead: Ahead): Projection {
  const count = ahead.weekHours.length;
  const arrivals: number[] = [];
  const discharges: number[] = [];
  const occupied = [ahead.present];
  let waiting = Math.min(ahead.present, total(ahead.planned));
  let others = ahead.present - waiting;
  for (let hour = 0; hour < count; hour++) {
    const slot = ahead.weekHours[hour] ?? 0;
    const share = hour === 0 ? ahead.firstShare : 1;
    const over = waiting + others - (profile.usual[slot] ?? 0);
    const likely = (profile.arrivals[slot] ?? 0) * Math.max(0, 1 - profile.relief * over);
    const coming = Math.max(share * likely, ahead.announced[hour] ?? 0);
    const asPlanned = Math.min(waiting, ahead.planned[hour] ?? 0);
    const leaving = share * others * (profile.leaving[slot] ?? 0);
    waiting -= asPlanned;
    others += coming - leaving;
    arrivals.push(coming);
    discharges.push(asPlanned + leaving);
    occupied.push(waiting + others);
  }
  return { arrivals, discharges, occupied };
}

/** Adds to one of many sums. */
export function add(sums: Float64Array, slot: number, value: number): void {
  sums[slot] = (sums[slot] ?? 0) + value;
}

/** Sum of numbers. */
export function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ?? 0;
  return sum;
}

/** A part of a whole; 0 of nothing. */
export function ratio(part: number, whole: number | undefined): number {
  return whole ? part / whole : 0;
}
