import { metricOf } from '#domain/observation/metric.ts';
import type { MonitoringInterval } from '#domain/observation/news2.ts';
import { spotValidMs } from '#domain/observation/score-window.ts';

interface Taken {
  readonly code: string;
  /** Device id, or `charted`. */
  readonly source: string;
}

/** Below this no age is shown however short the interval: a second and the way to the screen. */
const SETTLED_MS = 2_000;

/** Whether a value is taken now and then rather than streamed: charted, or of a metric without an interval. */
function isSpot({ code, source }: Taken): boolean {
  return source === 'charted' || metricOf(code)?.staleAfterMs == null;
}

/** Age from which the age stands beside the value, ms. A value taken by hand always shows when. */
export function ageShownFromMs(taken: Taken): number {
  return isSpot(taken) ? 0 : Math.max(SETTLED_MS, metricOf(taken.code)?.intervalMs ?? 0);
}

/**
 * Age from which a value is drawn as old, ms: its metric's own time; for values taken by hand, when the next are due.
 * Without a known interval the shortest one counts.
 */
export function staleFromMs(taken: Taken, interval: MonitoringInterval | null): number {
  const own = metricOf(taken.code)?.staleAfterMs;
  return isSpot(taken) || own == null ? spotValidMs(interval ?? 'continuous') : own;
}
