import { metricOf } from '#domain/observation/metric.ts';
import type { Consciousness, NewsSet } from '#domain/observation/news2.ts';

/** What has been typed so far, as typed: an unfinished number is kept as it stands. */
export interface ObservationDraft {
  readonly acvpu: Consciousness | null;
  readonly oxygen: boolean | null;
  /** L/min. */
  readonly flow: string;
  readonly temp: string;
  /** `120/80`, or the systolic alone. */
  readonly pressure: string;
  readonly rr: string;
  readonly spo2: string;
  readonly pulse: string;
  readonly glucose: string;
  readonly weight: string;
  /** `HH:mm` or a date with it; empty means now. */
  readonly takenAt: string;
}

export const EMPTY_DRAFT: ObservationDraft = {
  acvpu: null,
  oxygen: null,
  flow: '',
  temp: '',
  pressure: '',
  rr: '',
  spo2: '',
  pulse: '',
  glucose: '',
  weight: '',
  takenAt: '',
};

/** Codes and numbers as the hub charts them. */
export interface ObservedValues {
  acvpu?: Consciousness;
  oxygen?: boolean;
  'o2-flow'?: number;
  temp?: number;
  'nibp-sys'?: number;
  'nibp-dia'?: number;
  rr?: number;
  spo2?: number;
  pr?: number;
  glucose?: number;
  weight?: number;
}

export type DraftField = Exclude<keyof ObservationDraft, 'acvpu' | 'oxygen' | 'takenAt'>;
export type DraftErrors = Partial<Record<DraftField, string>>;

export interface ReadDraft {
  readonly values: ObservedValues;
  readonly errors: DraftErrors;
}

const CODE_OF = {
  flow: 'o2-flow',
  temp: 'temp',
  rr: 'rr',
  spo2: 'spo2',
  pulse: 'pr',
  glucose: 'glucose',
  weight: 'weight',
} as const satisfies Partial<Record<DraftField, keyof ObservedValues>>;

/** The values typed, and beside each field what is wrong with it in words. A field with an error gives no value. */
export function readDraft(draft: ObservationDraft): ReadDraft {
  const values: ObservedValues = {};
  const errors: DraftErrors = {};
  if (draft.acvpu !== null) values.acvpu = draft.acvpu;
  if (draft.oxygen !== null) values.oxygen = draft.oxygen;
  for (const [field, code] of Object.entries(CODE_OF) as [
    keyof typeof CODE_OF,
    (typeof CODE_OF)[keyof typeof CODE_OF],
  ][]) {
    if (field === 'flow' && draft.oxygen !== true) continue;
    const typed = draft[field].trim();
    if (typed === '') continue;
    const read = readNumber(code, typed);
    if (typeof read === 'string') errors[field] = read;
    else values[code] = read;
  }
  readPressure(draft.pressure.trim(), values, errors);
  return { values, errors };
}

/** A number within what the metric can be, or words saying what is wrong. A comma counts as the decimal point. */
function readNumber(code: string, typed: string): number | string {
  const metric = metricOf(code);
  const plain = typed.replace(',', '.');
  if (!metric || !/^\d+(?:\.\d*)?$/u.test(plain)) return 'Enter a number.';
  const value = Number(plain);
  const [least, greatest] = metric.plausible;
  if (value >= least && value <= greatest) return value;
  return `Between ${least} and ${greatest} ${metric.unitLabel}.`;
}

function readPressure(typed: string, values: ObservedValues, errors: DraftErrors): void {
  if (typed === '') return;
  const [systolic = '', diastolic = '', ...more] = typed.split(/\s*[/\s]\s*/u);
  const high = readNumber('nibp-sys', systolic);
  const low = diastolic === '' ? undefined : readNumber('nibp-dia', diastolic);
  if (more.length > 0) errors.pressure = 'Enter systolic/diastolic, such as 120/80.';
  else if (typeof high === 'string') errors.pressure = `Systolic: ${high}`;
  else if (typeof low === 'string') errors.pressure = `Diastolic: ${low}`;
  else if (low !== undefined && low >= high) errors.pressure = 'The diastolic must be lower than the systolic.';
  else {
    values['nibp-sys'] = high;
    if (low !== undefined) values['nibp-dia'] = low;
  }
}

/** What devices say now, to stand in the score for fields left empty. */
export type KnownValues = Pick<NewsSet, 'rr' | 'spo2' | 'pulse' | 'sbp'>;

interface Scoring {
  readonly spo2Scale: 1 | 2;
  readonly pregnant: boolean;
  readonly ageYears: number | null;
}

/**
 * The set to score while typing: what is typed first, then what devices say; the rest is missing. A field with an error
 * is missing too: a device's value must not stand in for what somebody meant to enter.
 */
export function draftSet({ values, errors }: ReadDraft, known: KnownValues, scoring: Scoring): NewsSet {
  const flowing = values['o2-flow'] === undefined ? undefined : values['o2-flow'] > 0;
  const or = (typed: number | undefined, field: DraftField, device: number | null | undefined): number | null =>
    typed ?? (errors[field] === undefined ? (device ?? null) : null);
  return {
    ...scoring,
    rr: or(values.rr, 'rr', known.rr),
    spo2: or(values.spo2, 'spo2', known.spo2),
    pulse: or(values.pr, 'pulse', known.pulse),
    sbp: or(values['nibp-sys'], 'pressure', known.sbp),
    oxygen: values.oxygen ?? flowing ?? null,
    acvpu: values.acvpu ?? null,
    temp: values.temp ?? null,
  };
}
