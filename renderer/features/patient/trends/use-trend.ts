import { useMemo } from 'react';
import type { EncounterId } from '#domain/ids.ts';
import { HOUR_MS } from '#domain/time.ts';
import { useLink, useQueryOf } from '#renderer/client/hooks.ts';
import type { BedLive } from '#renderer/client/live-beds.ts';
import { recordKeys } from '#renderer/client/records.ts';
import { LiveTail } from './live-tail.ts';
import { TREND_POINTS, type TrendHours } from './ranges.ts';
import { TREND_CODES } from './row-specs.ts';

/** The stored part of a stay's trend, read once a range and again after a reconnect, and a tail that goes on from it. */
export function useTrend(encounterId: EncounterId, hours: TrendHours, live: BedLive | undefined) {
  const { hubNow } = useLink();
  const stored = useQueryOf([...recordKeys.trends(encounterId), hours], async (hub) => {
    const to = hubNow();
    const from = to - hours * HOUR_MS;
    const [groups, scores] = await Promise.all([
      Promise.all(
        TREND_CODES.map((codes) =>
          hub.observations.trend({ encounterId, codes: [...codes], from, to, points: TREND_POINTS }),
        ),
      ),
      hub.monitoring.history({ encounterId, from, to }),
    ]);
    return { series: groups.flat(), scores, to };
  });
  const until = stored.data?.to ?? Number.POSITIVE_INFINITY;
  const spanMs = stored.data?.series[0]?.spanMs ?? (hours * HOUR_MS) / TREND_POINTS;
  const tail = useMemo(() => new LiveTail(spanMs, until), [spanMs, until]);
  // Taken in while drawing, as taking twice changes nothing: a chart drawn a moment later would lag behind the panel.
  const grown = useMemo(() => {
    if (live && live.patient?.encounterId === encounterId) tail.take(live);
    return { tail };
  }, [live, tail, encounterId]);
  return { stored, grown };
}
