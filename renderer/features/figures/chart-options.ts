import type { EChartsCoreOption } from 'echarts/core';
import type { PlotColour } from '#renderer/ui/charts/plot.ts';
import type { PlotColours } from '#renderer/ui/charts/plot-colours.ts';

/** A line across a chart to hold the figures against. */
export interface Against {
  readonly at: number;
  readonly words: string;
}

export interface Bars {
  readonly kind: 'bars' | 'points';
  readonly names: readonly string[];
  /** null: nothing to be counted there. */
  readonly values: readonly (number | null)[];
  readonly unit: string;
  readonly decimals: number;
  readonly colour: PlotColour;
  readonly against?: Against | undefined;
  /** Whether every name is written: they are no scale on which one follows from those beside it. */
  readonly everyName?: boolean | undefined;
}

const FONT = { fontFamily: '"Inter Variable", system-ui, sans-serif', fontSize: 12 };

/** Every label, slanted so that the longest finds room beside its neighbours. */
const SLANTED = { interval: 0, rotate: 35, hideOverlap: false } as const;

export function axes({ axis, grid }: PlotColours, names: readonly string[], isAgainst = false) {
  const line = { lineStyle: { color: grid } };
  const label = { color: axis, ...FONT };
  return {
    animation: false,
    grid: {
      left: 4,
      right: isAgainst ? 64 : 8,
      top: 20,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: names,
      axisLabel: { ...label, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: axis } },
    },
    yAxis: { type: 'value', axisLabel: label, splitLine: line },
  };
}

export function tooltip({ edge, paper, axis }: PlotColours) {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: paper,
    borderColor: axis,
    textStyle: { color: edge, ...FONT },
    transitionDuration: 0,
  };
}

export function markLine({ limit }: PlotColours, { at, words }: Against) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: limit, type: 'dashed', width: 1.5 },
    label: { formatter: words, color: limit, position: 'end', ...FONT },
    data: [{ yAxis: at }],
  };
}

/** An axis that reaches up to the line the figures are held against. */
function roomFor(values: Bars['values'], against: Against | undefined): { max?: number } {
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return against === undefined || highest > against.at ? {} : { max: Math.ceil((against.at * 1.1) / 10) * 10 };
}

/** One series over days, hours or causes. */
export function seriesOption(
  { kind, names, values, unit, decimals, colour, against, everyName = false }: Bars,
  colours: PlotColours,
): EChartsCoreOption {
  const { fill, line } = colours.series[colour];
  const base = axes(colours, names, against !== undefined);
  const look =
    kind === 'bars'
      ? { type: 'bar', barCategoryGap: '30%', itemStyle: { color: fill } }
      : {
          type: 'line',
          symbol: 'circle',
          showAllSymbol: true,
          symbolSize: names.length > 60 ? 3 : 6,
          connectNulls: false,
          lineStyle: { color: line, width: 1.5 },
          itemStyle: { color: fill, borderColor: colours.edge, borderWidth: names.length > 60 ? 0 : 0.5 },
        };
  return {
    ...base,
    ...(everyName ? { xAxis: { ...base.xAxis, axisLabel: { ...base.xAxis.axisLabel, ...SLANTED } } } : {}),
    yAxis: { ...base.yAxis, ...roomFor(values, against) },
    tooltip: {
      ...tooltip(colours),
      valueFormatter: (value: unknown) =>
        typeof value === 'number' ? `${Number(value.toFixed(decimals))} ${unit}`.trim() : 'none',
    },
    series: [
      {
        ...look,
        data: values.map((value) => value ?? '-'),
        ...(against ? { markLine: markLine(colours, against) } : {}),
      },
    ],
  };
}
