/** How a value counts in a live NEWS2: the median of the last minute, the spot rule, or not at all. */
export type ScoreRule = 'median' | 'spot' | 'none';

/** One thing measured. Units are UCUM; `plausible` is inclusive and what lies outside is refused. */
export interface Metric {
  readonly code: string;
  readonly label: string;
  /** Short label on bed cards and charts. */
  readonly short: string;
  readonly unit: string;
  /** The unit as people write it beside a number. */
  readonly unitLabel: string;
  readonly loinc?: string;
  readonly mdc?: string;
  readonly plausible: readonly [low: number, high: number];
  /** Decimals shown; what is stored keeps the device's precision. */
  readonly decimals: number;
  /** Expected time between values at the bedside; 0 for spot values. */
  readonly intervalMs: number;
  /** Drawn as old after this; null for spot values, which are due by the monitoring interval. */
  readonly staleAfterMs: number | null;
  readonly score: ScoreRule;
  /** Words of a coded metric; its value travels as the word and is stored as the index. */
  readonly codes?: readonly string[];
}

function metric(
  code: string,
  label: string,
  short: string,
  unit: string,
  unitLabel: string,
  plausible: readonly [number, number],
  rest: Partial<Metric> = {},
): Metric {
  return {
    code,
    label,
    short,
    unit,
    unitLabel,
    plausible,
    decimals: 0,
    intervalMs: 0,
    staleAfterMs: null,
    score: 'none',
    ...rest,
  };
}

function coded(
  code: string,
  label: string,
  short: string,
  codes: readonly string[],
  rest: Partial<Metric> = {},
): Metric {
  return metric(code, label, short, '1', '', [0, codes.length - 1], { codes, ...rest });
}

const live = (seconds: number): Partial<Metric> => ({ intervalMs: 1_000, staleAfterMs: seconds * 1_000 });
const minutes = (interval: number, stale: number): Partial<Metric> => ({
  intervalMs: interval * 60_000,
  staleAfterMs: stale * 60_000,
});

/**
 * Every metric a device may send or a person may chart. Ranges, intervals and staleness are Wardline's starting values
 * for adults (spec: defaults); LOINC and MDC codes as published with FHIR R4 and IEEE 11073-10101.
 */
