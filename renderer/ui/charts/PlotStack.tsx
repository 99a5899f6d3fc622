import { useElementSize } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useMemo, useState } from 'react';
import { useKeys } from '../keys.ts';
import styles from './PlotStack.module.css';
import { finerThanMinutes, focusStops, nearestPoint, type PlotRow, pointHeld, stepFocus, valueRange } from './plot.ts';
import { usePlotColours } from './plot-colours.ts';
import { SymbolMark } from './SymbolMark.tsx';
import { AXIS_WIDTH, RIGHT_GAP, TIME_AXIS_HEIGHT, TimePlot, type TimeTick } from './TimePlot.tsx';

interface PlotStackProps {
  readonly label: string;
  readonly rows: readonly PlotRow[];
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly TimeTick[];
  /** The focus line's time in words, with seconds where its steps are finer than a minute. */
  readonly formatTime: (at: number, seconds: boolean) => string;
  readonly rowHeight: number;
}

/**
 * Charts above each other on one time axis, with one focus line through all of them: it follows the pointer, and the
 * arrow keys (Shift: ten at a time, Home, End, Escape) step it from one measured time to the next.
 */
export function PlotStack({ label, rows, from, to, ticks, formatTime, rowHeight }: PlotStackProps) {
  const { ref, width } = useElementSize();
  const colours = usePlotColours();
  const [focusAt, setFocusAt] = useState<number | null>(null);
  const last = rows.at(-1);
  const stops = useMemo(() => focusStops(rows, from, to), [rows, from, to]);
  const seconds = useMemo(() => finerThanMinutes(stops), [stops]);
  const timeOf = (at: number): string => formatTime(at, seconds);
  useKeys(label, KEY_WORDS);
  const plotWidth = Math.max(0, width - AXIS_WIDTH - RIGHT_GAP);
  const inView = focusAt !== null && focusAt >= from && focusAt <= to ? focusAt : null;

  function follow(event: PointerEvent<HTMLDivElement>): void {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - AXIS_WIDTH;
    if (plotWidth <= 0 || left < 0 || left > plotWidth) return;
    const at = from + (left / plotWidth) * (to - from);
    setFocusAt(nearestStop(stops, at));
  }

  function step(event: KeyboardEvent<HTMLDivElement>): void {
    const steps = KEY_STEPS[event.key];
    if (event.key === 'Escape' && inView !== null) setFocusAt(null);
    else if (steps !== undefined) setFocusAt(stepFocus(stops, inView, event.shiftKey ? steps * 10 : steps));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={styles.stack}>
      <div className={styles.heads}>
        {rows.map((row) => (
          <RowHead key={row.id} row={row} focusAt={inView} height={rowHeight} />
        ))}
      </div>
      <div
        ref={ref}
        className={styles.plots}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={inView ?? to}
        aria-valuetext={inView === null ? 'No time chosen' : focusText(rows, inView, timeOf)}
        onPointerMove={follow}
        onPointerLeave={() => setFocusAt(null)}
        onKeyDown={step}
      >
        {width > 0 &&
          rows.map((row) => (
            <TimePlot
              key={`${row.id} ${row === last}`}
              row={row}
              from={from}
              to={to}
              ticks={ticks}
              showsTime={row === last}
              width={width}
              height={rowHeight + (row === last ? TIME_AXIS_HEIGHT : 0)}
              colours={colours}
            />
          ))}
        {inView !== null && (
          <div
            className={styles.focus}
            style={{ left: AXIS_WIDTH + ((inView - from) / (to - from)) * plotWidth }}
            data-testid="focus-line"
          >
            <span className={styles.focusTime} data-side={(inView - from) / (to - from) > 0.8 ? 'left' : 'right'}>
              {timeOf(inView)}
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The list of keys names them; they act where the charts have the focus. */
const KEY_WORDS = [
  { key: 'ArrowLeft', label: 'One measured time back (Shift: ten)', run: () => false },
  { key: 'ArrowRight', label: 'One measured time on (Shift: ten)', run: () => false },
  { key: 'Home', label: 'First measured time', run: () => false },
  { key: 'End', label: 'Newest measured time', run: () => false },
  { key: 'Escape', label: 'No focus line', run: () => false },
];

function nearestStop(stops: readonly number[], at: number): number | null {
  const points = stops.map((stop) => ({ at: stop, value: 0, low: 0, high: 0, byHand: false, partial: false }));
  return nearestPoint(points, at, Number.POSITIVE_INFINITY)?.at ?? null;
}

function focusText(rows: readonly PlotRow[], at: number, formatTime: (at: number) => string): string {
  const values = rows.flatMap(({ series }) =>
    series.map((one) => {
      const point = pointHeld(one, at);
      return point ? `${one.label} ${one.format(point)} ${one.unit}`.trimEnd() : '';
    }),
  );
  return [formatTime(at), ...values.filter(Boolean)].join(', ');
}

interface RowHeadProps {
  readonly row: PlotRow;
  readonly focusAt: number | null;
  readonly height: number;
}

/** Label and unit, always there; the newest value large and the one before it, or the values at the focus line. */
function RowHead({ row, focusAt, height }: RowHeadProps) {
  const { low, high, widened } = valueRange(row);
  return (
    <div className={styles.head} style={{ height }}>
      {row.series.map((series) => {
        const point = focusAt === null ? series.points.at(-1) : pointHeld(series, focusAt);
        const before = focusAt === null ? series.points.at(-2) : undefined;
        return (
          <div key={series.id} className={styles.entry}>
            <span className={styles.name}>
              <SymbolMark series={series} />
              <span>{series.label}</span>
              <span className={styles.unit}>{series.unit}</span>
            </span>
            <span className={styles.reading} data-focused={focusAt !== null}>
              <span className={styles.value}>{point ? series.format(point) : '–'}</span>
              {before && <span className={styles.before}>before {series.format(before)}</span>}
            </span>
          </div>
        );
      })}
      {widened && (
        <span className={styles.widened}>
          Scale widened to {low}–{high}
        </span>
      )}
    </div>
  );
}
