import type { contract } from '#contract';
import type { HandlersOf } from '#contract/handlers.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import { scoreNews2 } from '#domain/observation/news2.ts';
import { MINUTE_MS } from '#domain/time.ts';
import { type NewsHistoryDeps, newsHistory } from './news-history.ts';

const MOST_POINTS = 2_000;

/** The score of a set somebody asks about, and of a stay as it was. */
export function createMonitoring(deps: NewsHistoryDeps): HandlersOf<typeof contract.monitoring> {
  return {
    score: (set) => scoreNews2(set),
    history: ({ encounterId, from, to }) => {
      if (!deps.store.encounters.find(encounterId)) throw new ClinicError('not-found', 'No such stay.');
      const step = Math.max(MINUTE_MS, Math.ceil((to - from) / MOST_POINTS / MINUTE_MS) * MINUTE_MS);
      const times: number[] = [];
      for (let at = Math.ceil(from / step) * step; at < to; at += step) times.push(at);
      return newsHistory(deps, encounterId, times)
        .filter(({ score }) => score.missing.length < 7)
        .map(({ at, score: { total, complete, singleRed, missing } }) => ({ at, total, complete, singleRed, missing }));
    },
  };
}
