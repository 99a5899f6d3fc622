import { useZone } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDay } from '#renderer/ui/format.ts';
import styles from './BehindFigure.module.css';
import { SeriesTable } from './SeriesTable.tsx';
import { figureWords } from './tiles.ts';
import { type Asked, useSeries } from './use-figures.ts';

/** Occupancy at each midnight of the period. */
export function OccupancyDays({ asked }: { readonly asked: Asked }) {
  const zone = useZone();
  const days = useSeries(asked, 'occupancy-by-day');
  if (days.isPending) return <p role="status">Reading the days…</p>;
  if (days.isError) return <p role="alert">{sayError(days.error)}</p>;
  return (
    <>
      <h2 className={styles.title}>
        Occupancy by day <span>{days.data.length}</span>
      </h2>
      <SeriesTable
        caption={`Beds at each midnight, ${zone}`}
        heads={['Midnight of', 'Occupancy', 'Beds occupied']}
        rows={days.data.map(({ key, value, count }) => [formatDay(key), figureWords(value, '%', 1), String(count)])}
      />
    </>
  );
}
