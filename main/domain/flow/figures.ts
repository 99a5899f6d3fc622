import type { BedId, EncounterId, WardId } from '../ids.ts';
import type { Outcome, TriageCategory } from './event.ts';
import type { Forecast } from './forecast.ts';
import type { KpiList, KpiSeries, Kpis, SeriesPoint } from './kpi.ts';
import type { CleaningCause } from './task.ts';

/** What the clinic decided that figures depend on. */
export interface FigurePolicy {
  /** IANA name: the clinic's, never the machine's. */
  readonly timeZone: string;
  readonly sameDayLos: 0 | 1;
  /** Minutes from arrival to first contact, by triage category. */
  readonly triageTargets: Readonly<Record<TriageCategory, number>>;
}

/** Figures of a ward, or of the house, over `[from, to)` as they stand at `now`. */
export interface FigureQuestion {
  readonly from: number;
  readonly to: number;
  readonly wardId: WardId | null;
  readonly now: number;
  readonly policy: FigurePolicy;
}

/** An admitted patient who left. */
export interface LeavingFact {
  readonly at: number;
  readonly died: boolean;
  /** Days; in a ward only those spent there. */
  readonly los: number;
}

/** Who it was, for lists. */
export interface DischargeFact extends LeavingFact {
  readonly encounterId: EncounterId;
  readonly startedAt: number;
  readonly outcome: Outcome | null;
}

export interface AdmissionFact {
  readonly encounterId: EncounterId;
  readonly at: number;
}

/** A cleaning that was done. Times epoch ms. */
export interface CleaningFact {
  readonly bedId: BedId | null;
  readonly cause: CleaningCause | null;
  readonly requestedAt: number;
  readonly startedAt: number | null;
  readonly doneAt: number;
}

/** Somebody who waited in an emergency place for a bed, from the decision to admit until leaving there. */
export interface BoardingFact {
  readonly encounterId: EncounterId;
  readonly from: number;
  readonly to: number;
}

/** A triaged patient's wait for first contact; counted once it ended or is over its target. */
export interface WaitFact {
  readonly encounterId: EncounterId;
  readonly category: TriageCategory;
  readonly from: number;
  /** null while the patient still waits. */
  readonly to: number | null;
  readonly minutes: number;
  readonly inTarget: boolean;
}

/** An emergency attendance; counted once it ended or lasts longer than four hours. */
export interface AttendanceFact {
  readonly encounterId: EncounterId;
  readonly from: number;
  /** When the patient left the emergency place or was admitted; null while there. */
  readonly to: number | null;
  readonly minutes: number;
  readonly inTime: boolean;
}

/** An admitted patient who was still in at the end of the period. */
export interface PresentFact {
  readonly encounterId: EncounterId;
  readonly from: number;
  readonly days: number;
  readonly readyAt: number | null;
  /** Days past medically ready; null when not. */
  readonly readyDays: number | null;
}

/** Beds at the period's midnights. */
export interface CensusSums {
  readonly occupiedBedDays: number;
  /** Of the occupied, those of wards that had no bed open. */
  readonly unbeddedBedDays: number;
  readonly availableBedDays: number;
  readonly midnights: number;
}

/** All that the figures of a period count: what a figure counts is the list it opens. */
export interface FigureFacts {
  readonly discharges: readonly LeavingFact[];
  /** How many. */
  readonly admissions: number;
  readonly cleanings: readonly CleaningFact[];
  readonly boardings: readonly BoardingFact[];
  readonly waits: readonly WaitFact[];
  readonly attendances: readonly AttendanceFact[];
  readonly present: readonly PresentFact[];
  readonly census: CensusSums;
}

/** One line of the list behind a figure, before anybody's name is shown. */
export interface FigureRow {
  readonly encounterId: EncounterId | null;
  readonly bedLabel: string | null;
  readonly wardName: string | null;
  readonly name: { readonly family: string; readonly given: readonly string[] } | null;
  readonly visitNumber: string | null;
  readonly from: number | null;
  readonly to: number | null;
  /** Days or minutes, as the figure counts. */
  readonly value: number | null;
  readonly detail: string | null;
}

/** What a forecast is made from: beds filled and emptied, as occupancy counts them, and who is in. Epoch ms, in no order. */
export interface FlowHistory {
  readonly arrivals: readonly number[];
  readonly discharges: readonly number[];
  /** Beds occupied now. */
  readonly present: number;
  readonly beds: number;
  /** Known to come: when they are expected. */
  readonly expectedArrivals: readonly number[];
  /** Of those in now: when each is meant to leave. */
  readonly plannedDischarges: readonly number[];
}

export interface ForecastAsked {
  /** 1 to 72. */
  readonly hours: number;
  readonly now: number;
  readonly wardId: WardId | null;
  readonly timeZone: string;
}

/** Figures, read on a thread of their own beside the writer. */
export interface FigureStore {
  kpis(question: FigureQuestion): Promise<Kpis>;
  /** Newest first, at most `limit` of `total`. */
  list(
    question: FigureQuestion & { readonly list: KpiList; readonly limit: number },
  ): Promise<{ readonly total: number; readonly rows: readonly FigureRow[] }>;
  series(question: FigureQuestion & { readonly series: KpiSeries }): Promise<readonly SeriesPoint[]>;
  forecast(question: ForecastAsked): Promise<Forecast>;
}
