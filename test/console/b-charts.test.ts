import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketed } from '#renderer/ui/charts/bucket.ts';
import { drawSeries, type Pen, spreadNames } from '#renderer/ui/charts/draw-series.ts';
import {
  finerThanMinutes,
  focusStops,
  joinedRuns,
  nearestPoint,
  type PlotPoint,
  type PlotRow,
  type PlotSeries,
  pointHeld,
  stepFocus,
  valueRange,
} from '#renderer/ui/charts/plot.ts';
import { makeSeries, point } from '../helpers/plots.ts';

/** Records every stroke as the points its lines go through. */
function watchPen(): { pen: Pen; strokes: () => [number, number][][] } {
  const strokes: [number, number][][] = [];
  let path: [number, number][][] = [];
  const nothing = (): void => undefined;
  const pen: Pen = {
    beginPath: () => {
      path = [];
    },
    moveTo: (x, y) => {
      path.push([[x, y]]);
    },
    lineTo: (x, y) => {
      path.at(-1)?.push([x, y]);
    },
    stroke: () => {
      strokes.push(...path.filter((line) => line.length > 1));
    },
    arc: nothing,
    rect: nothing,
    closePath: nothing,
    fill: nothing,
    save: nothing,
    restore: nothing,
    setLineDash: nothing,
    fillText: nothing,
    strokeStyle: '',
    fillStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'top',
  };
  return { pen, strokes: () => strokes };
}

const SPACE = { x: (at: number) => at / 10, y: (value: number) => value, left: 0, right: 1_000, bottom: 300, pixel: 1 };
const INK = { line: 'black', fill: 'grey', edge: 'black', paper: 'white' };

function strokesOf(series: PlotSeries): [number, number][][] {
  const { pen, strokes } = watchPen();
  drawSeries(pen, series, SPACE, INK);
  return strokes();
}

describe('a chart over time', () => {
  it('draws blood pressure as single upright bars with end ticks, never joined across time', () => {
    const series = makeSeries({
      kind: 'span',
      points: [point(0, 120, { low: 80, high: 120 }), point(1_000, 130, { low: 85, high: 130 })],
    });
    const strokes = strokesOf(series);
    expect(strokes).toHaveLength(6);
    const upright = strokes.filter((line) => line.every(([x]) => x === line[0]?.[0]));
    expect(upright).toEqual([
      [
        [0, 120],
        [0, 80],
      ],
      [
        [100, 130],
        [100, 85],
      ],
    ]);
    for (const line of strokes) expect(Math.abs((line[0]?.[0] ?? 0) - (line[1]?.[0] ?? 0))).toBeLessThan(10);
  });

  it('breaks the line at a gap and goes on after it', () => {
    const points = [0, 1_000, 2_000, 7_000, 8_000].map((at) => point(at, 70));
    const lines = strokesOf(makeSeries({ symbol: 'circle', joinWithinMs: 1_500, points }));
    expect(lines.map((line) => line.map(([x]) => x))).toEqual([
      [0, 100, 200],
      [700, 800],
    ]);
  });

  it('joins no two points further apart than allowed, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000)), fc.integer({ min: 0, max: 5_000 }), (times, within) => {
        const points = [...new Set(times)].sort((a, b) => a - b).map((at) => point(at, 1));
        const runs = joinedRuns(points, within);
        expect(runs.flat()).toEqual(points);
        for (const run of runs)
          for (let index = 1; index < run.length; index += 1)
            expect((run[index] as PlotPoint).at - (run[index - 1] as PlotPoint).at).toBeLessThanOrEqual(within);
      }),
    );
  });

  it('keeps its range while every value fits, and says when it had to be widened', () => {
    const row = (values: number[]): PlotRow => ({
      id: 'hr',
      title: '',
      unit: '',
      range: [40, 160],
      step: 20,
      limits: [],
      series: [makeSeries({ points: values.map((value, at) => point(at, value)) })],
    });
    expect(valueRange(row([41, 159]))).toEqual({ low: 40, high: 160, widened: false });
    expect(valueRange(row([60, 171]))).toEqual({ low: 40, high: 180, widened: true });
    expect(valueRange({ ...row([60, 161]), wideRange: [40, 240] })).toEqual({ low: 40, high: 240, widened: true });
    expect(valueRange(row([]))).toEqual({ low: 40, high: 160, widened: false });
  });
});

