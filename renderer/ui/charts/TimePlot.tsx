import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import './charts.css';
import { drawLimits, drawSeries } from './draw-series.ts';
import type { PlotRow } from './plot.ts';
import { valueRange } from './plot.ts';
import type { PlotColours } from './plot-colours.ts';

/** Width of the value axis and of the strip right of the plot, where limits are named: equal in every chart. CSS pixels. */
export const AXIS_WIDTH = 36;
export const RIGHT_GAP = 100;
/** Height the time axis adds to the last chart of a stack. */
export const TIME_AXIS_HEIGHT = 22;
const TOP_GAP = 8;
const BOTTOM_GAP = 6;

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

interface TimePlotProps {
  readonly row: PlotRow;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly TimeTick[];
  readonly showsTime: boolean;
  readonly width: number;
  readonly height: number;
  readonly colours: PlotColours;
}

/** One chart over time. It draws its series itself; uPlot keeps scales, axes and canvas. */
export function TimePlot({ row, from, to, ticks, showsTime, width, height, colours }: TimePlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef<TimePlotProps | null>(null);

  useEffect(() => {
    const next = { row, from, to, ticks, showsTime, width, height, colours };
    const resized = shown.current?.width !== width || shown.current.height !== height;
    shown.current = next;
    if (!plot.current) {
      if (host.current)
        plot.current = new uPlot(
          plotOptions(() => shown.current ?? next),
          plotData(next),
          host.current,
        );
      return;
    }
    if (resized) plot.current.setSize({ width, height });
    plot.current.setData(plotData(next));
  }, [row, from, to, ticks, showsTime, width, height, colours]);

  useEffect(
    () => () => {
      plot.current?.destroy();
      plot.current = null;
      shown.current = null;
    },
    [],
  );

  return <div ref={host} aria-hidden="true" style={{ height }} />;
}

/** Only the corners: they set the scales. What is drawn comes from the row. */
function plotData({ row, from, to }: TimePlotProps): uPlot.AlignedData {
  const { low, high } = valueRange(row);
  return [
    [from, to],
    [low, high],
  ];
}

function plotOptions(now: () => TimePlotProps): uPlot.Options {
  const { width, height } = now();
  const grid = { stroke: () => now().colours.grid, width: 1 };
  const axis = {
    stroke: () => now().colours.axis,
    font: '11px "Inter Variable", sans-serif',
    ticks: { show: false },
    grid,
  };
  return {
    width,
    height,
    ms: 1,
    padding: [TOP_GAP, RIGHT_GAP, now().showsTime ? 0 : BOTTOM_GAP, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [now().from, now().to] },
      y: { range: () => valueAxis(now().row) },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [
      {
        ...axis,
        size: () => (now().showsTime ? TIME_AXIS_HEIGHT : 0),
        splits: () => now().ticks.map(({ at }) => at),
        values: () => now().ticks.map(({ label }) => (now().showsTime ? label : '')),
      },
      { ...axis, size: AXIS_WIDTH, splits: () => valueTicks(now().row), values: (_, splits) => splits.map(String) },
    ],
    hooks: { draw: [(drawn) => drawRow(drawn, now())] },
  };
}

function valueAxis(row: PlotRow): [number, number] {
  const { low, high } = valueRange(row);
  return [low, high];
}

function valueTicks(row: PlotRow): number[] {
  const { low, high } = valueRange(row);
  const step = row.step * Math.max(1, Math.ceil((high - low) / row.step / 4));
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(Number(tick.toFixed(4)));
  return ticks;
}

function drawRow(plot: uPlot, { row, colours }: TimePlotProps): void {
  const { ctx, bbox } = plot;
  const space = {
    x: (at: number) => plot.valToPos(at, 'x', true),
    y: (value: number) => plot.valToPos(value, 'y', true),
    left: bbox.left,
    right: bbox.left + bbox.width,
    bottom: bbox.top + bbox.height,
    pixel: uPlot.pxRatio,
  };
  ctx.save();
  ctx.beginPath();
  const edge = 5 * uPlot.pxRatio;
  ctx.rect(bbox.left - edge, bbox.top - edge, bbox.width + RIGHT_GAP * uPlot.pxRatio, bbox.height + 2 * edge);
  ctx.clip();
  const { low, high } = valueRange(row);
  const visible = row.limits.filter(({ value }) => value >= low && value <= high);
  drawLimits(ctx, visible, space, colours.limit);
  // The leading series is drawn last and so lies on top.
  for (const series of [...row.series].reverse()) {
    const ink = { ...colours.series[series.colour], edge: colours.edge, paper: colours.paper };
    drawSeries(ctx, series, space, ink);
  }
  ctx.restore();
}
