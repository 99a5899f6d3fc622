import { metricOf } from '#domain/observation/metric.ts';
import type { MonitoringInterval } from '#domain/observation/news2.ts';
import { spotValidMs } from '#domain/observation/score-window.ts';
import type { LiveValue } from '#renderer/client/live-beds.ts';

/** How long a value may be shown as current, ms: the metric's own time, or for values taken by hand until the next are due. */
export function currentForMs(value: Pick<LiveValue, 'code' | 'source'>, interval: MonitoringInterval): number {
  const metric = metricOf(value.code);
  const byHand = value.source === 'charted';
  if (metric?.staleAfterMs != null && !byHand) return metric.staleAfterMs;
  return spotValidMs(interval);
}

/** The age shown beside a value once it is older than its interval; below that, null. */
export function shownAgeMs(value: Pick<LiveValue, 'code' | 'source' | 'at'>, now: number): number | null {
  const age = now - value.at;
  const interval = value.source === 'charted' ? 0 : (metricOf(value.code)?.intervalMs ?? 0);
  return age > Math.max(2_000, interval * 2) ? age : null;
}

const REASONS: Readonly<Record<string, string>> = {
  'lead-off': 'Lead off',
  'sensor-off': 'Sensor off',
  'no-signal': 'No signal',
  artefact: 'Artefact, not shown',
  implausible: 'Impossible value refused',
  'device-lost': 'Device lost',
};

/** Why a device has no value, in words. */
export function absentWords(why: string | null): string {
  if (why === null) return 'No value';
  return REASONS[why] ?? why.replaceAll('-', ' ').replace(/^./u, (first) => first.toUpperCase());
}
