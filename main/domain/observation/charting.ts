import { allow, type Decision, refuse } from '../decision.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { MINUTE_MS } from '../time.ts';
import { metricOf } from './metric.ts';

/** What a person wrote down: numbers, words of coded metrics, and oxygen as yes or no. */
export type WrittenValue = number | string | boolean;

export interface ChartedValue {
  readonly code: string;
  /** Coded metrics as the index of their word. */
  readonly value: number;
}

/** A value that cannot be: which, and what could be. */
export interface ImplausibleValue {
  readonly code: string;
  readonly value: WrittenValue;
  readonly plausible: readonly [low: number, high: number];
  readonly unit: string;
}

/** A person's clock may be ahead of the hub's by this much. */
const CHARTING_LEEWAY_MS = MINUTE_MS;

/** A written value as it is stored; undefined when the metric cannot have it. */
export function chartedNumber(code: string, value: WrittenValue): number | undefined {
  const metric = metricOf(code);
  if (!metric) return undefined;
  const number = typeof value === 'string' ? (metric.codes?.indexOf(value) ?? -1) : Number(value);
  const [least, greatest] = metric.plausible;
  if (!(number >= least && number <= greatest)) return undefined;
  // Minus nought is nought to a nurse.
  return number + 0;
}

/** All written values as they are stored, or the first one that cannot be. */
export function chartValues(
  written: Readonly<Record<string, WrittenValue | undefined>>,
): { values: ChartedValue[] } | { implausible: ImplausibleValue } {
  const values: ChartedValue[] = [];
  for (const [code, value] of Object.entries(written)) {
    if (value === undefined) continue;
    const number = chartedNumber(code, value);
    if (number === undefined) {
      const metric = metricOf(code);
      return { implausible: { code, value, plausible: metric?.plausible ?? [0, 0], unit: metric?.unitLabel ?? '' } };
    }
    values.push({ code, value: number });
  }
  return { values };
}

export type ChartingRefusal = 'in-future' | 'before-encounter' | 'after-encounter';

/** Whether something may be charted as seen at a moment of a stay; late entries may, ones ahead of time not. */
export function chartAt(encounter: Encounter, observedAt: number, now: number): Decision<number, ChartingRefusal> {
  if (observedAt > now + CHARTING_LEEWAY_MS) return refuse('in-future');
  if (observedAt < encounter.admittedAt) return refuse('before-encounter');
  if (encounter.dischargedAt !== null && observedAt > encounter.dischargedAt) return refuse('after-encounter');
  return allow(observedAt);
}
