import { useMemo } from 'react';
import { FigureChart } from '#renderer/ui/charts/FigureChart.tsx';
import { usePlotColours } from '#renderer/ui/charts/plot-colours.ts';
import { formatNumber } from '#renderer/ui/format.ts';
import styles from './ChartCard.module.css';
import { type Bars, seriesOption } from './chart-options.ts';
import { SeriesTable } from './SeriesTable.tsx';
import { figureWords } from './tiles.ts';

interface ChartCardProps {
  readonly title: string;
  readonly bars: Bars;
  /** Heading of the names and of the values in the table. */
  readonly heads: readonly [name: string, value: string];
  /** How many each value was made of, with its heading. */
  readonly counts?: { readonly head: string; readonly values: readonly number[] };
}

const HEIGHT = 200;

/** A chart with its numbers as a table, a click below it. */
export function ChartCard({ title, bars, heads, counts }: ChartCardProps) {
  const colours = usePlotColours();
  const option = useMemo(() => seriesOption(bars, colours), [bars, colours]);
  const { names, values, unit, decimals } = bars;
  const isThere = counts ? counts.values.some((count) => count > 0) : values.some((value) => value);
  const rows = names.map((name, index) => [
    name,
    figureWords(values[index] ?? null, unit, decimals),
    ...(counts ? [formatNumber(counts.values[index] ?? 0, 0)] : []),
  ]);
  return (
    <section className={styles.card} aria-label={title}>
      <h3>{title}</h3>
      {isThere ? (
        <FigureChart label={`${title}. ${rangeWords(bars)}`} option={option} height={HEIGHT} />
      ) : (
        <p className={styles.none}>Nothing in this period.</p>
      )}
      <details>
        <summary>Table</summary>
        <SeriesTable caption={title} heads={[...heads, ...(counts ? [counts.head] : [])]} rows={rows} />
      </details>
    </section>
  );
}

/** `From 61 % (02-Mar-2026) to 93 % (09-Mar-2026).` */
function rangeWords({ names, values, unit, decimals }: Bars): string {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, name: names[index] ?? '' }]));
  const sorted = [...known].sort((one, other) => one.value - other.value);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return 'Nothing in this period.';
  const say = (point: { value: number; name: string }) => `${figureWords(point.value, unit, decimals)} (${point.name})`;
  return `From ${say(least)} to ${say(most)}.`;
}
