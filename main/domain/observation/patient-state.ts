import { LimitJudge } from '../alarm/limit-judge.ts';
import type { EffectiveLimits } from '../alarm/limits.ts';
import type { MetricState } from '../alarm/rules/rule.ts';
import type { AcceptedReading } from '../device/intake.ts';
import { MINUTE_MS } from '../time.ts';
import { type Metric, metricOf } from './metric.ts';
import { type Consciousness, type MonitoringInterval, type NewsScore, type NewsSet, scoreNews2 } from './news2.ts';
import { nextInterval, ScoreWindow, spotValidMs } from './score-window.ts';

/** A single value with when it was taken and by what: a device id, or `charted`. */
export interface Taken {
  readonly value: number;
  readonly at: number;
  readonly source: string;
}

/** What is known of one metric of one patient. */
export interface Track extends MetricState {
  readonly code: string;
  readonly metric: Metric;
  value: number | null;
  at: number | null;
  source: string;
  absent: { why: string; since: number } | null;
  /** Time between the last two values; tells what silence means for a series slower than the bedside's. */
  spacingMs: number;
  readonly window: ScoreWindow | null;
  /** Newest value that counts by the spot rule. */
  spot: Taken | null;
  readonly judge: LimitJudge;
  limits: EffectiveLimits | undefined;
}

/** A pulse faster than this with neither heart rate nor breathing to confirm it is the sensor's artefact, not the heart's. */
export const PULSE_ARTEFACT_ABOVE = 220;

/** Silence after which nothing can be said of a limit any more. */
const SILENT_MS = MINUTE_MS;

interface PatientFacts {
  readonly spo2Scale: 1 | 2;
  readonly pregnant: boolean;
  readonly ageYears: number | null;
}

/** The newest of everything known of one patient, and the early warning score that follows. Holds no clock. */
export class PatientState {
  readonly tracks = new Map<string, Track>();
  facts: PatientFacts;
  interval: MonitoringInterval = '12h';
  score: NewsScore | null = null;
  /** What `score` was worked out from. */
  scoredSet: NewsSet = {};
  readonly #limitsOf: (code: string, onOxygen: boolean) => EffectiveLimits | undefined;

  constructor(facts: PatientFacts, limitsOf: (code: string, onOxygen: boolean) => EffectiveLimits | undefined) {
    this.facts = facts;
    this.#limitsOf = limitsOf;
  }

