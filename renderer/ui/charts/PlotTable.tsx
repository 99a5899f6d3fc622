import { ScrollArea } from '@mantine/core';
import { useMemo } from 'react';
import { type Bucket, bucketed } from './bucket.ts';
import './charts.css';
import styles from './PlotTable.module.css';
import type { PlotRow, PlotSeries } from './plot.ts';
import { SymbolMark } from './SymbolMark.tsx';

interface PlotTableProps {
  readonly caption: string;
  readonly rows: readonly PlotRow[];
  /** Time one line stands for, ms. */
  readonly stepMs: number;
  readonly formatTime: (at: number) => string;
}

/** The same values as the charts, newest first. A line without a value of a series has a dash there. */
export function PlotTable({ caption, rows, stepMs, formatTime }: PlotTableProps) {
  const series = useMemo(() => rows.flatMap((row) => row.series), [rows]);
  const lines = useMemo(() => series.map((one) => bucketed(one, stepMs)), [series, stepMs]);
  const times = useMemo(() => [...new Set(lines.flatMap((line) => [...line.keys()]))].sort((a, b) => b - a), [lines]);
  if (times.length === 0) return <p>No values in this time.</p>;
  return (
    <ScrollArea.Autosize mah={520} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': caption }}>
      <table className={styles.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map((one) => (
              <th key={one.id} scope="col">
                <SymbolMark series={one} /> {one.label} <span className={styles.unit}>{one.unit}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time) => (
            <tr key={time}>
              <th scope="row">{formatTime(time)}</th>
              {series.map((one, index) => (
                <td key={one.id}>{cell(one, lines[index]?.get(time))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea.Autosize>
  );
}

function cell(series: PlotSeries, bucket: Bucket | undefined) {
  if (!bucket) return '–';
  const value = series.format(bucket.newest);
  if (series.kind === 'span' || bucket.low === bucket.high) return value;
  const [low, high] = [bucket.low, bucket.high].map((bound) => series.format({ ...bucket.newest, value: bound }));
  if (low === high) return value;
  return (
    <>
      {value}{' '}
      <span className={styles.unit}>
        ({low}–{high})
      </span>
    </>
  );
}
