import { metricOf } from '../observation/metric.ts';
import type { QuarantineReason } from './device.ts';
import type { ReadingsMessage } from './message.ts';
import { knownType, profileOf } from './profiles/index.ts';

/** How one metric of one device becomes a number in the metric's own unit: `(raw - offset) * factor`. */
interface Term {
  readonly code: string;
  /** Unit of a value that names none; null when the device must say and has not. */
  readonly bareUnit: string | null;
  /** Whether bare values are already in the metric's own unit. */
  readonly plain: boolean;
  readonly low: number;
  readonly high: number;
  /** 0 or 1, or the index of a word: nothing between. */
  readonly whole: boolean;
}

/** The metrics a device may send, each with the unit it speaks in. */
export type Language = ReadonlyMap<string, Term>;

interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly offset: number;
  readonly factor: number;
  /** Where a conversion hangs on the substance, the one metric it is true for. */
  readonly only?: string;
}

/** Declared units other than the metric's own that are understood; all others are refused, never guessed. */
const CONVERSIONS: readonly Conversion[] = [
  { from: 'mg/dL', to: 'mmol/L', offset: 0, factor: 1 / 18.0182, only: 'glucose' },
  { from: '[degF]', to: 'Cel', offset: 32, factor: 5 / 9 },
  { from: 'kPa', to: 'mm[Hg]', offset: 0, factor: 7.50062 },
  { from: '[lb_av]', to: 'kg', offset: 0, factor: 0.45359237 },
];

/** Glucose is measured in two units that both look plausible: without a declared one it is refused. */
const mustDeclare: ReadonlySet<string> = new Set(['glucose']);
const binary: ReadonlySet<string> = new Set(['room-occupied', 'bed-occupied']);

/** What a device of this type and hello may say. A device of unknown type may send any metric devices have. */
export function languageOf(device: {
  readonly type: string | null;
  readonly metrics: readonly string[];
  readonly units: Readonly<Record<string, string>>;
}): Language {
  const codes = new Set<string>(profileOf(device.type).metrics);
  if (knownType(device.type)) for (const code of device.metrics) codes.add(code);
  codes.delete('oxygen');
  const language = new Map<string, Term>();
  for (const code of codes) {
    const metric = metricOf(code);
    if (!metric) continue;
    const declared = Object.hasOwn(device.units, code) ? device.units[code] : undefined;
    const bareUnit = declared ?? (mustDeclare.has(code) ? null : metric.unit);
    language.set(code, {
      code,
      bareUnit,
      plain: bareUnit === metric.unit,
      low: metric.plausible[0],
      high: metric.plausible[1],
      whole: metric.codes !== undefined || binary.has(code),
    });
  }
  return language;
}

/** A value that was not taken, and why. */
export interface RefusedValue {
  readonly code: string;
  readonly reason: QuarantineReason;
  readonly value: number;
}

/** A readings message after judgement. Each value stands alone: a bad one does not take good ones with it. */
export interface JudgedValues {
  readonly codes: readonly string[];
  readonly values: readonly number[];
  readonly absent: readonly { readonly code: string; readonly why: string }[];
  readonly refused: readonly RefusedValue[];
}

const none: readonly RefusedValue[] = [];

/** Converts units and leaves out what may not be charted. */
export function judgeValues(language: Language, message: ReadingsMessage): JudgedValues {
  const { codes, values, units, absent } = message;
  if (units === null && absent.length === 0 && allPlain(language, codes, values)) {
    return { codes, values, absent, refused: none };
  }
  return judgeEach(language, message);
}

function allPlain(language: Language, codes: readonly string[], values: readonly number[]): boolean {
  for (let index = 0; index < codes.length; index += 1) {
    const term = language.get(codes[index] as string);
    const value = values[index] as number;
    if (term === undefined || !term.plain || !(value >= term.low && value <= term.high)) return false;
    if (value === 0 && 1 / value < 0) return false;
    if (term.whole && !Number.isInteger(value)) return false;
  }
  return true;
}

function judgeEach(language: Language, { codes, values, units, absent }: ReadingsMessage): JudgedValues {
  const goodCodes: string[] = [];
  const goodValues: number[] = [];
  const refused: RefusedValue[] = [];
  for (const [index, code] of codes.entries()) {
    const value = values[index] as number;
    const judged = judgeOne(language.get(code), value, units?.[index]);
    if (typeof judged === 'number') {
      goodCodes.push(code);
      goodValues.push(judged);
    } else refused.push({ code, reason: judged, value });
  }
  const goodAbsent = absent.filter(({ code }) => language.has(code));
  for (const { code } of absent) {
    if (!language.has(code)) refused.push({ code, reason: 'unknown-metric', value: Number.NaN });
  }
  return { codes: goodCodes, values: goodValues, absent: goodAbsent, refused };
}

function judgeOne(term: Term | undefined, value: number, unit: string | undefined): number | QuarantineReason {
  if (term === undefined) return 'unknown-metric';
  if (!Number.isFinite(value) || Object.is(value, -0)) return 'not-finite';
  const converted = convert(term, value, unit ?? term.bareUnit);
  if (converted === null) return 'wrong-unit';
  if (!(converted >= term.low && converted <= term.high)) return 'implausible';
  return term.whole && !Number.isInteger(converted) ? 'implausible' : converted;
}

function convert(term: Term, value: number, unit: string | null): number | null {
  const own = metricOf(term.code)?.unit;
  if (unit === null || own === undefined) return null;
  if (unit === own) return value;
  const conversion = CONVERSIONS.find(
    ({ from, to, only }) => from === unit && to === own && (only === undefined || only === term.code),
  );
  return conversion ? (value - conversion.offset) * conversion.factor : null;
}
