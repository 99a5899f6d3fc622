import { clamp } from './drift.ts';
import { createRandom, type Random } from './random.ts';

/**
 * A heart after McSharry, Clifford, Tarassenko and Smith, IEEE Trans Biomed Eng 50 (2003) 289: a point runs round a
 * unit circle once a beat while a third equation is pushed up and down near the angles of P, Q, R, S and T.
 */

export type Lead = 'ecg-i' | 'ecg-ii' | 'ecg-v';

/** One push on the third equation: where (rad, R at 0), how strong, how wide (rad). */
interface Bump {
  readonly angle: number;
  readonly strength: number;
  readonly width: number;
}
type Morphology = readonly Bump[];

export interface HeartOptions {
  readonly seed: number;
  /** Samples a second of `advance`. */
  readonly rate: number;
  readonly leads?: readonly Lead[];
}

/** One sample: millivolts per lead in the order asked for, and where in the beat it lies. */
export interface HeartSample {
  readonly millivolts: readonly number[];
  /** Angle in the beat, -pi to pi, R at 0. */
  readonly phase: number;
  /** How much blood this beat moves, against a normal one. */
  readonly stroke: number;
}

export interface Heart {
  /** What the next beats follow; rates in /min. */
  command(order: { heartRate: number; breathingRate: number; rhythm: 'sinus' | 'af' }): void;
  /** Makes the next beat a ventricular one: early, wide, without P, and followed by a full pause. */
  ectopic(): void;
  next(): HeartSample;
}

/** Table I of the paper: P, Q, R, S, T. Strengths are per turn, so that amplitude does not change with the rate. */
const NORMAL: Morphology = [
  { angle: -Math.PI / 3, strength: 1.2, width: 0.25 },
  { angle: -Math.PI / 12, strength: -5, width: 0.1 },
  { angle: 0, strength: 30, width: 0.1 },
  { angle: Math.PI / 12, strength: -7.5, width: 0.1 },
  { angle: Math.PI / 2, strength: 0.75, width: 0.4 },
];
/** A beat from the ventricle: one broad R a quarter turn early, a deep broad S, T against it. */
const ECTOPIC: Morphology = [
  { angle: -1.7, strength: 3.4, width: 0.36 },
  { angle: -0.75, strength: -1.8, width: 0.3 },
  { angle: 0.35, strength: -0.9, width: 0.5 },
];
/** How each lead sees the bumps of a normal beat. */
const LEADS: Readonly<Record<Lead, readonly number[]>> = {
  'ecg-i': [0.6, 0.8, 0.62, 0.5, 0.7],
  'ecg-ii': [1, 1, 1, 1, 1],
  'ecg-v': [0.7, 1.2, 0.75, 3.2, 1.3],
};
/** From the model's units to millivolts: R of lead II about 1.1 mV. */
const MILLIVOLTS = 4;
/** Baseline wander with breathing, model units a second. */
const WANDER = 0.03;
const LARGEST_STEP = 1 / 250;
const TONES = 9;

/** RR intervals whose spectrum has two humps: blood pressure waves at 0.1 Hz and breathing (sinus arrhythmia). */
function createTachogram(random: Random) {
  const tones = Array.from({ length: TONES }, () => ({
    mayer: 0.1 + 0.012 * random.normal(),
    breath: 0.035 * random.normal(),
    mayerPhase: 2 * Math.PI * random.next(),
    breathPhase: 2 * Math.PI * random.next(),
  }));
  const share = Math.sqrt(2 / TONES);
  return (seconds: number, breathHertz: number): { mayer: number; breath: number } => {
    let mayer = 0;
    let breath = 0;
    for (const tone of tones) {
      mayer += Math.cos(2 * Math.PI * tone.mayer * seconds + tone.mayerPhase);
      breath += Math.cos(2 * Math.PI * breathHertz * (1 + tone.breath) * seconds + tone.breathPhase);
    }
    return { mayer: mayer * share, breath: breath * share };
  };
}

/** Wide angles stretch with the rate as the paper's authors do: T comes relatively later when the heart is fast. */
function atRate(morphology: Morphology, heartRate: number): Bump[] {
  const factor = Math.sqrt(clamp(heartRate, 30, 200) / 60);
  return morphology.map((bump) => {
    const outer = Math.abs(bump.angle) > 0.5;
    const stretched = bump.angle * (outer ? Math.sqrt(factor) : factor);
    return { angle: stretched, strength: bump.strength / (factor * factor), width: bump.width * factor };
  });
}