  /** Takes a live message in. Older values than the newest of their metric change nothing. Answers codes to judge. */
  accept(reading: AcceptedReading): Track[] {
    const touched: Track[] = [];
    for (const { code, why } of reading.absent) this.#markAbsent(code, why, reading);
    for (const code of reading.implausible) this.#markAbsent(code, 'implausible', reading);
    for (let index = 0; index < reading.codes.length; index += 1) {
      const track = this.#take(
        reading.codes[index] as string,
        reading.values[index] as number,
        reading.at,
        reading.deviceId,
      );
      if (track) touched.push(track);
    }
    return touched;
  }

  /** Takes a charted value in, if it is the newest of its metric. */
  chart(code: string, value: number, at: number): Track | null {
    const track = this.#track(code);
    if (!track) return null;
    if (track.spot === null || at >= track.spot.at) track.spot = { value, at, source: 'charted' };
    if (code === 'oxygen' || code === 'o2-flow') this.refreshLimits();
    if (track.at !== null && at < track.at) return null;
    setValue(track, value, at, 'charted');
    track.absent = null;
    if (track.limits) track.judge.judge(at, value, track.limits);
    return track;
  }

  /** Puts a stored value back after a restart: shown with its age, judged by nothing. */
  recall(code: string, value: number, at: number, source: string): void {
    const track = this.#track(code);
    if (!track) return;
    if (track.at === null || at > track.at) setValue(track, value, at, source);
    track.window?.add(at, value);
    if (track.metric.score === 'spot' && (track.spot === null || at > track.spot.at))
      track.spot = { value, at, source };
  }

  /** Oxygen, scale or personal limits changed: asks again which limits are in force. */
  refreshLimits(): void {
    const onOxygen = this.oxygen(Number.POSITIVE_INFINITY)?.value === 1;
    for (const track of this.tracks.values()) track.limits = this.#limitsOf(track.code, onOxygen);
  }

  /** Tracks whose values have stopped: what was true of their limits can no longer be said. */
  silenced(now: number): Track[] {
    const silent: Track[] = [];
    for (const track of this.tracks.values()) {
      if (track.judge.quiet || track.at === null || track.metric.staleAfterMs === null) continue;
      if (now - track.at <= Math.max(SILENT_MS, 3 * track.spacingMs, track.metric.intervalMs * 2)) continue;
      track.judge.reset();
      silent.push(track);
    }
    return silent;
  }

  /** NEWS2 at `now`; remembers the monitoring interval, which decides how long spot values count. */
  evaluate(now: number): NewsScore {
    const set = this.newsSet(now);
    const score = scoreNews2(set);
    this.interval = nextInterval(this.interval, score);
    this.score = score;
    this.scoredSet = set;
    return score;
  }

  newsSet(now: number): NewsSet {
    const { spo2Scale, pregnant, ageYears } = this.facts;
    const acvpu = this.#spot('acvpu', now);
    const oxygen = this.oxygen(now);
    return {
      spo2Scale,
      pregnant,
      ageYears,
      rr: this.#counted('rr', now),
      spo2: this.#counted('spo2', now),
      pulse: this.#counted('hr', now) ?? this.#counted('pr', now),
      sbp: this.#counted('art-sys', now) ?? this.#spot('nibp-sys', now)?.value ?? null,
      temp: this.#spot('temp', now)?.value ?? null,
      acvpu: acvpu === null ? null : (metricOf('acvpu')?.codes?.[acvpu.value] as Consciousness),
      oxygen: oxygen === null ? null : oxygen.value === 1,
    };
  }

  /** Whether oxygen is given, by the newest of what was charted and what flows; null when neither counts any more. */
  oxygen(now: number): Taken | null {
    const charted = this.#spot('oxygen', now);
    const flow = this.#spot('o2-flow', now);
    if (flow === null || (charted !== null && charted.at > flow.at)) return charted;
    return { ...flow, value: flow.value > 0 ? 1 : 0 };
  }

  /** Whether a metric has a value now that may confirm another. */
  available(code: string, now: number): boolean {
    const track = this.tracks.get(code);
    if (!track || track.at === null || track.absent !== null) return false;
    return now - track.at <= Math.max(track.metric.staleAfterMs ?? 0, 2.5 * track.spacingMs);
  }

  #counted(code: string, now: number): number | null {
    const median = this.tracks.get(code)?.window?.median(now) ?? null;
    return median ?? this.#spot(code, now)?.value ?? null;
  }

  #spot(code: string, now: number): Taken | null {
    const spot = this.tracks.get(code)?.spot ?? null;
    if (spot === null) return null;
    return now === Number.POSITIVE_INFINITY || now - spot.at <= spotValidMs(this.interval) ? spot : null;
  }

  #take(code: string, value: number, at: number, source: string): Track | null {
    const track = this.#track(code);
    if (!track || (track.at !== null && at < track.at)) return null;
    if (code === 'pr' && this.#isArtefact(value, at)) {
      markAbsent(track, 'artefact', at);
      return track;
    }
    if (track.at !== null && at > track.at) track.spacingMs = Math.min(at - track.at, 5 * MINUTE_MS);
    setValue(track, value, at, source);
    track.absent = null;
    track.window?.add(at, value);
    if (track.metric.score === 'spot') this.#takeSpot(track, value, at, source);
    if (track.limits && !(code === 'pr' && this.available('hr', at))) track.judge.judge(at, value, track.limits);
    return track;
  }

  #takeSpot(track: Track, value: number, at: number, source: string): void {
    const before = track.spot?.value;
    track.spot = { value, at, source };
    if (track.code === 'o2-flow' && (before === undefined || before > 0 !== value > 0)) this.refreshLimits();
  }

  #isArtefact(value: number, at: number): boolean {
    return value > PULSE_ARTEFACT_ABOVE && !this.available('hr', at) && !this.available('rr', at);
  }

  #markAbsent(code: string, why: string, reading: AcceptedReading): void {
    const track = this.#track(code);
    if (track && (track.at === null || reading.at >= track.at)) markAbsent(track, why, reading.at);
  }

  #track(code: string): Track | undefined {
    const known = this.tracks.get(code);
    if (known) return known;
    const metric = metricOf(code);
    if (!metric) return undefined;
    const onOxygen = this.oxygen(Number.POSITIVE_INFINITY)?.value === 1;
    const track: Track = {
      code,
      metric,
      value: null,
      at: null,
      source: '',
      absent: null,
      spacingMs: metric.intervalMs,
      window: metric.score === 'median' ? new ScoreWindow() : null,
      spot: null,
      judge: new LimitJudge(),
      limits: this.#limitsOf(code, onOxygen),
    };
    this.tracks.set(code, track);
    return track;
  }
}

function setValue(track: Track, value: number, at: number, source: string): void {
  track.value = value;
  track.at = at;
  track.source = source;
}

function markAbsent(track: Track, why: string, at: number): void {
  track.absent = { why, since: track.absent?.since ?? at };
  track.judge.forgetRun();
}
