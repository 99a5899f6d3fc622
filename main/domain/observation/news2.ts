/** Order in which parts are shown and missing ones are named. */
export const NEWS_INPUTS = ['rr', 'spo2', 'oxygen', 'sbp', 'pulse', 'acvpu', 'temp'] as const;
export type NewsInput = (typeof NEWS_INPUTS)[number];
export type MonitoringInterval = '12h' | '4-6h' | '1h' | 'continuous';
export type NewsRisk = 'low' | 'low-medium' | 'medium' | 'high';
export type Consciousness = 'A' | 'C' | 'V' | 'P' | 'U';

/** One observation set; what is absent is null or left out, never zero. Pressures mm[Hg], temp Cel, rates /min. */
export interface NewsSet {
  readonly rr?: number | null | undefined;
  readonly spo2?: number | null | undefined;
  /** 2 only where a clinician prescribed 88-92 %; absent: 1. */
  readonly spo2Scale?: 1 | 2 | null | undefined;
  readonly oxygen?: boolean | null | undefined;
  readonly sbp?: number | null | undefined;
  readonly pulse?: number | null | undefined;
  readonly acvpu?: Consciousness | null | undefined;
  readonly temp?: number | null | undefined;
  readonly ageYears?: number | null | undefined;
  readonly pregnant?: boolean | null | undefined;
}

export type NewsParts = { readonly [Input in NewsInput]: number | null };

/** `total` counts the parts there are: with some missing it is a least, never a reassurance. */
export interface NewsScore {
  readonly parts: NewsParts;
  readonly total: number | null;
  readonly singleRed: boolean;
  readonly risk: NewsRisk | null;
  readonly monitoring: MonitoringInterval | null;
  readonly complete: boolean;
  readonly missing: NewsInput[];
  /** Why the score must not be used at all. */
  readonly reason?: 'under-16' | 'pregnant';
}

type Band = readonly [upTo: number, points: number];

/** The RCP chart of December 2017: points up to and including each bound. */
const RR: readonly Band[] = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [Infinity, 3],
];
const SPO2_SCALE_1: readonly Band[] = [
  [91, 3],
  [93, 2],
  [95, 1],
  [Infinity, 0],
];
const SPO2_SCALE_2_ON_AIR: readonly Band[] = [
  [83, 3],
  [85, 2],
  [87, 1],
  [Infinity, 0],
];
const SPO2_SCALE_2_ON_OXYGEN: readonly Band[] = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [94, 1],
  [96, 2],
  [Infinity, 3],
];
const SBP: readonly Band[] = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [Infinity, 3],
];
const PULSE: readonly Band[] = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [Infinity, 3],
];
/** In tenths of a degree, so that 35.0 and 36.1 are exact. */
const TEMP_TENTHS: readonly Band[] = [
  [350, 3],
  [360, 1],
  [380, 0],
  [390, 1],
  [Infinity, 2],
];

/** NEWS2 of one set (Royal College of Physicians, 2017). Values between bands are rounded as the chart is printed. */
export function scoreNews2(set: NewsSet): NewsScore {
  const parts = partsOf(set);
  const missing = NEWS_INPUTS.filter((input) => (set[input] ?? null) === null);
  const complete = missing.length === 0;
  const singleRed = NEWS_INPUTS.some((input) => parts[input] === 3);
  const reason = notForThisPatient(set);
  if (reason) return { parts, total: null, singleRed, risk: null, monitoring: null, complete, missing, reason };
  const total = NEWS_INPUTS.reduce((sum, input) => sum + (parts[input] ?? 0), 0);
  return { parts, total, singleRed, ...responseTo(total, singleRed), complete, missing };
}

/** Clinical risk and least monitoring interval for a total, by the RCP's thresholds and triggers. */
function responseTo(total: number, singleRed: boolean): { risk: NewsRisk; monitoring: MonitoringInterval } {
  if (total >= 7) return { risk: 'high', monitoring: 'continuous' };
  if (total >= 5) return { risk: 'medium', monitoring: '1h' };
  if (singleRed) return { risk: 'low-medium', monitoring: '1h' };
  return { risk: 'low', monitoring: total === 0 ? '12h' : '4-6h' };
}

/** Halves up, as printed: 20.5 is 21, and 38.05 is 38.1. */
function rounded(value: number, perUnit: number): number {
  // A double holds 38.05 as 38.0499…; a millionth puts halves back where they were written.
  return Math.floor(value * perUnit + 0.5 + 1e-6);
}

function points(bands: readonly Band[], value: number): number {
  for (const [upTo, score] of bands) if (value <= upTo) return score;
  return 0;
}

function scored(value: number | null | undefined, bands: readonly Band[], perUnit = 1): number | null {
  return value === null || value === undefined ? null : points(bands, rounded(value, perUnit));
}

function partsOf(set: NewsSet): NewsParts {
  const acvpu = set.acvpu ?? null;
  const oxygen = set.oxygen ?? null;
  return {
    rr: scored(set.rr, RR),
    spo2: spo2Part(set),
    oxygen: oxygen === null ? null : oxygen ? 2 : 0,
    sbp: scored(set.sbp, SBP),
    pulse: scored(set.pulse, PULSE),
    acvpu: acvpu === null ? null : acvpu === 'A' ? 0 : 3,
    temp: scored(set.temp, TEMP_TENTHS, 10),
  };
}

/** On scale 2 a saturation of 93 or more cannot be scored before it is known whether oxygen is given. */
function spo2Part(set: NewsSet): number | null {
  if (set.spo2Scale !== 2) return scored(set.spo2, SPO2_SCALE_1);
  if (set.oxygen === true) return scored(set.spo2, SPO2_SCALE_2_ON_OXYGEN);
  const onAir = scored(set.spo2, SPO2_SCALE_2_ON_AIR);
  const known = set.oxygen === false || (set.spo2 ?? 0) < 92.5;
  return known ? onAir : null;
}

function notForThisPatient(set: NewsSet): 'under-16' | 'pregnant' | undefined {
  if (set.ageYears !== null && set.ageYears !== undefined && set.ageYears < 16) return 'under-16';
  return set.pregnant ? 'pregnant' : undefined;
}
