import type { ClinicDays } from '../clinic/clinic-days.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { FlowHistory } from './figures.ts';
import { hourGrid, hourStart, weekHours } from './forecast-grid.ts';
import { add, LEARNED_HOURS, learn, project } from './forecast-model.ts';
import { type PastError, TESTED_HOURS, tryOut } from './forecast-trials.ts';

const NEEDED_DAYS = 21;
/** Four of five values fall inside this many standard deviations. */
const FOUR_IN_FIVE = 1.2816;

/** How far back a forecast looks. */
export const HISTORY_MS = (LEARNED_HOURS + TESTED_HOURS) * HOUR_MS;

export interface Hourly {
  /** Start of the hour; for occupied beds the moment. */
  readonly at: number;
  readonly mean: number;
  /** Four of five past errors were inside. */
  readonly low: number;
  readonly high: number;
}

export interface Forecast {
  readonly usable: boolean;
  /** Why not, in words. */
  readonly why: string | null;
  readonly madeAt: number;
  readonly historyFrom: number | null;
  readonly arrivals: readonly Hourly[];
  readonly discharges: readonly Hourly[];
  readonly occupied: readonly Hourly[];
  readonly beds: number;
  readonly pastError: readonly PastError[];
}

export interface ForecastQuestion {
  readonly history: FlowHistory;
  readonly days: ClinicDays;
  readonly now: number;
  /** 1 to 72. */
  readonly hours: number;
}

/**
 * Comings, goings and beds occupied in the next hours, from what the same hours of past weeks brought (recent weeks
 * count more): so many come in an hour of the week, and of those in, such a share leaves. Announced arrivals count when
 * they are more; patients with a planned discharge leave then. The same method is tried on the last four weeks, each time
 * knowing only what came before.
 */
export function forecast({ history, days, now, hours }: ForecastQuestion): Forecast {
  const { beds } = history;
  const first = firstMoment(history);
  const none = { arrivals: [], discharges: [], occupied: [], pastError: [], madeAt: now, historyFrom: first, beds };
  const why = whyNot(history, first, now);
  if (why !== null || first === null) return { usable: false, why, ...none };
  const start = hourStart(days, now);
  const past = hourGrid(history, days, Math.max(first, now - HISTORY_MS), start, now);
  const trials = tryOut(past);
  const count = Math.ceil((now - start) / HOUR_MS) + hours;
  const known = knownOf(history, start, count, now);
  const run = project(learn(past, past.arrivals.length), {
    weekHours: weekHours(days, start, count),
    present: history.present,
    // Of the hour that is going on only the rest is still to come.
    firstShare: 1 - (now - start) / HOUR_MS,
    ...known,
  });
  const skipped = count - hours;
  const at = (hour: number) => start + (hour + skipped) * HOUR_MS;
  return {
    ...none,
    usable: true,
    why: null,
    arrivals: hourly(run.arrivals.slice(skipped), at, (mean) => Math.sqrt(trials.arrivalSpread * mean)),
    discharges: hourly(run.discharges.slice(skipped), at, (mean) => Math.sqrt(trials.dischargeSpread * mean)),
    occupied: hourly(
      run.occupied.slice(skipped + 1),
      (hour) => at(hour + 1),
      (_, hour) => trials.occupiedSpread[hour] ?? 0,
    ),
    pastError: trials.errors,
  };
}

function firstMoment({ arrivals, discharges }: FlowHistory): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (const at of arrivals) first = Math.min(first, at);
  for (const at of discharges) first = Math.min(first, at);
  return Number.isFinite(first) ? first : null;
}

function whyNot({ arrivals }: FlowHistory, first: number | null, now: number): string | null {
  if (first === null) return 'Nobody was admitted or discharged here in the last months.';
  const known = Math.floor((now - first) / DAY_MS);
  if (known < NEEDED_DAYS) return `There are ${known} days of history; a forecast needs ${NEEDED_DAYS}.`;
  if (!arrivals.some((at) => at > now - NEEDED_DAYS * DAY_MS))
    return 'Nobody was admitted here in the last three weeks.';
  return null;
}

function knownOf({ expectedArrivals, plannedDischarges }: FlowHistory, start: number, count: number, now: number) {
  const byHour = (moments: readonly number[]) => {
    const hours = new Float64Array(count);
    for (const at of moments) {
      const hour = Math.floor((at - start) / HOUR_MS);
      // What was to have happened already and did not says nothing any more.
      if (at >= now && hour < count) add(hours, hour, 1);
    }
    return hours;
  };
  return { announced: byHour(expectedArrivals), planned: byHour(plannedDischarges) };
}

function hourly(
  means: readonly number[],
  at: (hour: number) => number,
  spreadOf: (mean: number, hour: number) => number,
): Hourly[] {
  return means.map((value, hour) => {
    const spread = FOUR_IN_FIVE * spreadOf(value, hour);
    return { at: at(hour), mean: value, low: Math.max(0, value - spread), high: value + spread };
  });
}