function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

export function createHeart({ seed, rate, leads = ['ecg-ii'] }: HeartOptions): Heart {
  const random = createRandom(seed);
  const tachogram = createTachogram(random);
  const substeps = Math.ceil(1 / rate / LARGEST_STEP - 1e-9);
  const step = 1 / rate / substeps;
  const traces = leads.map(() => 0);
  let order = { heartRate: 70, breathingRate: 15, rhythm: 'sinus' as 'sinus' | 'af' };
  let x = -1;
  let y = -1e-9;
  let elapsed = 0;
  let waiting = 0;
  let ectopicNow = false;
  let stroke = 1;
  let interval = 60 / order.heartRate;
  let bumps = leads.map(() => atRate(NORMAL, order.heartRate));

  function beginBeat(): void {
    const mean = 60 / order.heartRate;
    const wave = tachogram(elapsed, order.breathingRate / 60);
    ectopicNow = waiting > 0 && !ectopicNow;
    if (ectopicNow) waiting -= 1;
    const irregular = order.rhythm === 'af' && !ectopicNow;
    const spread = irregular ? Math.exp(0.18 * random.normal() - 0.0162) : 1 + 0.018 * wave.mayer + 0.022 * wave.breath;
    interval = clamp(mean * spread, 0.24, 3);
    const shape = ectopicNow ? atRate(ECTOPIC, 60) : atRate(NORMAL, order.heartRate);
    if (irregular && shape[0]) shape[0] = { ...shape[0], strength: 0 };
    bumps = leads.map((lead) =>
      shape.map((bump, index) => ({ ...bump, strength: bump.strength * (ectopicNow ? 1 : (LEADS[lead][index] ?? 1)) })),
    );
    stroke = ectopicNow ? 0.45 : 1;
  }

  function slope(trace: number, angle: number, speed: number, level: number, shape: readonly Bump[]): number {
    let pushed = 0;
    for (const bump of shape) {
      const away = wrapped(angle - bump.angle);
      const scaled = away / bump.width;
      if (scaled < 5 && scaled > -5) pushed += bump.strength * away * Math.exp(-0.5 * scaled * scaled);
    }
    return -pushed * speed - (trace - level);
  }

  function integrate(): void {
    const speed = (2 * Math.PI) / interval;
    const level = WANDER * Math.sin((2 * Math.PI * order.breathingRate * elapsed) / 60);
    const before = Math.atan2(y, x);
    const pull = (px: number, py: number) => 1 - Math.hypot(px, py);
    const dx = (px: number, py: number) => pull(px, py) * px - speed * py;
    const dy = (px: number, py: number) => pull(px, py) * py + speed * px;
    const kx1 = dx(x, y);
    const ky1 = dy(x, y);
    const kx2 = dx(x + (step / 2) * kx1, y + (step / 2) * ky1);
    const ky2 = dy(x + (step / 2) * kx1, y + (step / 2) * ky1);
    const kx3 = dx(x + (step / 2) * kx2, y + (step / 2) * ky2);
    const ky3 = dy(x + (step / 2) * kx2, y + (step / 2) * ky2);
    const kx4 = dx(x + step * kx3, y + step * ky3);
    const ky4 = dy(x + step * kx3, y + step * ky3);
    const middle = Math.atan2(y + (step / 2) * ky2, x + (step / 2) * kx2);
    x += (step / 6) * (kx1 + 2 * kx2 + 2 * kx3 + kx4);
    y += (step / 6) * (ky1 + 2 * ky2 + 2 * ky3 + ky4);
    const after = Math.atan2(y, x);
    for (const [index, shape] of bumps.entries()) {
      const trace = traces[index] ?? 0;
      const k1 = slope(trace, before, speed, level, shape);
      const k2 = slope(trace + (step / 2) * k1, middle, speed, level, shape);
      const k3 = slope(trace + (step / 2) * k2, middle, speed, level, shape);
      const k4 = slope(trace + step * k3, after, speed, level, shape);
      traces[index] = trace + (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    elapsed += step;
    if (before > 1 && after < -1) beginBeat();
  }

  beginBeat();
  return {
    command(next) {
      order = { ...next, heartRate: clamp(next.heartRate, 20, 240) };
    },
    ectopic() {
      waiting += 1;
    },
    next() {
      for (let count = 0; count < substeps; count += 1) integrate();
      return { millivolts: traces.map((trace) => trace * MILLIVOLTS), phase: Math.atan2(y, x), stroke };
    },
  };
}
