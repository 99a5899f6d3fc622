import type { EChartsCoreOption } from 'echarts/core';
import type { PlotColours } from '#renderer/ui/charts/plot-colours.ts';
import { formatNumber, formatTime } from '#renderer/ui/format.ts';
import { axes, markLine, tooltip } from './chart-options.ts';
import type { ForecastAnswer } from './forecast-words.ts';

/** Occupied beds hour by hour with the band they are likely in, against the beds there are. */
export function forecastOption(
  forecast: ForecastAnswer,
  colours: PlotColours,
  zone: string,
  day: (at: number) => string,
): EChartsCoreOption {
  const { beds, madeAt, present } = forecast;
  const occupied = [{ at: madeAt, mean: present, low: present, high: present }, ...forecast.occupied];
  const { fill, line } = colours.series.blue;
  const names = occupied.map(({ at }) => `${day(at)} ${formatTime(at, zone)}`);
  const base = axes(colours, names, true);
  const band = { type: 'line', stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, silent: true };
  const highest = Math.max(beds, ...occupied.map(({ high }) => high));
  return {
    ...base,
    xAxis: {
      ...base.xAxis,
      axisLabel: { ...base.xAxis.axisLabel, interval: (index: number) => startsHalfDay(occupied[index]?.at, zone) },
    },
    yAxis: { ...base.yAxis, min: 0, max: Math.ceil(highest / 10) * 10 },
    tooltip: {
      ...tooltip(colours),
      formatter: (points: readonly { dataIndex: number }[]) => {
        const at = points[0]?.dataIndex ?? 0;
        const point = occupied[at];
        if (!point) return '';
        const said = [point.mean, point.low, point.high].map((value) => formatNumber(value, 0));
        return `${names[at]}<br>${said[0]} occupied, likely ${said[1]} to ${said[2]}`;
      },
    },
    series: [
      { ...band, data: occupied.map(({ low }) => low) },
      { ...band, data: occupied.map(({ low, high }) => high - low), areaStyle: { color: fill, opacity: 0.25 } },
      {
        type: 'line',
        symbol: 'none',
        lineStyle: { color: line, width: 2 },
        itemStyle: { color: line },
        data: occupied.map(({ mean }) => mean),
        markLine: markLine(colours, { at: beds, words: `${beds} beds` }),
      },
    ],
  };
}

function startsHalfDay(at: number | undefined, zone: string): boolean {
  if (at === undefined) return false;
  const time = formatTime(at, zone);
  return time.startsWith('00:') || time.startsWith('12:');
}
