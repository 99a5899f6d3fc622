import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { KpiSeries } from '#domain/flow/kpi.ts';
import { useLink, useQueryOf, useWards, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { type Period, type PeriodAsked, periodOf } from './period.ts';

/** Figures are read anew this often, ms, and whenever a person asks. */
const READ_EVERY_MS = 300_000;

/** What the address holds besides what belongs to a list. */
export interface FigureSearch extends PeriodAsked {
  /** A ward's id; left out: the house. */
  readonly ward?: string | undefined;
  /** What is open under the tiles. */
  readonly list?: string | undefined;
  /** The figure it was opened from. */
  readonly of?: string | undefined;
  /** Of a list: only lines of more than so many days. */
  readonly over?: number | undefined;
}

export interface Asked extends Period {
  readonly ward?: string;
}

/** An address without anything open under the tiles. */
export const NOTHING_OPEN = { list: undefined, of: undefined, over: undefined } as const satisfies FigureSearch;

export function useFigureSearch(): readonly [FigureSearch, (changes: FigureSearch) => void] {
  const search = useSearch({ strict: false }) as FigureSearch;
  const navigate = useNavigate();
  return [search, (changes) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...changes }) })];
}

interface Question {
  readonly asked: Asked;
  /** Undefined for the house. */
  readonly wardName: string | undefined;
  again(): void;
}

/** What the address asks, with the moment it is asked at: that moves on by itself now and then, and by `again`. */
export function useQuestion(): Question {
  const [{ ward, period, from, to }] = useFigureSearch();
  const zone = useZone();
  const { hubNow } = useLink();
  const wards = useWards().data;
  const step = useNow(READ_EVERY_MS);
  const [now, setNow] = useState(hubNow);
  useEffect(() => setNow((before) => Math.max(before, step)), [step]);
  const asked = useMemo(
    () => ({ ...periodOf({ period, from, to }, Math.floor(now), zone), ...(ward === undefined ? {} : { ward }) }),
    [period, from, to, now, zone, ward],
  );
  return { asked, wardName: wards?.find(({ id }) => id === ward)?.name, again: () => setNow(hubNow()) };
}

export function useKpis(asked: Asked) {
  return useQueryOf(['figures', 'kpis', asked], (hub) => hub.flow.kpis(asked), { placeholderData: keepPreviousData });
}

export function useSeries(asked: Asked, series: KpiSeries) {
  return useQueryOf(['figures', 'series', series, asked], (hub) => hub.flow.kpiSeries({ ...asked, series }), {
    placeholderData: keepPreviousData,
  });
}
