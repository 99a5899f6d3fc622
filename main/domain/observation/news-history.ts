import { metricOf } from './metric.ts';
import { type Consciousness, type MonitoringInterval, type NewsScore, type NewsSet, scoreNews2 } from './news2.ts';
import type { Sample } from './observation.ts';
import { MEDIAN_MAX_AGE_MS, nextInterval, spotValidMs } from './score-window.ts';

/** What is stored of one stay, each list oldest first. */
export interface StoredSeries {
  /** Minute means of continuous metrics by code, each at its minute's last ms: `hr`, `pr`, `rr`, `spo2`, `art-sys`. */
  readonly minutes: Readonly<Record<string, readonly Sample[]>>;
  /** Values that count by the spot rule, by code, from cuffs, thermometers and people. */
  readonly spots: Readonly<Record<string, readonly Sample[]>>;
}

interface Facts {
  readonly spo2Scale: 1 | 2;
  readonly pregnant: boolean;
  readonly ageYears: number | null;
}

export interface ScoreAt {
  readonly at: number;
  readonly score: NewsScore;
}

/**
 * NEWS2 as it stood at each of `times` (ascending), from stored values by the rules of the live score; a continuous
 * value is the mean of its newest minute, where the live score takes the median.
 */
export function scoresAt(times: readonly number[], series: StoredSeries, facts: Facts): ScoreAt[] {
  const minutes = cursors(series.minutes);
  const spots = cursors(series.spots);
  let interval: MonitoringInterval = '12h';
  return times.map((at) => {
    const score = scoreNews2(setAt(at, minutes, spots, facts, interval));
    const next = nextInterval(interval, score);
    // A stricter interval expires older spot values at once, so the score is asked again under it.
    const settled = next === interval ? score : scoreNews2(setAt(at, minutes, spots, facts, next));
    interval = nextInterval(next, settled);
    return { at, score: settled };
  });
}

type Cursors = Readonly<Record<string, (at: number) => Sample | null>>;

/** For each code: the newest sample at or before a time that only grows. */
function cursors(lists: Readonly<Record<string, readonly Sample[]>>): Cursors {
  return Object.fromEntries(
    Object.entries(lists).map(([code, samples]) => {
      let index = -1;
      return [
        code,
        (at: number) => {
          while (index + 1 < samples.length && (samples[index + 1] as Sample).at <= at) index += 1;
          return samples[index] ?? null;
        },
      ];
    }),
  );
}

function setAt(at: number, minutes: Cursors, spots: Cursors, facts: Facts, interval: MonitoringInterval): NewsSet {
  const validMs = spotValidMs(interval);
  const spot = (code: string): Sample | null => {
    const sample = spots[code]?.(at) ?? null;
    return sample !== null && at - sample.at <= validMs ? sample : null;
  };
  const counted = (code: string): number | null => {
    const minute = minutes[code]?.(at) ?? null;
    if (minute !== null && at - minute.at <= MEDIAN_MAX_AGE_MS) return minute.value;
    return spot(code)?.value ?? null;
  };
  const acvpu = spot('acvpu');
  return {
    ...facts,
    rr: counted('rr'),
    spo2: counted('spo2'),
    pulse: counted('hr') ?? counted('pr'),
    sbp: counted('art-sys') ?? spot('nibp-sys')?.value ?? null,
    temp: spot('temp')?.value ?? null,
    acvpu: acvpu === null ? null : (metricOf('acvpu')?.codes?.[acvpu.value] as Consciousness),
    oxygen: oxygenAt(spot('oxygen'), spot('o2-flow')),
  };
}

function oxygenAt(charted: Sample | null, flow: Sample | null): boolean | null {
  if (flow !== null && (charted === null || flow.at >= charted.at)) return flow.value > 0;
  return charted === null ? null : charted.value === 1;
}
