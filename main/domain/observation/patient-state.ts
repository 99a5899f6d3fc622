import type { Priority } from '../alarm/alarm.ts';
import { LimitJudge, type Side } from '../alarm/limit-judge.ts';
import type { EffectiveLimits } from '../alarm/limits.ts';
import type { MetricState } from '../alarm/rules/rule.ts';
import type { AcceptedReading } from '../device/intake.ts';
import { MINUTE_MS, SECOND_MS } from '../time.ts';
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
  absent: { why: string; since: number; saidAt: number } | null;
  /** Time between the last two values; tells what silence means for a series slower than the bedside's. Null before two. */
  spacingMs: number | null;
  readonly window: ScoreWindow | null;
  /** Newest value that counts by the spot rule. */
  spot: Taken | null;
  readonly judge: LimitJudge;
  /** Whether its limits had something to say when last asked: only then is there something to end. */
  alarming: boolean;
  limits: EffectiveLimits | undefined;
}

/** A pulse faster than this with neither heart rate nor breathing to confirm it is the sensor's artefact, not the heart's. */
const PULSE_ARTEFACT_ABOVE = 220;

/** Silence after which nothing can be said of a limit any more. */
const SILENT_MS = MINUTE_MS;
/** An absence nobody has repeated for this long is over: the device no longer measures, or no longer speaks. */
const ABSENCE_KEPT_MS = 90 * SECOND_MS;
const LONGEST_SPACING_MS = 30 * MINUTE_MS;

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

  /**
   * Takes a live message in. Older values than the newest of their metric change nothing; those of a `spot` device are
   * judged one by one. Answers the tracks to judge.
   */
  accept(reading: AcceptedReading, spot = false): Track[] {
    const touched: Track[] = [];
    for (const { code, why } of reading.absent) this.#markAbsent(code, why, reading);
    for (const code of reading.implausible) this.#markAbsent(code, 'implausible', reading);
    for (let index = 0; index < reading.codes.length; index += 1) {
      const track = this.#take(
        reading.codes[index] as string,
        reading.values[index] as number,
        reading.at,
        reading.deviceId,
        spot,
      );
      if (track) touched.push(track);
    }
    return touched;
  }

  /** Takes a charted value in, if it is the newest of its metric. One taken long ago is shown and scored, not judged. */
  chart(code: string, value: number, at: number, judged: boolean): Track | null {
    const track = this.#track(code);
    if (!track) return null;
    if (track.spot === null || at >= track.spot.at) track.spot = { value, at, source: 'charted' };
    if (code === 'oxygen' || code === 'o2-flow') this.refreshLimits();
    if (track.at !== null && at < track.at) return null;
    setValue(track, value, at, 'charted');
    track.absent = null;
    if (!judged || !track.limits) return null;
    // A person looked: no second value is waited for.
    track.judge.judge(at, value, atOnce(track.limits), 0);
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

  /** Judges the values there are by the limits now in force; answers the tracks it judged. */
  rejudge(now: number): Track[] {
    return [...this.tracks.values()].filter((track) => {
      if (track.value === null || track.at === null || !track.limits || !this.available(track.code, now)) return false;
      track.judge.judge(track.at, track.value, track.limits, breakOf(track));
      return true;
    });
  }

  /** A limit alarm of this metric was on when the hub stopped. */
  resume(code: string, side: Side, priority: Priority): void {
    const track = this.#track(code);
    if (!track) return;
    track.judge.resume(side, priority);
    track.alarming = true;
  }

  /** Tracks whose values have stopped: what was true of their limits can no longer be said. Forgets old absences. */
  silenced(now: number): Track[] {
    const silent: Track[] = [];
    for (const track of this.tracks.values()) {
      const { absent, spacingMs, metric } = track;
      if (absent && now - absent.saidAt > Math.max(ABSENCE_KEPT_MS, 3 * (spacingMs ?? 0))) track.absent = null;
      if (track.judge.quiet) continue;
      const patience = Math.max(SILENT_MS, 3 * (spacingMs ?? 0), metric.intervalMs * 2);
      if (track.at !== null && now - track.at <= patience) continue;
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
    return now - track.at <= Math.max(track.metric.staleAfterMs ?? 0, 2.5 * (track.spacingMs ?? 0));
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

  #take(code: string, value: number, at: number, source: string, spot: boolean): Track | null {
    const track = this.#track(code);
    if (!track || (track.at !== null && at < track.at) || heldByAnother(track, source, at)) return null;
    if (code === 'pr' && this.#isArtefact(value, at)) {
      markAbsent(track, 'artefact', at);
      return track;
    }
    const breakMs = breakOf(track, at);
    if (track.at !== null && at > track.at) track.spacingMs = Math.min(at - track.at, LONGEST_SPACING_MS);
    setValue(track, value, at, source);
    track.absent = null;
    track.window?.add(at, value);
    if (track.metric.score === 'spot') this.#takeSpot(track, value, at, source);
    // The heart rate speaks for the pulse while there is one.
    if (code === 'pr' && this.available('hr', at)) track.judge.reset();
    else if (track.limits) track.judge.judge(at, value, spot ? atOnce(track.limits) : track.limits, breakMs);
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
    if (!track || (track.at !== null && reading.at < track.at) || heldByAnother(track, reading.deviceId, reading.at))
      return;
    if (track.source === '') track.source = reading.deviceId;
    markAbsent(track, why, reading.at);
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
      spacingMs: null,
      window: metric.score === 'median' ? new ScoreWindow() : null,
      spot: null,
      judge: new LimitJudge(),
      alarming: false,
      limits: this.#limitsOf(code, onOxygen),
    };
    this.tracks.set(code, track);
    return track;
  }
}

/** Limits without their delays. */
function atOnce(limits: EffectiveLimits): EffectiveLimits {
  return { ...limits, delayHighMs: 0, delayMediumMs: 0 };
}

function setValue(track: Track, value: number, at: number, source: string): void {
  track.value = value;
  track.at = at;
  track.source = source;
}

function markAbsent(track: Track, why: string, at: number): void {
  track.absent = { why, since: track.absent?.since ?? at, saidAt: at };
}

/**
 * Whether another device gives this continuous metric now: two sensors must not take turns in one series, nor one's
 * absence hide the other's values. A device gives way when it falls silent or says it has no value.
 */
function heldByAnother({ source, metric, absent, at }: Track, device: string, now: number): boolean {
  if (source === device || source === '' || source === 'charted' || metric.score !== 'median') return false;
  return absent === null && at !== null && now - at <= (metric.staleAfterMs ?? 0);
}

/** Silence that breaks a run of values of this series: as long as it takes to look old, or three of its own steps. */
function breakOf({ metric, spacingMs, at }: Track, next?: number): number {
  const step = spacingMs ?? (at === null || next === undefined ? 0 : next - at);
  return Math.max(metric.staleAfterMs ?? 0, 3 * step);
}
