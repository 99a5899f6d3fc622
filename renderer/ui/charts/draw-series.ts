import type { PlotLimit, PlotPoint, PlotSeries } from './plot.ts';
import { joinedRuns } from './plot.ts';
import { tracePlotSymbol } from './symbols.ts';

/** What drawing needs of a canvas, so that a test can watch the pen. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'rect'
  | 'closePath'
  | 'stroke'
  | 'fill'
  | 'save'
  | 'restore'
  | 'setLineDash'
  | 'fillText'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>;

/** Where time and value lie on the canvas, in its pixels, and how large one CSS pixel is there. */
export interface PlotSpace {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  /** Lower edge of the plot. */
  readonly bottom: number;
  readonly pixel: number;
}

export interface PlotInk {
  readonly line: string;
  readonly fill: string;
  /** Edge of marks: black on light, white on dark. */
  readonly edge: string;
  readonly paper: string;
}

/** Marks closer together than this many CSS pixels are thinned, so that a line stays a line. */
const MARK_SPACING = 14;
const MARK_SIZE = 6;

export function drawSeries(pen: Pen, series: PlotSeries, space: PlotSpace, ink: PlotInk): void {
  pen.save();
  if (series.kind === 'span') drawSpans(pen, series.points, space, ink);
  else drawPoints(pen, series, space, ink);
  pen.restore();
}

/** One vertical bar a point with ticks at both ends. Nothing joins one to the next. */
function drawSpans(pen: Pen, points: readonly PlotPoint[], { x, y, pixel }: PlotSpace, ink: PlotInk): void {
  const tick = 3.5 * pixel;
  let lastX = Number.NEGATIVE_INFINITY;
  pen.strokeStyle = ink.line;
  pen.lineWidth = 1.5 * pixel;
  pen.beginPath();
  for (const point of points) {
    const at = Math.round(x(point.at));
    if (at - lastX < 3 * pixel && !point.byHand) continue;
    lastX = at;
    const [top, bottom] = [y(point.high), y(point.low)];
    pen.moveTo(at, top);
    pen.lineTo(at, bottom);
    pen.moveTo(at - tick, top);
    pen.lineTo(at + tick, top);
    pen.moveTo(at - tick, bottom);
    pen.lineTo(at + tick, bottom);
  }
  pen.stroke();
}

function drawPoints(pen: Pen, series: PlotSeries, space: PlotSpace, ink: PlotInk): void {
  const runs = joinedRuns(series.points, series.joinWithinMs);
  for (const run of runs) {
    drawBand(pen, run, space, ink);
    drawLine(pen, run, space, ink);
  }
  let lastX = Number.NEGATIVE_INFINITY;
  const newest = series.points.at(-1);
  for (const run of runs) {
    for (const [index, point] of run.entries()) {
      const at = space.x(point.at);
      const ends = index === 0 || index === run.length - 1;
      const roomy = at - lastX >= (ends ? MARK_SIZE : MARK_SPACING) * space.pixel;
      if (!(roomy || point.byHand || point === newest)) continue;
      lastX = at;
      drawMark(pen, series, point, space, ink, point === newest ? MARK_SIZE + 3 : MARK_SIZE);
    }
  }
}

function drawBand(pen: Pen, run: readonly PlotPoint[], { x, y }: PlotSpace, ink: PlotInk): void {
  if (run.length < 2 || run.every(({ low, high }) => low === high)) return;
  pen.beginPath();
  for (const [index, point] of run.entries()) {
    if (index === 0) pen.moveTo(x(point.at), y(point.high));
    else pen.lineTo(x(point.at), y(point.high));
  }
  for (const point of [...run].reverse()) pen.lineTo(x(point.at), y(point.low));
  pen.closePath();
  pen.globalAlpha = 0.22;
  pen.fillStyle = ink.fill;
  pen.fill();
  pen.globalAlpha = 1;
}

function drawLine(pen: Pen, run: readonly PlotPoint[], { x, y, pixel }: PlotSpace, ink: PlotInk): void {
  if (run.length < 2) return;
  pen.beginPath();
  for (const [index, point] of run.entries()) {
    if (index === 0) pen.moveTo(x(point.at), y(point.value));
    else pen.lineTo(x(point.at), y(point.value));
  }
  pen.strokeStyle = ink.line;
  pen.lineWidth = 1.25 * pixel;
  pen.stroke();
}

function drawMark(
  pen: Pen,
  { symbol }: PlotSeries,
  point: PlotPoint,
  { x, y, pixel }: PlotSpace,
  ink: PlotInk,
  size: number,
): void {
  pen.beginPath();
  tracePlotSymbol(pen, symbol, [x(point.at), y(point.value)], size * pixel);
  pen.fillStyle = point.partial || symbol === 'ring' ? ink.paper : ink.fill;
  pen.strokeStyle = symbol === 'cross' ? ink.line : ink.edge;
  pen.lineWidth = (symbol === 'cross' ? 2 : 1) * pixel;
  if (symbol !== 'cross') pen.fill();
  pen.stroke();
}

/** Height of a limit's name, CSS pixels: names closer than this would lie on each other. */
const NAME_HEIGHT = 11;

/** Where names stand so that none lies on another, in the order of `wanted` (rising): as near as may be, none below `bottom`. */
export function spreadNames(wanted: readonly number[], height: number, bottom: number): number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + height));
  let floor = bottom;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    placed[index] = Math.min(placed[index] as number, floor);
    floor = (placed[index] as number) - height;
  }
  return placed;
}

/** Limits as lines across the chart, each named right of it; names move apart rather than overlap. */
export function drawLimits(pen: Pen, limits: readonly PlotLimit[], space: PlotSpace, colour: string): void {
  const { left, right, bottom, pixel } = space;
  pen.save();
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.font = `${10 * pixel}px "Inter Variable", sans-serif`;
  const lines = limits
    .map((limit) => ({ ...limit, y: Math.round(space.y(limit.value)) + 0.5 }))
    .sort((one, other) => one.y - other.y);
  const names = spreadNames(
    lines.map(({ y }) => y),
    NAME_HEIGHT * pixel,
    bottom,
  );
  for (const [index, { y, label, strong }] of lines.entries()) {
    pen.globalAlpha = strong ? 0.9 : 0.6;
    pen.lineWidth = pixel;
    pen.setLineDash(strong ? [] : [4 * pixel, 3 * pixel]);
    pen.beginPath();
    pen.moveTo(left, y);
    pen.lineTo(right, y);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillText(label, right + 8 * pixel, names[index] ?? y);
  }
  pen.restore();
}
