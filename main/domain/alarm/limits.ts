import { allow, type Decision, refuse } from '../decision.ts';
import { metricOf } from '../observation/metric.ts';
import { SECOND_MS } from '../time.ts';
import type { PersonalLimit } from './alarm.ts';

/** The four bounds of a metric; null where there is none. Strict: a value alarms below a low, above a high. */
export interface Bounds {
  readonly highLow: number | null;
  readonly mediumLow: number | null;
  readonly mediumHigh: number | null;
  readonly highHigh: number | null;
}

/** Names of the bounds from the lowest to the highest: a set of limits must rise in this order. */
export const BOUNDS = ['highLow', 'mediumLow', 'mediumHigh', 'highHigh'] as const satisfies readonly (keyof Bounds)[];

/** One line of the clinic's table of limits. Variants are the NEWS2 SpO2 scales; null for all other metrics. */
export interface LimitRow extends Bounds {
  readonly code: string;
  readonly variant: null | 'scale-1' | 'scale-2';
  readonly delayHighMs: number;
  readonly delayMediumMs: number;
  /** How far back inside the bound a value must come before the condition ends, in the metric's unit. */
  readonly hysteresis: number;
}

/** What is in force for one stay and metric, the patient's own bounds merged in. */
export interface EffectiveLimits extends Bounds {
  readonly code: string;
  readonly delayHighMs: number;
  readonly delayMediumMs: number;
  readonly hysteresis: number;
  readonly personal: PersonalLimit | null;
}

export type LimitRefusal = 'no-limits-for-metric' | 'limits-out-of-order' | 'limit-implausible';

/** The longest condition delay a clinic may choose. */
export const MAX_DELAY_MS = 120 * SECOND_MS;

function row(
  code: string,
  bounds: readonly [
    highLow: number | null,
    mediumLow: number | null,
    mediumHigh: number | null,
    highHigh: number | null,
  ],
  delayMs: number | readonly [high: number, medium: number],
  hysteresis: number,
  variant: LimitRow['variant'] = null,
): LimitRow {
  const [highLow, mediumLow, mediumHigh, highHigh] = bounds;
  const [delayHighMs, delayMediumMs] = typeof delayMs === 'number' ? [delayMs, delayMs] : delayMs;
  return { code, variant, highLow, mediumLow, mediumHigh, highHigh, delayHighMs, delayMediumMs, hysteresis };
}

/** Wardline's own starting limits for adults (spec: defaults); every clinic may change them in Settings. */
export const DEFAULT_LIMITS: readonly LimitRow[] = [
  row('hr', [40, 50, 120, 140], 10 * SECOND_MS, 5),
  row('rr', [8, null, 25, 30], 15 * SECOND_MS, 2),
  row('spo2', [85, 90, null, null], [10 * SECOND_MS, 15 * SECOND_MS], 2, 'scale-1'),
  row('spo2', [80, 84, 96, null], [10 * SECOND_MS, 15 * SECOND_MS], 2, 'scale-2'),
  row('nibp-sys', [80, 90, 180, 200], 0, 5),
  row('art-sys', [80, 90, 180, 200], 15 * SECOND_MS, 5),
  row('temp', [null, 35, 39, null], 60 * SECOND_MS, 0.2),
  row('etco2', [15, 25, 60, null], 15 * SECOND_MS, 3),
  row('glucose', [3, 3.9, 13.9, null], 0, 0.3),
];

/** The code whose limits judge a metric: a pulse rate is held to the heart rate's. */
export function limitCodeOf(code: string): string {
  return code === 'pr' ? 'hr' : code;
}

/** Code and variant of a line, as one word: `spo2 scale-1`. */
export function limitRowName(row: Pick<LimitRow, 'code' | 'variant'>): string {
  return row.variant === null ? row.code : `${row.code} ${row.variant}`;
}

/** The clinic's line for a metric on a patient's SpO2 scale; undefined when the metric has no limits. */
export function limitRowOf(rows: readonly LimitRow[], code: string, spo2Scale: 1 | 2): LimitRow | undefined {
  const wanted = limitCodeOf(code);
  const variant = wanted === 'spo2' ? (`scale-${spo2Scale}` as const) : null;
  return rows.find((entry) => entry.code === wanted && entry.variant === variant);
}

interface LimitsQuestion {
  readonly code: string;
  readonly spo2Scale: 1 | 2;
  readonly onOxygen: boolean;
  readonly rows: readonly LimitRow[];
  /** The stay's own limits, of any metric. */
  readonly personal: readonly PersonalLimit[];
}

/**
 * Limits in force for a metric; undefined when it has none. A personal bound replaces the clinic's, a null one keeps it.
 * On SpO2 scale 2 the upper bounds count only on oxygen: a high saturation on air harms nobody.
 */
export function limitsFor({ code, spo2Scale, onOxygen, rows, personal }: LimitsQuestion): EffectiveLimits | undefined {
  const base = limitRowOf(rows, code, spo2Scale);
  if (!base) return undefined;
  const own = personal.find((limit) => limit.code === base.code) ?? null;
  const merged = mergeBounds(base, own);
  const uncapped = base.variant === 'scale-2' && !onOxygen;
  return {
    code,
    ...(uncapped ? { ...merged, mediumHigh: null, highHigh: null } : merged),
    delayHighMs: base.delayHighMs,
    delayMediumMs: base.delayMediumMs,
    hysteresis: base.hysteresis,
    personal: own,
  };
}

/** The clinic's bounds with a patient's own in their place. */
export function mergeBounds(base: Bounds, own: Bounds | null): Bounds {
  return {
    highLow: own?.highLow ?? base.highLow,
    mediumLow: own?.mediumLow ?? base.mediumLow,
    mediumHigh: own?.mediumHigh ?? base.mediumHigh,
    highHigh: own?.highHigh ?? base.highHigh,
  };
}

/** Whether bounds may judge a metric: each rises above the one before it, and each is a value the metric can have. */
export function checkBounds(code: string, bounds: Bounds): Decision<Bounds, LimitRefusal> {
  const metric = metricOf(code);
  if (!metric) return refuse('no-limits-for-metric');
  const [least, greatest] = metric.plausible;
  const present = BOUNDS.map((name) => bounds[name]).filter((bound) => bound !== null);
  if (present.some((bound) => !(bound >= least && bound <= greatest))) return refuse('limit-implausible');
  if (present.some((bound, index) => index > 0 && bound <= (present[index - 1] ?? bound))) {
    return refuse('limits-out-of-order');
  }
  return allow(bounds);
}
