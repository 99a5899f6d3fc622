import { useMemo } from 'react';
import type { KpiSeries } from '#domain/flow/kpi.ts';
import type { CleaningCause } from '#domain/flow/task.ts';
import { useSettings } from '#renderer/client/hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { formatDay } from '#renderer/ui/format.ts';
import { ChartCard } from './ChartCard.tsx';
import styles from './Charts.module.css';
import type { Bars } from './chart-options.ts';
import { type Asked, useSeries } from './use-figures.ts';

/** Occupancy most clinics plan for, percent. */
const PLANNED = 85;

const CAUSES: Readonly<Record<CleaningCause, string>> = {
  discharge: 'Discharge',
  transfer: 'Transfer',
  death: 'Death',
  isolation: 'Isolation',
  request: 'Request',
};

interface Point {
  readonly key: string;
  readonly value: number | null;
  readonly count: number;
}
type Drawn = Omit<Bars, 'names' | 'values'>;

function barsOf(
  points: readonly Point[],
  name: (key: string) => string,
  drawn: Drawn,
  value = (point: Point) => point.value,
): Bars {
  return { ...drawn, names: points.map(({ key }) => name(key)), values: points.map(value) };
}

const hour = (key: string) => `${key}:00`;

/** The period's figures over days, over hours of the day, and by cause. */
export function Charts({ asked }: { readonly asked: Asked }) {
  const { isPending, error } = useSeries(asked, 'occupancy-by-day');
  if (isPending) return <p role="status">Drawing the charts…</p>;
  if (error) return <p role="alert">The charts could not be drawn. {sayError(error)}</p>;
  return <DrawnCharts asked={asked} />;
}

function DrawnCharts({ asked }: { readonly asked: Asked }) {
  const turnTarget = useSettings()?.cleaningTargets?.turn;
  const occupancy = usePoints(asked, 'occupancy-by-day');
  const los = usePoints(asked, 'los-by-day');
  const leaving = usePoints(asked, 'discharges-by-hour');
  const turnByHour = usePoints(asked, 'turnaround-by-hour');
  const turnByCause = usePoints(asked, 'turnaround-by-cause');
  const bars = useMemo(() => {
    const against = turnTarget === undefined ? undefined : { at: turnTarget, words: `target ${turnTarget}` };
    const turn: Drawn = { kind: 'bars', unit: 'min', decimals: 0, colour: 'green', against };
    return {
      occupancy: barsOf(occupancy, formatDay, {
        kind: 'points',
        unit: '%',
        decimals: 1,
        colour: 'blue',
        against: { at: PLANNED, words: `${PLANNED} %` },
      }),
      los: barsOf(los, formatDay, { kind: 'points', unit: 'days', decimals: 1, colour: 'purple' }),
      leaving: barsOf(leaving, hour, { kind: 'bars', unit: '', decimals: 0, colour: 'sky' }, ({ count }) => count),
      turnByHour: barsOf(turnByHour, hour, turn),
      turnByCause: barsOf(turnByCause, (key) => CAUSES[key as CleaningCause] ?? key, { ...turn, everyName: true }),
    };
  }, [occupancy, los, leaving, turnByHour, turnByCause, turnTarget]);
  const counts = (head: string, points: readonly Point[]) => ({ head, values: points.map(({ count }) => count) });
  return (
    <div className={styles.charts}>
      <ChartCard
        title="Occupancy by day, %"
        bars={bars.occupancy}
        heads={['Midnight of', 'Occupancy']}
        counts={counts('Beds occupied', occupancy)}
      />
      <ChartCard
        title="Length of stay by day of leaving, mean days"
        bars={bars.los}
        heads={['Day', 'Mean']}
        counts={counts('Discharges', los)}
      />
      <ChartCard title="Discharges by hour" bars={bars.leaving} heads={['Hour', 'Discharges']} />
      <ChartCard
        title="Bed turnaround by hour the bed got dirty, median min"
        bars={bars.turnByHour}
        heads={['Hour', 'Turnaround']}
        counts={counts('Cleanings', turnByHour)}
      />
      <ChartCard
        title="Bed turnaround by cause, median min"
        bars={bars.turnByCause}
        heads={['Cause', 'Turnaround']}
        counts={counts('Cleanings', turnByCause)}
      />
    </div>
  );
}

const NONE: readonly Point[] = [];

/** Points of a series, none until read. */
function usePoints(asked: Asked, series: KpiSeries): readonly Point[] {
  return useSeries(asked, series).data ?? NONE;
}
