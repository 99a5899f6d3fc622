import { metricOf } from '#domain/observation/metric.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time.ts';
import type { PatientView, TimedRule } from './rule.ts';

/** Metrics whose loss is worth an alarm: those measured all the time. */
const WATCHED = new Set(['hr', 'pr', 'rr', 'spo2', 'art-sys', 'etco2', 'glucose']);

/** A device says it has no value (lead off, sensor off, artefact): low at once, medium after a minute. Never asystole. */
export const noValueRule: TimedRule<PatientView> = {
  name: 'no-value',
  delayMs: 0,
  clearMs: 3 * SECOND_MS,
  judge({ metrics }, now) {
    return [...metrics.values()]
      .filter(({ code, absent }) => absent !== null && absent.why !== 'apnoea' && WATCHED.has(code))
      .map(({ code, absent }) => ({
        rule: 'no-value',
        kind: 'technical' as const,
        priority: now - (absent?.since ?? now) >= MINUTE_MS ? ('medium' as const) : ('low' as const),
        code,
        message: `${metricOf(code)?.short ?? code}: no value, ${absent?.why ?? ''}`,
        limit: null,
        value: null,
      }));
  },
};