export const METRICS = [
  metric('hr', 'Heart rate', 'HR', '/min', '/min', [10, 300], {
    ...live(10),
    score: 'median',
    loinc: '8867-4',
    mdc: '147842',
  }),
  metric('pr', 'Pulse rate', 'PR', '/min', '/min', [10, 300], {
    ...live(10),
    score: 'median',
    loinc: '8867-4',
    mdc: '149530',
  }),
  metric('rr', 'Respiration rate', 'RR', '/min', '/min', [2, 80], {
    ...live(15),
    score: 'median',
    loinc: '9279-1',
    mdc: '151562',
  }),
  metric('spo2', 'Oxygen saturation', 'SpO₂', '%', '%', [30, 100], {
    ...live(10),
    score: 'median',
    loinc: '59408-5',
    mdc: '150456',
  }),
  metric('temp', 'Temperature', 'Temp', 'Cel', '°C', [25, 45], {
    ...minutes(1, 5),
    decimals: 1,
    score: 'spot',
    loinc: '8310-5',
    mdc: '150364',
  }),
  metric('nibp-sys', 'Systolic pressure', 'Sys', 'mm[Hg]', 'mmHg', [30, 300], {
    ...minutes(15, 30),
    score: 'spot',
    loinc: '8480-6',
    mdc: '150021',
  }),
  metric('nibp-dia', 'Diastolic pressure', 'Dia', 'mm[Hg]', 'mmHg', [10, 200], {
    ...minutes(15, 30),
    loinc: '8462-4',
    mdc: '150022',
  }),
  metric('nibp-mean', 'Mean pressure', 'MAP', 'mm[Hg]', 'mmHg', [20, 250], {
    ...minutes(15, 30),
    loinc: '8478-0',
    mdc: '150023',
  }),
  metric('art-sys', 'Arterial systolic', 'ART sys', 'mm[Hg]', 'mmHg', [20, 320], {
    ...live(10),
    score: 'median',
    mdc: '150037',
  }),
  metric('art-dia', 'Arterial diastolic', 'ART dia', 'mm[Hg]', 'mmHg', [10, 220], { ...live(10), mdc: '150038' }),
  metric('art-mean', 'Arterial mean', 'ART mean', 'mm[Hg]', 'mmHg', [15, 260], { ...live(10), mdc: '150039' }),
  metric('etco2', 'End-tidal CO₂', 'EtCO₂', 'mm[Hg]', 'mmHg', [0, 150], {
    ...live(10),
    loinc: '19889-5',
    mdc: '151708',
  }),
  metric('o2-flow', 'Oxygen flow', 'O₂', 'L/min', 'L/min', [0, 80], { decimals: 1, score: 'spot', loinc: '3151-8' }),
  coded('acvpu', 'Consciousness', 'ACVPU', ['A', 'C', 'V', 'P', 'U'], { score: 'spot' }),
  coded('oxygen', 'Oxygen given', 'On O₂', ['air', 'oxygen'], { score: 'spot' }),
  metric('glucose', 'Glucose', 'Glu', 'mmol/L', 'mmol/L', [0.6, 50], {
    ...minutes(5, 15),
    decimals: 1,
    loinc: '15074-8',
    mdc: '160184',
  }),
  metric('ketone', 'Ketones', 'Ket', 'mmol/L', 'mmol/L', [0, 15], { decimals: 1, loinc: '53061-0' }),
  metric('insulin-basal', 'Basal insulin', 'Basal', '[IU]/h', 'units/h', [0, 35], { ...minutes(5, 15), decimals: 2 }),
  metric('insulin-bolus', 'Insulin bolus', 'Bolus', '[IU]', 'units', [0, 100], { decimals: 2 }),
  metric('iob', 'Insulin on board', 'IOB', '[IU]', 'units', [0, 200], { ...minutes(5, 15), decimals: 2 }),
  metric('reservoir', 'Insulin reservoir', 'Res', '[IU]', 'units', [0, 1_000], { ...minutes(5, 15) }),
  metric('weight', 'Weight', 'Wt', 'kg', 'kg', [0.2, 500], { decimals: 1, loinc: '29463-7' }),
  metric('steps', 'Steps', 'Steps', '1', 'steps', [0, 200_000], minutes(1, 10)),
  coded('activity', 'Activity', 'Act', ['lying', 'sitting', 'walking', 'fallen'], minutes(1, 5)),
  metric('infusion-rate', 'Infusion rate', 'Rate', 'mL/h', 'mL/h', [0, 2_000], { ...minutes(1, 5), decimals: 1 }),
  metric('infusion-volume', 'Infused volume', 'Vol', 'mL', 'mL', [0, 20_000], { ...minutes(1, 5), decimals: 1 }),
  metric('bin-weight', 'Bin weight', 'Bin', 'g', 'g', [0, 200_000], minutes(5, 60)),
  metric('bin-count', 'Bin count', 'Count', '1', 'pieces', [0, 100_000], minutes(5, 60)),
  metric('room-occupied', 'Room occupied', 'Room', '1', '', [0, 1], minutes(1, 10)),
  metric('bed-occupied', 'Bed occupied', 'In bed', '1', '', [0, 1], minutes(1, 10)),
  metric('fridge-temp', 'Fridge temperature', 'Fridge', 'Cel', '°C', [-40, 50], { ...minutes(1, 15), decimals: 1 }),
] as const satisfies readonly Metric[];

const byCode: ReadonlyMap<string, Metric> = new Map(METRICS.map((entry) => [entry.code, entry]));

/** The metric of a short code, or undefined for a code Wardline does not know. */
export function metricOf(code: string): Metric | undefined {
  return byCode.get(code);
}

/** A stored number as the world says it: the word of a coded metric, else the number itself. */
export function worded(code: string, value: number): number | string {
  return byCode.get(code)?.codes?.[value] ?? value;
}
