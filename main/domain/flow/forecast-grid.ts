import type { ClinicDays } from '../clinic/clinic-days.ts';
import { HOUR_MS } from '../time.ts';
import type { FlowHistory } from './figures.ts';

/** The past by hours of the wall clock: what came and went in each, who was in at its start. */
export interface HourGrid {
  /** Start of the first hour, epoch ms. */
  readonly start: number;
  readonly arrivals: Float64Array;
  readonly discharges: Float64Array;
  /** One more than hours: the last is at the end of the last hour. */
  readonly occupied: Float64Array;
  /** Hour of the week (0 is Monday 00:00) of each hour. */
  readonly weekHours: Uint8Array;
}

/** Whole hours from the first that begins at or after `from` to the one that ends at `end`, itself the start of an hour. */
export function hourGrid(history: FlowHistory, days: ClinicDays, from: number, end: number, now: number): HourGrid {
  const count = Math.max(0, Math.floor((end - from) / HOUR_MS));
  const start = end - count * HOUR_MS;
  const arrivals = counted(history.arrivals, start, count);
  const discharges = counted(history.discharges, start, count);
  const occupied = new Float64Array(count + 1);
  // Who is in now is known; who was in before follows backwards from comings and goings.
  let there = history.present - sinceEnd(history.arrivals, end, now) + sinceEnd(history.discharges, end, now);
  for (let hour = count; hour >= 0; hour--) {
    occupied[hour] = Math.max(0, there);
    there += (discharges[hour - 1] ?? 0) - (arrivals[hour - 1] ?? 0);
  }
  return { start, arrivals, discharges, occupied, weekHours: weekHours(days, start, count) };
}

/** Hour of the week of each of `count` hours from `start`. */
export function weekHours(days: ClinicDays, start: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, hour) => {
    const at = start + hour * HOUR_MS;
    return days.weekdayOf(days.dayOf(at)) * 24 + days.hourOf(at);
  });
}

/** Start of the wall clock's hour a moment is in. */
export function hourStart(days: ClinicDays, at: number): number {
  const past = (at - days.startOf(days.dayOf(at))) % HOUR_MS;
  return at - past;
}

function counted(moments: readonly number[], start: number, count: number): Float64Array {
  const hours = new Float64Array(count);
  for (const at of moments) {
    const hour = Math.floor((at - start) / HOUR_MS);
    if (hour >= 0 && hour < count) hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

function sinceEnd(moments: readonly number[], end: number, now: number): number {
  return moments.filter((at) => at >= end && at <= now).length;
}
