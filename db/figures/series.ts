import type { KpiSeries, SeriesPoint } from '#domain/flow/kpi.ts';
import { hourKey, median, percent } from '#domain/flow/kpi-rules.ts';
import { CLEANING_CAUSES } from '#domain/flow/task.ts';
import { MINUTE_MS } from '#domain/time.ts';
import type { FactReading } from './facts.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A figure over days, hours of the day or causes; every hour and cause has its point, days only those that came. */
export const SERIES: Readonly<Record<KpiSeries, (facts: FactReading) => SeriesPoint[]>> = {
  'occupancy-by-day': ({ days, census }) =>
    census().map(({ day, occupied, unbedded, available }) => ({
      key: days.nameOf(day),
      value: percent(occupied - unbedded, available),
      count: occupied,
    })),
  'discharges-by-hour': ({ days, leavings }) => {
    const facts = leavings();
    const byHour = Map.groupBy(facts, ({ at }) => days.hourOf(at));
    return HOURS.map((hour) => {
      const count = byHour.get(hour)?.length ?? 0;
      return { key: hourKey(hour), value: percent(count, facts.length), count };
    });
  },
  'turnaround-by-hour': ({ days, cleanings }) => {
    const byHour = Map.groupBy(cleanings(), ({ requestedAt }) => days.hourOf(requestedAt));
    return HOURS.map((hour) => turnPoint(hourKey(hour), byHour.get(hour)));
  },
  'turnaround-by-cause': ({ cleanings }) => {
    const byCause = Map.groupBy(cleanings(), ({ cause }) => cause);
    return CLEANING_CAUSES.map((cause) => turnPoint(cause, byCause.get(cause)));
  },
  'los-by-day': ({ days, leavings }) => {
    const byDay = Map.groupBy(leavings(), ({ at }) => days.dayOf(at));
    return [...byDay]
      .sort(([one], [other]) => one - other)
      .map(([day, facts]) => ({
        key: days.nameOf(day),
        value: facts.reduce((sum, { los }) => sum + los, 0) / facts.length,
        count: facts.length,
      }));
  },
};

function turnPoint(key: string, cleanings: ReturnType<FactReading['cleanings']> = []): SeriesPoint {
  const turns = cleanings.map(({ requestedAt, doneAt }) => (doneAt - requestedAt) / MINUTE_MS);
  return { key, value: median(turns), count: cleanings.length };
}
