import type { PlotColour, PlotSymbol } from '#renderer/ui/charts/plot.ts';

/** One series of a chart. `pair`: the other end of a bar from low to high. */
export interface SeriesSpec {
  readonly code: string;
  readonly pair?: string;
  readonly colour: PlotColour;
  readonly symbol: PlotSymbol;
}

export interface RowSpec {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** The value axis as long as every value fits. */
  readonly range: readonly [number, number];
  readonly step: number;
  readonly series: readonly SeriesSpec[];
  /** Metric whose alarm limits are drawn. */
  readonly limitsOf?: string;
  /** Shown even when there is nothing to show. */
  readonly always?: boolean;
}

/** The charts from top to bottom. Colours and symbols belong to the series and never change. */
export const ROW_SPECS: readonly RowSpec[] = [
  {
    id: 'rate',
    title: 'Heart rate',
    unit: '/min',
    range: [40, 160],
    step: 20,
    limitsOf: 'hr',
    always: true,
    series: [
      { code: 'hr', colour: 'green', symbol: 'circle' },
      { code: 'pr', colour: 'sky', symbol: 'diamond' },
    ],
  },
  {
    id: 'pressure',
    title: 'Blood pressure',
    unit: 'mmHg',
    range: [40, 200],
    step: 40,
    limitsOf: 'nibp-sys',
    always: true,
    series: [
      { code: 'nibp-sys', pair: 'nibp-dia', colour: 'ink', symbol: 'square' },
      { code: 'art-sys', pair: 'art-dia', colour: 'vermillion', symbol: 'square' },
    ],
  },
  {
    id: 'rr',
    title: 'Respiration',
    unit: '/min',
    range: [0, 40],
    step: 10,
    limitsOf: 'rr',
    always: true,
    series: [{ code: 'rr', colour: 'orange', symbol: 'triangle' }],
  },
  {
    id: 'spo2',
    title: 'SpO₂',
    unit: '%',
    range: [80, 100],
    step: 5,
    limitsOf: 'spo2',
    always: true,
    series: [{ code: 'spo2', colour: 'blue', symbol: 'square' }],
  },
  {
    id: 'temp',
    title: 'Temperature',
    unit: '°C',
    range: [34, 41],
    step: 1,
    limitsOf: 'temp',
    always: true,
    series: [{ code: 'temp', colour: 'purple', symbol: 'diamond' }],
  },
  {
    id: 'glucose',
    title: 'Glucose',
    unit: 'mmol/L',
    range: [0, 20],
    step: 5,
    limitsOf: 'glucose',
    series: [{ code: 'glucose', colour: 'vermillion', symbol: 'triangle' }],
  },
  {
    id: 'etco2',
    title: 'EtCO₂',
    unit: 'mmHg',
    range: [0, 80],
    step: 20,
    limitsOf: 'etco2',
    series: [{ code: 'etco2', colour: 'orange', symbol: 'cross' }],
  },
  {
    id: 'o2-flow',
    title: 'Oxygen flow',
    unit: 'L/min',
    range: [0, 16],
    step: 4,
    series: [{ code: 'o2-flow', colour: 'sky', symbol: 'ring' }],
  },
  {
    id: 'ketone',
    title: 'Ketones',
    unit: 'mmol/L',
    range: [0, 6],
    step: 1,
    series: [{ code: 'ketone', colour: 'purple', symbol: 'cross' }],
  },
];

/** Codes to ask for, in groups of at most twelve. */
export const TREND_CODES: readonly (readonly string[])[] = [
  ['hr', 'pr', 'rr', 'spo2', 'nibp-sys', 'nibp-dia', 'art-sys', 'art-dia', 'temp'],
  ['glucose', 'etco2', 'o2-flow', 'ketone'],
];
