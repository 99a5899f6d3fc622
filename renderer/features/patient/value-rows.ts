import { METRICS, metricOf } from '#domain/observation/metric.ts';
import type { LiveValue } from '#renderer/client/live-beds.ts';
import { formatValue } from '#renderer/ui/format.ts';

/** A line of last values: one metric, or pressures that belong together. */
export interface ValueRow {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** The value that gives the line its age and source; undefined when there never was one. */
  readonly lead: LiveValue | undefined;
  /** As written; null when there is no value. */
  readonly words: string | null;
}

/** Lines that are always there, in this order, so that each vital keeps its place. */
const FIXED = ['hr', 'rr', 'spo2', 'bp', 'temp', 'acvpu', 'oxygen'] as const;
const IN_A_FIXED_ROW = new Set(['hr', 'rr', 'spo2', 'temp', 'acvpu', 'oxygen', 'o2-flow']);
const PRESSURES = /^(?:nibp|art)-/u;

const CONSCIOUSNESS: Readonly<Record<string, string>> = {
  A: 'Alert',
  C: 'New confusion',
  V: 'Voice',
  P: 'Pain',
  U: 'Unresponsive',
};

/** Last values as lines: the fixed ones first, then whatever else there is, in the order of the metric table. */
export function valueRows(values: readonly LiveValue[]): ValueRow[] {
  const byCode = new Map(values.map((value) => [value.code, value]));
  const fixed = FIXED.map((id) => {
    if (id === 'bp') return pressureRow('nibp', 'Blood pressure', byCode);
    if (id === 'oxygen') return oxygenRow(byCode);
    return plainRow(id, byCode);
  });
  const others = METRICS.filter(({ code }) => byCode.has(code) && !IN_A_FIXED_ROW.has(code) && !PRESSURES.test(code));
  const arterial = byCode.has('art-sys') ? [pressureRow('art', 'Arterial pressure', byCode)] : [];
  return [...fixed, ...arterial, ...others.map(({ code }) => plainRow(code, byCode))];
}

function plainRow(code: string, byCode: ReadonlyMap<string, LiveValue>): ValueRow {
  const metric = metricOf(code);
  const lead = byCode.get(code);
  return {
    id: code,
    label: code === 'spo2' ? 'Saturation' : (metric?.label ?? code),
    unit: metric?.unitLabel ?? '',
    lead,
    words: wordsOf(lead),
  };
}

function wordsOf(value: LiveValue | undefined): string | null {
  if (value?.value == null) return null;
  const words = formatValue(value.code, value.value);
  return value.code === 'acvpu' ? (CONSCIOUSNESS[words] ?? words) : words;
}

function pressureRow(kind: 'nibp' | 'art', label: string, byCode: ReadonlyMap<string, LiveValue>): ValueRow {
  const lead = byCode.get(`${kind}-sys`);
  const low = byCode.get(`${kind}-dia`);
  const mean = byCode.get(`${kind}-mean`);
  const row = { id: kind, label, unit: 'mmHg', lead };
  if (lead?.value == null) return { ...row, words: null };
  const words = `${wordsOf(lead)}/${samePumping(lead, low) ? wordsOf(low) : '–'}`;
  return samePumping(lead, mean) ? { ...row, words, unit: `mmHg (${wordsOf(mean)})` } : { ...row, words };
}

/** Two pressures belong together when they were taken at the same time. */
function samePumping(one: LiveValue, other: LiveValue | undefined): boolean {
  return other !== undefined && other.value !== null && Math.abs(one.at - other.at) <= 2_000;
}

function oxygenRow(byCode: ReadonlyMap<string, LiveValue>): ValueRow {
  const row = { id: 'oxygen', label: 'Oxygen', unit: '' };
  const said = byCode.get('oxygen');
  const flow = byCode.get('o2-flow');
  if (flow?.value != null && (said?.value == null || flow.at >= said.at)) {
    return Number(flow.value) > 0
      ? { ...row, unit: 'L/min', lead: flow, words: formatValue('o2-flow', flow.value) }
      : { ...row, lead: flow, words: 'Air' };
  }
  if (said?.value == null) return { ...row, lead: said, words: null };
  const on = said.value === 'oxygen' || said.value === 1;
  return { ...row, lead: said, words: on ? 'On oxygen' : 'Air' };
}
