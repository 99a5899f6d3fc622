import type { contract } from '#contract';
import type { CallContext, HandlersOf } from '#contract/handlers.ts';
import type { Store } from '#domain/clinic/store.ts';
import { ClinicError } from '#domain/clinic-error.ts';
import type { Encounter } from '#domain/encounter/encounter.ts';
import type { DeviceId, EncounterId, PatientId } from '#domain/ids.ts';
import {
  type ChartingRefusal,
  chartAt,
  chartValues,
  type ImplausibleValue,
  type WrittenValue,
} from '#domain/observation/charting.ts';
import { metricOf, worded } from '#domain/observation/metric.ts';
import type { ChartedObservation, MinuteAggregate, Sample } from '#domain/observation/observation.ts';
import {
  endingWith,
  gather,
  lastOfSpans,
  mergeSources,
  newestOfSpans,
  planTrend,
  shownAsReadings,
  type TrendPlan,
  type TrendPoint,
  wholeMinutes,
} from '#domain/observation/trend.ts';
import type { ClinicChanges } from './changes.ts';
import { entryBy, found, refused } from './command.ts';
import type { EncounterSeries, SeriesOf } from './encounter-series.ts';

type ObservationsDeps = Pick<Store, 'encounters' | 'observations' | 'numerics' | 'ledger'> & {
  readonly seriesOf: SeriesOf;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly changed: ClinicChanges;
};

/** What people chart, and series for charts. */
export function createObservations(deps: ObservationsDeps): HandlersOf<typeof contract.observations> {
  const { encounters, observations, seriesOf } = deps;
  return {
    record: (input, context) => context.commit((afterCommit) => chart(deps, input, context, afterCommit)),

    trend: ({ encounterId, codes, from, to, points }) => {
      found(encounters.find(encounterId), 'This stay');
      if (from >= to) throw new ClinicError('invalid-input', 'A trend needs a beginning before its end.');
      const plan = planTrend(from, to, points);
      const series = seriesOf(encounterId, from, to);
      return codes.map((code) => ({
        code,
        unit: metricOf(code)?.unit ?? '',
        spanMs: plan.spanMs,
        points: drawSeries(deps, series, code, plan),
        charted: observations
          .list(encounterId, from, to, code)
          .map(({ observedAt, value }) => ({ at: observedAt, value: worded(code, value) })),
      }));
    },
  };
}

interface Written {
  readonly encounterId?: EncounterId;
  readonly patientId?: PatientId;
  readonly observedAt?: number;
  readonly values: Readonly<Record<string, WrittenValue | undefined>>;
}

function chart(deps: ObservationsDeps, input: Written, context: CallContext, afterCommit: (tell: () => void) => void) {
  const { observations, ledger, clock, newId, changed } = deps;
  const encounter = stayOf(deps, input);
  const now = clock();
  const observedAt = input.observedAt ?? now;
  const moment = chartAt(encounter, observedAt, now);
  if (!moment.ok) throw refused(moment.refusal, CHARTING_WORDS[moment.refusal]);
  const outcome = chartValues(input.values);
  if ('implausible' in outcome) throw refused('implausible', implausibleWords(outcome.implausible));
  if (outcome.values.length === 0) throw new ClinicError('invalid-input', 'There is no value to record.');
  const charted: ChartedObservation[] = outcome.values.map(({ code, value }) => ({
    id: newId(),
    encounterId: encounter.id,
    code,
    value,
    observedAt,
    recordedAt: now,
    recordedBy: context.actor.id,
  }));
  observations.append(charted);
  const values = Object.fromEntries(charted.map(({ code, value }) => [code, worded(code, value)]));
  const after = { observedAt, values };
  ledger.append(entryBy(context, now, { act: 'observation.recorded', subject: encounter.id, before: null, after }));
  afterCommit(() => changed.observation(encounter.id, charted));
  return { recorded: charted.length, observedAt };
}

