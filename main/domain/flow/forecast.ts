import type { ClinicDays } from '../clinic/clinic-days.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import type { FlowHistory } from './figures.ts';
import { hourGrid, hourStart, weekHours } from './forecast-grid.ts';
import { add, LEARNED_HOURS, learn, type Projection, project, total } from './forecast-model.ts';
import { AHEAD_HOURS, type PastError, TESTED_HOURS, type Trials, tryOut } from './forecast-trials.ts';

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

/** So many hours from now: beds occupied then, and who comes and goes in the 24 hours before. */
export interface Ahead {
  readonly hours: number;
  readonly occupied: Hourly;
  readonly arrivals: number;
  readonly discharges: number;
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
  /** Beds occupied now. */
  readonly present: number;
  /** By days, as far as was asked. Occupied then = occupied a day before (first: now) + arrivals − discharges. */
  readonly ahead: readonly Ahead[];
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
 * count more): so many come in an hour of the week, fewer when more are in than usual as far as it was so before, and of
 * those in, such a share leaves. Announced arrivals count when they are more; patients with a planned discharge leave
 * then. The same method is tried on the last four weeks, each time knowing only what came before.
 */
export function forecast({ history, days, now, hours }: ForecastQuestion): Forecast {
  const { beds, present } = history;
  const first = firstMoment(history);
  const made = { madeAt: now, historyFrom: first, beds, present };
  const none = { ...made, arrivals: [], discharges: [], occupied: [], ahead: [], pastError: [] };
  const why = whyNot(history, first, now);
  if (why !== null || first === null) return { usable: false, why, ...none };
  const start = hourStart(days, now);
  const past = hourGrid(history, days, Math.max(first, now - HISTORY_MS), start, now);
  const trials = tryOut(past);
  const count = Math.ceil((now - start) / HOUR_MS) + hours;
  const known = knownOf(history, start, count, now);
  const run = project(learn(past, past.arrivals.length), {
    weekHours: weekHours(days, start, count),
    present,
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
    ahead: aheadOf(run, { start, now, hours, trials }),
    pastError: trials.errors,
  };
}

interface Reach {
  /** When the run begins: the start of the hour that is going on. */
  readonly start: number;
  readonly now: number;
  readonly hours: number;
  readonly trials: Trials;
}

function aheadOf(run: Projection, { start, now, hours, trials }: Reach): Ahead[] {
  const until = (values: readonly number[], at: number): number => {
    const whole = Math.floor((at - start) / HOUR_MS);
    const part = (at - start) / HOUR_MS - whole;
    return total(values.slice(0, whole)) + part * (values[whole] ?? 0);
  };
  const during = (values: readonly number[], at: number) =>
    until(values, at) - (at - DAY_MS > now ? until(values, at - DAY_MS) : 0);
  return AHEAD_HOURS.filter((ahead) => ahead <= hours).map((ahead) => {
    const at = now + ahead * HOUR_MS;
    const mean = Math.max(0, (run.occupied[0] ?? 0) + until(run.arrivals, at) - until(run.discharges, at));
    return {
      hours: ahead,
      occupied: around(at, mean, trials.occupiedSpread[ahead - 1] ?? 0),
      arrivals: during(run.arrivals, at),
      discharges: during(run.discharges, at),
    };
  });
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
  return means.map((value, hour) => around(at(hour), value, spreadOf(value, hour)));
}

function around(at: number, mean: number, deviation: number): Hourly {
  const spread = FOUR_IN_FIVE * deviation;
  return { at, mean, low: Math.max(0, mean - spread), high: mean + spread };
}
