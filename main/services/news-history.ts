import type { Store } from '#domain/clinic/store.ts';
import type { EncounterId } from '#domain/ids.ts';
import { type ScoreAt, type StoredSeries, scoresAt } from '#domain/observation/news-history.ts';
import type { Sample } from '#domain/observation/observation.ts';
import { ageInYears } from '#domain/patient/patient.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import type { EncounterSeries, SeriesOf } from './encounter-series.ts';

const CONTINUOUS = ['hr', 'pr', 'rr', 'spo2', 'art-sys'] as const;
const DEVICE_SPOTS = ['temp', 'nibp-sys', 'o2-flow', 'acvpu'] as const;
/** The longest a spot value can count: values this old are read too. */
const LOOK_BACK_MS = 15 * HOUR_MS;

export interface NewsHistoryDeps {
  readonly store: Pick<Store, 'numerics' | 'observations' | 'encounters' | 'patients'>;
  readonly seriesOf: SeriesOf;
  /** The clinic's date (`YYYY-MM-DD`) at a time. */
  dateOf(at: number): string;
}

/** NEWS2 of one stay at each of `times` (ascending epoch ms), worked out from the store. Empty for an unknown stay. */
export function newsHistory(
  { store, seriesOf, dateOf }: NewsHistoryDeps,
  encounterId: EncounterId,
  times: readonly number[],
): ScoreAt[] {
  const encounter = store.encounters.find(encounterId);
  const first = times[0];
  const last = times.at(-1);
  if (!encounter || first === undefined || last === undefined) return [];
  const patient = store.patients.find(encounter.patientId);
  const spans = seriesOf(encounterId, first - LOOK_BACK_MS, last + 1);
  return scoresAt(times, storedSeries(store, spans, encounterId, first, last), {
    spo2Scale: encounter.spo2Scale,
    pregnant: encounter.pregnant,
    ageYears: ageInYears(patient?.birthDate ?? null, dateOf(last)),
  });
}

function storedSeries(
  { numerics, observations }: NewsHistoryDeps['store'],
  spans: readonly EncounterSeries[],
  encounterId: EncounterId,
  first: number,
  last: number,
): StoredSeries {
  const recent = first - 10 * MINUTE_MS;
  const minutes = Object.fromEntries(
    CONTINUOUS.map((code) => [
      code,
      merged(
        spans.map(({ deviceId, from, to }) =>
          numerics
            .minutes(deviceId, code, Math.max(from, recent), to)
            .map(({ at, mean }) => ({ at: lastMsOf(at), value: mean })),
        ),
      ),
    ]),
  );
  const spots: Record<string, Sample[]> = Object.fromEntries(
    DEVICE_SPOTS.map((code) => [
      code,
      merged(
        spans.map(({ deviceId, from, to }) =>
          numerics
            .minutes(deviceId, code, from, to)
            .map(({ at, mean }) => ({ at: lastMsOf(at), value: code === 'acvpu' ? Math.round(mean) : mean })),
        ),
      ),
    ]),
  );
  for (const { code, observedAt, value } of observations.list(encounterId, first - LOOK_BACK_MS, last + 1)) {
    const list = spots[code] ?? [];
    list.push({ at: observedAt, value });
    spots[code] = list;
  }
  for (const list of Object.values(spots)) list.sort((one, other) => one.at - other.at);
  return { minutes, spots };
}

/** A minute counts from its end on: nothing is scored before it was measured. */
function lastMsOf(minute: number): number {
  return minute + MINUTE_MS - 1;
}

function merged(lists: readonly (readonly Sample[])[]): Sample[] {
  return lists.flat().sort((one, other) => one.at - other.at);
}