function stayOf({ encounters }: ObservationsDeps, { encounterId, patientId }: Written): Encounter {
  if (encounterId !== undefined) {
    const encounter = found(encounters.find(encounterId), 'This stay');
    if (patientId === undefined || encounter.patientId === patientId) return encounter;
    throw new ClinicError('invalid-input', 'The stay named is not this patient’s. Nothing was saved.');
  }
  if (patientId === undefined) throw new ClinicError('invalid-input', 'Name a stay or a patient.');
  const open = encounters.findOpen(patientId);
  if (!open) throw refused('no-open-encounter', 'This patient has no open stay. Nothing was saved.');
  return open;
}

const CHARTING_WORDS: Record<ChartingRefusal, string> = {
  'in-future': 'The time observed lies in the future. Nothing was saved.',
  'before-encounter': 'The time observed lies before this stay began. Nothing was saved.',
  'after-encounter': 'The time observed lies after this stay ended. Nothing was saved.',
};

function implausibleWords({ code, value, plausible: [least, greatest], unit }: ImplausibleValue): string {
  const range = `${least} to ${greatest}${unit && ` ${unit}`}`;
  return `${metricOf(code)?.label ?? code} (${code}) ${value} is not plausible: ${range}. Nothing was saved.`;
}

/** One code's points: each device's values gathered apart, the patient's own devices before the bed's. */
function drawSeries(
  deps: ObservationsDeps,
  series: readonly EncounterSeries[],
  code: string,
  plan: TrendPlan,
): TrendPoint[] {
  const { spanMs } = plan;
  const sources = new Map<string, EncounterSeries[]>();
  for (const entry of series) {
    const key = `${entry.tiedTo} ${entry.deviceId}`;
    sources.set(key, [...(sources.get(key) ?? []), entry]);
  }
  const gathered = [...sources.values()].map((spans) => {
    const read = spans.map(({ deviceId, from, to }) => valuesOf(deps, deviceId, code, from, to, plan));
    const raw = read.flatMap((values) => values.raw);
    return gather(
      shownAsReadings(code) ? lastOfSpans(raw, spanMs) : raw,
      read.flatMap(({ minutes }) => minutes),
      spanMs,
    );
  });
  const points = mergeSources(gathered, spanMs);
  const end = points.at(-1)?.[0] ?? 0;
  return endingWith(points, newestSince(deps, [...sources.values()], code, Math.floor(end / spanMs) * spanMs));
}

/** The newest value from `since` on of the first source that has one. */
function newestSince(
  { numerics }: ObservationsDeps,
  sources: readonly (readonly EncounterSeries[])[],
  code: string,
  since: number,
): Sample | undefined {
  for (const spans of sources) {
    const found = spans.flatMap(
      ({ deviceId, from, to }) => numerics.latest(deviceId, code, Math.max(from, since) - 1, to - 1) ?? [],
    );
    if (found.length > 0) return found.reduce((one, other) => (other.at > one.at ? other : one));
  }
  return undefined;
}

interface ReadValues {
  readonly raw: readonly Sample[];
  readonly minutes: readonly MinuteAggregate[];
}

function valuesOf(
  { numerics }: ObservationsDeps,
  deviceId: DeviceId,
  code: string,
  from: number,
  to: number,
  { source, spanMs }: TrendPlan,
): ReadValues {
  if (shownAsReadings(code)) {
    const latest = (since: number, at: number) => numerics.latest(deviceId, code, since, at);
    return { raw: newestOfSpans({ from, to }, spanMs, latest), minutes: [] };
  }
  if (source === 'raw') return { raw: numerics.raw(deviceId, code, from, to), minutes: [] };
  // A minute in which the bed changed hands holds two patients' values: its ends are read one by one.
  const { whole, ragged } = wholeMinutes(from, to);
  return {
    raw: ragged.flatMap(([start, end]) => numerics.raw(deviceId, code, start, end)),
    minutes: whole ? numerics.minutes(deviceId, code, ...whole) : [],
  };
}
