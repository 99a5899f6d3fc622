import type Database from 'better-sqlite3';
import { sumCensus } from '#domain/flow/census.ts';
import type { FigureQuestion, ForecastAsked } from '#domain/flow/figures.ts';
import { forecast, HISTORY_MS } from '#domain/flow/forecast.ts';
import type { KpiList, KpiSeries } from '#domain/flow/kpi.ts';
import { kpisOf } from '#domain/flow/kpi-rules.ts';
import { createCalendars, createFactReading, type FactReading } from './facts.ts';
import { createHistoryReading } from './history.ts';
import { createListReading } from './list.ts';
import { SERIES } from './series.ts';

/** What the figures thread is asked. */
export type FigureAsked =
  | { readonly kind: 'kpis'; readonly question: FigureQuestion }
  | { readonly kind: 'list'; readonly question: FigureQuestion & { readonly list: KpiList; readonly limit: number } }
  | { readonly kind: 'series'; readonly question: FigureQuestion & { readonly series: KpiSeries } }
  | { readonly kind: 'forecast'; readonly question: ForecastAsked };

/** Answers questions on one connection, each from one moment of the store. */
export function createFigureAnswers(db: Database.Database): (asked: FigureAsked) => unknown {
  const daysOf = createCalendars();
  const factsOf = createFactReading(db, daysOf);
  const list = createListReading(db);
  const history = createHistoryReading(db);
  const forecastOf = ({ hours, now, wardId, timeZone }: ForecastAsked) =>
    forecast({ history: history({ from: now - HISTORY_MS, now, wardId }), days: daysOf(timeZone), now, hours });
  const answer = (asked: FigureAsked): unknown => {
    switch (asked.kind) {
      case 'kpis':
        return kpis(factsOf(asked.question), asked.question.now);
      case 'list':
        return list(factsOf(asked.question), asked.question);
      case 'series':
        return SERIES[asked.question.series](factsOf(asked.question));
      case 'forecast':
        return forecastOf(asked.question);
    }
  };
  return db.transaction(answer);
}

function kpis(reading: FactReading, at: number) {
  const facts = {
    discharges: reading.leavings(),
    admissions: reading.admissionCount(),
    cleanings: reading.cleanings(),
    boardings: reading.boardings(),
    waits: reading.waits(),
    attendances: reading.attendances(),
    present: reading.present(),
    census: sumCensus(reading.census()),
  };
  return kpisOf(facts, reading.days, at);
}
