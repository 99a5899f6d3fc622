import type { ClinicDays } from '../clinic/clinic-days.ts';
import { MINUTE_MS } from '../time.ts';
import type { TriageCategory } from './event.ts';
import type {
  AttendanceFact,
  CensusSums,
  CleaningFact,
  FigureFacts,
  FigurePolicy,
  LeavingFact,
  PresentFact,
  WaitFact,
} from './figures.ts';
import type { Kpis } from './kpi.ts';

const EMERGENCY_MINUTES = 240;
const NOON_HOUR = 12;

/** Middle of the values, the mean of the two middle ones for an even count; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Midnights between two moments on the clinic's wall: days of the calendar, whatever their length. */
export function nightsBetween(days: ClinicDays, from: number, to: number): number {
  return Math.max(0, days.dayOf(to) - days.dayOf(from));
}

/** Length of a stay in days by its nights; one without a night counts what the clinic decided. */
export function losOf(nights: number, sameDayLos: FigurePolicy['sameDayLos']): number {
  return nights === 0 ? sameDayLos : nights;
}

/** Whole minutes, as a clock on the wall would tell them. */
function minutesBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / MINUTE_MS));
}

/** Whether a patient left before 12:00 on the clinic's wall. */
export function leftBeforeNoon(days: ClinicDays, { at }: Pick<LeavingFact, 'at'>): boolean {
  return days.hourOf(at) < NOON_HOUR;
}

export interface WaitQuestion {
  readonly encounterId: WaitFact['encounterId'];
  readonly category: TriageCategory;
  readonly arrivedAt: number;
  readonly seenAt: number | null;
  readonly leftAt: number | null;
}

/** A wait against its category's target; undefined while it is neither over nor past the target, and for who left in time unseen. */
export function waitOf(question: WaitQuestion, policy: FigurePolicy, now: number): WaitFact | undefined {
  const { encounterId, category, arrivedAt, seenAt, leftAt } = question;
  const to = seenAt ?? leftAt;
  const minutes = minutesBetween(arrivedAt, to ?? now);
  const late = minutes > policy.triageTargets[category];
  if (seenAt === null && !late) return undefined;
  return { encounterId, category, from: arrivedAt, to, minutes, inTarget: !late };
}

/** An attendance against the four hours; undefined while it is neither over nor longer than them. */
export function attendanceOf(
  encounterId: AttendanceFact['encounterId'],
  from: number,
  to: number | null,
  now: number,
): AttendanceFact | undefined {
  const minutes = minutesBetween(from, to ?? now);
  const inTime = minutes <= EMERGENCY_MINUTES;
  if (to === null && inTime) return undefined;
  return { encounterId, from, to, minutes, inTime };
}

/** A stay in one place as figures need it: whether the place is one for emergencies. */
export interface PlaceSpan {
  readonly emergency: boolean;
  readonly from: number;
  readonly to: number | null;
}

/**
 * When a patient who was in an emergency place at `at` left emergency places; null while still there, undefined when
 * not in one then. Spans in order of time.
 */
export function leftEmergency(spans: readonly PlaceSpan[], at: number): number | null | undefined {
  const start = spans.findLastIndex(({ from }) => from <= at);
  const first = spans[start];
  if (!first?.emergency || (first.to !== null && first.to < at)) return undefined;
  let left = first.to;
  for (const span of spans.slice(start + 1)) {
    if (left === null || !span.emergency) break;
    left = span.to;
  }
  return left;
}

/** The figures of what happened in a period. */
export function kpisOf(facts: FigureFacts, days: ClinicDays, at: number): Kpis {
  const { discharges, cleanings, boardings, waits, attendances, present, census } = facts;
  const los = discharges.map((fact) => fact.los);
  const left = discharges.length;
  return {
    discharges: left,
    alos: share(total(los), left),
    medianLos: median(los),
    deaths: deathsOf(discharges).length,
    admissions: facts.admissions,
    ...bedFigures(census, left),
    turnaround: turnaroundOf(cleanings),
    boarding: median(boardings.map(({ from, to }) => (to - from) / MINUTE_MS)),
    beforeNoon: percent(discharges.filter((fact) => leftBeforeNoon(days, fact)).length, left),
    waitsInTarget: percent(waits.filter(({ inTarget }) => inTarget).length, waits.length),
    fourHour: percent(attendances.filter(({ inTime }) => inTime).length, attendances.length),
    stranded: { over7: longerThan(present, 7), over14: longerThan(present, 14), over21: longerThan(present, 21) },
    readyDays: total(present.map(({ readyDays }) => readyDays ?? 0)),
    at,
  };
}

/** Those who died here. */
export function deathsOf<Fact extends LeavingFact>(discharges: readonly Fact[]): Fact[] {
  return discharges.filter(({ died }) => died);
}

/** Medians in minutes; a part nobody recorded is left out of its median only. */
function turnaroundOf(cleanings: readonly CleaningFact[]): Kpis['turnaround'] {
  const parts = (length: (fact: CleaningFact) => number | null) =>
    median(cleanings.map(length).filter((value) => value !== null));
  return {
    response: parts(({ requestedAt, startedAt }) => startedAt && (startedAt - requestedAt) / MINUTE_MS),
    clean: parts(({ startedAt, doneAt }) => startedAt && (doneAt - startedAt) / MINUTE_MS),
    turn: parts(({ requestedAt, doneAt }) => (doneAt - requestedAt) / MINUTE_MS),
    cleanings: cleanings.length,
  };
}

/** Who counts as stranded: in for more than seven days. */
export function strandedOf(present: readonly PresentFact[]): PresentFact[] {
  return present.filter(({ days }) => days > 7);
}

/** Who is medically ready and still in. */
export function readyOf(present: readonly PresentFact[]): PresentFact[] {
  return present.filter(({ readyAt }) => readyAt !== null);
}

/** Percent, or null of nothing. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (part * 100) / whole;
}

function bedFigures(census: CensusSums, left: number) {
  const { occupiedBedDays, unbeddedBedDays, availableBedDays, midnights } = census;
  const inBeds = occupiedBedDays - unbeddedBedDays;
  const beds = midnights === 0 ? 0 : availableBedDays / midnights;
  return {
    occupancy: percent(inBeds, availableBedDays),
    occupiedBedDays,
    unbeddedBedDays,
    availableBedDays,
    turnoverInterval: beds === 0 ? null : share(availableBedDays - inBeds, left),
    turnoverRate: share(left, beds),
  };
}

function share(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count;
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function longerThan(present: readonly PresentFact[], limit: number): number {
  return present.filter(({ days }) => days > limit).length;
}

/** Length of an hour-of-day key, as charts name them. */
export function hourKey(hour: number): string {
  return String(hour).padStart(2, '0');
}