describe('names of limits', () => {
  it('are all there, none on another, none below the chart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 6 }), (heights) => {
        const wanted = heights.sort((one, other) => one - other);
        const placed = spreadNames(wanted, 11, 100);
        expect(placed).toHaveLength(wanted.length);
        placed.forEach((y, index) => {
          expect(y).toBeLessThanOrEqual(100);
          if (index > 0) expect(y - (placed[index - 1] as number)).toBeGreaterThanOrEqual(11);
        });
      }),
    );
    expect(spreadNames([10, 50, 90], 11, 100)).toEqual([10, 50, 90]);
  });
});

describe('the focus line', () => {
  const row: PlotRow = {
    id: 'a',
    title: '',
    unit: '',
    range: [0, 1],
    step: 1,
    limits: [],
    series: [
      makeSeries({ points: [point(10_000, 1), point(30_000, 1)] }),
      makeSeries({ points: [point(20_000, 1), point(30_000, 1)] }),
    ],
  };

  it('stops at every measured time once, in order', () => {
    expect(focusStops([row], 0, 100_000)).toEqual([10_000, 20_000, 30_000]);
    expect(focusStops([row], 15_000, 25_000)).toEqual([20_000]);
  });

  it('steps from one measured time to the next and stays at the ends', () => {
    const stops = [10, 20, 30];
    expect(stepFocus(stops, null, -1)).toBe(30);
    expect(stepFocus(stops, null, 1)).toBe(10);
    expect(stepFocus(stops, 30, -1)).toBe(20);
    expect(stepFocus(stops, 30, 1)).toBe(30);
    expect(stepFocus(stops, 25, 1)).toBe(30);
    expect(stepFocus(stops, 25, -1)).toBe(20);
    expect(stepFocus(stops, 20, Number.POSITIVE_INFINITY)).toBe(30);
    expect(stepFocus([], 20, 1)).toBeNull();
  });

  it('stops once for a span of all series, and once a second, and says when minutes are too coarse', () => {
    const cut = [61_000, 125_000].map((at) =>
      makeSeries({ spanMs: 60_000, points: [point(at, 1), point(at + 300, 1)] }),
    );
    const single = makeSeries({ points: [point(90_000, 1, { byHand: true }), point(90_400, 1)] });
    const stops = focusStops([{ ...row, series: [...cut, single] }], 0, 1e6);
    expect(stops).toEqual([61_300, 90_400, 125_300]);
    expect(finerThanMinutes(stops)).toBe(true);
    expect(finerThanMinutes([61_300, 125_300])).toBe(false);
  });

  it('shows a value never before its own time, and only as long as it holds', () => {
    const series = makeSeries({
      holdMs: 100,
      holdByHandMs: 500,
      points: [point(0, 1), point(1_000, 2, { byHand: true })],
    });
    const shown = [0, 100, 101, 999, 1_000, 1_500, 1_501].map((at) => pointHeld(series, at)?.value);
    expect(shown).toEqual([1, 1, undefined, undefined, 2, 2, undefined]);
  });

  it('shows no value that is too far from it', () => {
    const points = [point(0, 1), point(1_000, 2)];
    expect(nearestPoint(points, 600, 500)?.value).toBe(2);
    expect(nearestPoint(points, 500, 100)).toBeUndefined();
  });
});

describe('the table of a trend', () => {
  it('shows the newest of each line with its least and greatest', () => {
    const series = makeSeries({ points: [point(100, 70, { low: 65, high: 75 }), point(900, 80), point(1_100, 60)] });
    const lines = bucketed(series, 1_000);
    expect([...lines.keys()]).toEqual([0, 1_000]);
    expect(lines.get(0)).toMatchObject({ low: 65, high: 80 });
    expect(lines.get(0)?.newest.value).toBe(80);
  });
});
