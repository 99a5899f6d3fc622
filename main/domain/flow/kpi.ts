/** The figures people manage by, each over `[from, to)`; null where nothing was to be counted. */
export interface Kpis {
  /** Admitted patients who left in `[from, to)`; visits that never were admissions are attendances. */
  readonly discharges: number;
  /** Bed-days of those discharged / discharges; midnights crossed, deaths included, a same-day stay as the clinic decided. */
  readonly alos: number | null;
  readonly medianLos: number | null;
  readonly deaths: number;
  readonly admissions: number;
  /** Percent, at the midnights of the period; over available beds (blocked ones excluded). */
  readonly occupancy: number | null;
  readonly occupiedBedDays: number;
  /** Of the occupied, those of wards that had no bed open then: in neither occupancy nor turnover interval. */
  readonly unbeddedBedDays: number;
  readonly availableBedDays: number;
  /** Days: (available - occupied bed-days) / discharges. */
  readonly turnoverInterval: number | null;
  /** Discharges a bed. */
  readonly turnoverRate: number | null;
  /** Minutes, medians; dirty to start, start to done, dirty to done. */
  readonly turnaround: {
    readonly response: number | null;
    readonly clean: number | null;
    readonly turn: number | null;
    readonly cleanings: number;
  };
  /** Minutes, median: decision to admit to leaving the emergency place. */
  readonly boarding: number | null;
  /** Percent of discharges completed before 12:00 clinic time. */
  readonly beforeNoon: number | null;
  /** Percent of triaged patients seen within the target of their category. */
  readonly waitsInTarget: number | null;
  /** Percent of emergency attendances that left or were admitted within 4 h. */
  readonly fourHour: number | null;
  /** Still in at `to`, for more than 7, 14, 21 days. */
  readonly stranded: { readonly over7: number; readonly over14: number; readonly over21: number };
  /** Days past ready-to-go of those still in, summed. */
  readonly readyDays: number;
  /** When these were worked out. */
  readonly at: number;
}

/** A KPI with a list behind it. */
export const KPI_LISTS = [
  'discharges',
  'deaths',
  'admissions',
  'turnaround',
  'boarding',
  'before-noon',
  'waits',
  'four-hour',
  'stranded',
  'ready',
] as const;
export type KpiList = (typeof KPI_LISTS)[number];

export const KPI_SERIES = [
  'occupancy-by-day',
  'discharges-by-hour',
  'turnaround-by-hour',
  'turnaround-by-cause',
  'los-by-day',
] as const;
export type KpiSeries = (typeof KPI_SERIES)[number];

/** One point of a chart: its key (a day, an hour, a cause), the figure there and how many it was made of. */
export interface SeriesPoint {
  readonly key: string;
  readonly value: number | null;
  readonly count: number;
}
