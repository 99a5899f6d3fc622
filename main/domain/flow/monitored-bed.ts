import type { Equipment } from './bed-state.ts';

/** As much of a patient's NEWS2 as a choice of bed needs. */
export interface NewsNow {
  readonly total: number | null;
  readonly trend: 'rising' | 'falling' | 'unchanged' | 'unknown';
}

/** NEWS2 from which a patient should be watched by a monitor: urgent response by the chart; 3 when it rises. */
const TOTAL_TO_WATCH = 5;
const RISING_TO_WATCH = 3;

/** Whether a patient should lie where a monitor is. */
export function needsMonitor(news: NewsNow | null): boolean {
  if (news?.total == null) return false;
  return news.total >= TOTAL_TO_WATCH || (news.trend === 'rising' && news.total >= RISING_TO_WATCH);
}

/** Whether to offer a patient a monitored bed; `equipment` of the bed they lie in, null when in none. */
export function offerMonitoredBed(news: NewsNow | null, equipment: readonly Equipment[] | null): boolean {
  return !equipment?.includes('monitor') && needsMonitor(news);
}
