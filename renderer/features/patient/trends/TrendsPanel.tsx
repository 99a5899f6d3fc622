import { SegmentedControl } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { limitRowOf } from '#domain/alarm/limits.ts';
import type { EncounterId } from '#domain/ids.ts';
import { HOUR_MS } from '#domain/time.ts';
import { useQueryOf, useSettings, useZone } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { PlotStack } from '#renderer/ui/charts/PlotStack.tsx';
import { PlotTable } from '#renderer/ui/charts/PlotTable.tsx';
import type { PlotRow } from '#renderer/ui/charts/plot.ts';
import { Fault } from '#renderer/ui/Fault.tsx';
import { formatDate, formatDateTime, formatSeconds, formatTime } from '#renderer/ui/format.ts';
import { sayReadError } from '../read-error.ts';
import { trendRows } from './plot-rows.ts';
import { TREND_HOURS, TREND_RANGES, type TrendHours } from './ranges.ts';
import styles from './TrendsPanel.module.css';
import { timeTicks } from './ticks.ts';
import { useTrend } from './use-trend.ts';

/** What stands above and below the charts on a full screen, CSS pixels. */
const AROUND_CHARTS = 320;
const LEAST_ROW = 88;
const GREATEST_ROW = 136;

interface TrendsPanelProps {
  readonly encounterId: EncounterId;
  readonly live: BedLive | undefined;
}

function isScore({ id }: PlotRow): boolean {
  return id === 'news2';
}

/** Trends of a stay with its NEWS2 scores, as charts on one time axis or as a table of the same values. */
export function TrendsPanel({ encounterId, live }: TrendsPanelProps) {
  const [hours, setHours] = useState<TrendHours>(24);
  const [asTable, setAsTable] = useState(false);
  const zone = useZone();
  const { stored, grown } = useTrend(encounterId, hours, live);
  const limits = useQueryOf(recordKeys.limits(encounterId), (hub) => hub.limits.get({ encounterId }));
  const stepMs = Math.max(5_000, (hours * HOUR_MS) / 720);
  const now = useNow(stepMs);
  const to = now + stepMs;
  const from = to - hours * HOUR_MS;
  const clinic = useSettings()?.limits;
  const scale = live?.patient?.spo2Scale ?? 1;
  const rows = useMemo(() => {
    const clinicLimits = (code: string) => clinic && limitRowOf(clinic, code, scale);
    return stored.data ? trendRows({ ...stored.data, ...grown, limits: limits.data ?? [], clinicLimits, from }) : [];
  }, [stored.data, limits.data, grown, from, clinic, scale]);
  const columns = useMemo(() => [...rows].sort((one, other) => Number(isScore(other)) - Number(isScore(one))), [rows]);
  const ticks = useMemo(() => timeTicks(from, to, TREND_RANGES[hours].tickMs, zone), [from, to, hours, zone]);
  const { height } = useViewportSize();
  const share = Math.floor((height - AROUND_CHARTS) / Math.max(1, rows.length));
  const rowHeight = Math.min(GREATEST_ROW, Math.max(LEAST_ROW, share));
  const moment = (at: number, seconds = false): string =>
    seconds ? `${formatDate(at, zone)} ${formatSeconds(at, zone)}` : formatDateTime(at, zone);
  return (
    <section aria-label="Trends" className={styles.panel}>
      <header className={styles.head}>
        <h2>Trends with NEWS2 scores</h2>
        <span className={styles.span}>
          {formatDate(from, zone)} {formatTime(from, zone)} – {formatDate(to, zone)} {formatTime(now, zone)}
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Time shown"
          data={TREND_HOURS.map((hour) => ({ value: String(hour), label: `${hour} h` }))}
          value={String(hours)}
          onChange={(chosen) => setHours(Number(chosen) as TrendHours)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Charts or table"
          data={['Charts', 'Table']}
          value={asTable ? 'Table' : 'Charts'}
          onChange={(chosen) => setAsTable(chosen === 'Table')}
        />
      </header>
      {stored.isPending && <p role="status">Reading the trends…</p>}
      {stored.isError && (
        <Fault
          title="The trends could not be read."
          detail={sayReadError(stored.error)}
          action="Try again"
          onAction={() => void stored.refetch()}
        />
      )}
      {stored.data && !asTable && (
        <PlotStack
          label="Focus line through the trends"
          rows={rows}
          from={from}
          to={to}
          ticks={ticks}
          formatTime={moment}
          rowHeight={rowHeight}
        />
      )}
      {stored.data && asTable && (
        <PlotTable
          caption="Newest value of each line; least and greatest in brackets"
          rows={columns}
          stepMs={TREND_RANGES[hours].tableMs}
          formatTime={moment}
        />
      )}
    </section>
  );
}
