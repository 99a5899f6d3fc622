import { describe, expect, it } from 'vitest';
import { createHeart } from '#simulators/physiology/heart.ts';

const RATE = 250;

function trace(heart: ReturnType<typeof createHeart>, seconds: number): number[] {
  return Array.from({ length: seconds * RATE }, () => heart.next().millivolts[0] ?? 0);
}

/** Positions of R peaks: the highest point of every stretch above half a millivolt. */
function peaksOf(samples: readonly number[]): number[] {
  const peaks: number[] = [];
  let best = -1;
  for (const [index, value] of samples.entries()) {
    if (value > 0.5) {
      if (best < 0 || value > (samples[best] ?? 0)) best = index;
    } else if (best >= 0) {
      peaks.push(best);
      best = -1;
    }
  }
  return peaks;
}

/** Seconds from beginning to end of what lies above a third of a peak's height. */
function widthAt(samples: readonly number[], peak: number): number {
  const level = (samples[peak] ?? 0) / 3;
  let from = peak;
  let to = peak;
  while ((samples[from] ?? 0) > level) from -= 1;
  while ((samples[to] ?? 0) > level) to += 1;
  return (to - from) / RATE;
}

function sinus(heartRate: number, breathingRate = 15) {
  return { heartRate, breathingRate, rhythm: 'sinus' as const };
}

describe('the simulated heart', () => {
  it.each([45, 60, 72, 110, 150])('beats as often as it is told: %i a minute', (rate) => {
    const heart = createHeart({ seed: 11, rate: RATE });
    heart.command(sinus(rate));
    trace(heart, 5);
    const peaks = peaksOf(trace(heart, 60));
    const interval = ((peaks.at(-1) ?? 0) - (peaks[0] ?? 0)) / (peaks.length - 1) / RATE;
    expect(60 / interval).toBeGreaterThan(rate * 0.97);
    expect(60 / interval).toBeLessThan(rate * 1.03);
  });

  it('has a P before, a narrow QRS with Q and S, and a T after each R', () => {
    const heart = createHeart({ seed: 2, rate: RATE });
    heart.command(sinus(60));
    trace(heart, 3);
    const samples = trace(heart, 6);
    const peak = peaksOf(samples)[2] ?? 0;
    const highest = (from: number, to: number) => Math.max(...samples.slice(peak + from, peak + to));
    const lowest = (from: number, to: number) => Math.min(...samples.slice(peak + from, peak + to));
    const base = samples[peak - 90] ?? 0;
    expect(samples[peak]).toBeGreaterThan(0.8);
    expect(highest(-60, -25) - base).toBeGreaterThan(0.08);
    expect(highest(40, 100) - base).toBeGreaterThan(0.15);
    expect(lowest(5, 25)).toBeLessThan(base);
    expect(widthAt(samples, peak)).toBeLessThan(0.1);
  });

  it('makes an extra beat from the ventricle early, broad and followed by a pause', () => {
    const heart = createHeart({ seed: 5, rate: RATE });
    heart.command(sinus(60));
    trace(heart, 8);
    heart.ectopic();
    const samples = trace(heart, 8);
    const peaks = peaksOf(samples);
    const widths = peaks.map((peak) => widthAt(samples, peak));
    const broad = widths.indexOf(Math.max(...widths));
    const before = (peaks[broad] ?? 0) - (peaks[broad - 1] ?? 0);
    const after = (peaks[broad + 1] ?? 0) - (peaks[broad] ?? 0);
    expect(widths[broad]).toBeGreaterThan(0.12);
    expect(widths.filter((width) => width > 0.12)).toHaveLength(1);
    expect(before / RATE).toBeLessThan(0.85);
    expect(after / RATE).toBeGreaterThan(1.1);
  });

  it('quickens with the breath: the spectrum of its intervals peaks at the breathing rate', () => {
    const heart = createHeart({ seed: 9, rate: RATE });
    heart.command(sinus(66, 18));
    trace(heart, 5);
    const peaks = peaksOf(trace(heart, 240)).map((peak) => peak / RATE);
    const intervals = peaks.slice(1).map((peak, index) => ({ at: peak, length: peak - (peaks[index] ?? 0) }));
    const mean = intervals.reduce((sum, { length }) => sum + length, 0) / intervals.length;
    const power = (hertz: number): number => {
      let real = 0;
      let imaginary = 0;
      for (const { at, length } of intervals) {
        real += (length - mean) * Math.cos(2 * Math.PI * hertz * at);
        imaginary += (length - mean) * Math.sin(2 * Math.PI * hertz * at);
      }
      return real * real + imaginary * imaginary;
    };
    const band = (from: number, to: number): number => {
      let total = 0;
      for (let hertz = from; hertz < to; hertz += 0.002) total += power(hertz);
      return total / (to - from);
    };
    expect(band(0.27, 0.33)).toBeGreaterThan(3 * band(0.16, 0.22));
    expect(band(0.08, 0.12)).toBeGreaterThan(3 * band(0.16, 0.22));
  });

  it('is irregular in atrial fibrillation, and steady in sinus rhythm', () => {
    const spread = (rhythm: 'sinus' | 'af'): number => {
      const heart = createHeart({ seed: 4, rate: RATE });
      heart.command({ heartRate: 80, breathingRate: 14, rhythm });
      trace(heart, 5);
      const peaks = peaksOf(trace(heart, 90));
      const lengths = peaks.slice(1).map((peak, index) => (peak - (peaks[index] ?? 0)) / RATE);
      const mean = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
      return Math.sqrt(lengths.reduce((sum, one) => sum + (one - mean) ** 2, 0) / lengths.length) / mean;
    };
    expect(spread('sinus')).toBeLessThan(0.07);
    expect(spread('af')).toBeGreaterThan(0.12);
  });

  it('beats the same for the same seed', () => {
    const beat = () => trace(createHeart({ seed: 77, rate: 125 }), 4);
    expect(beat()).toEqual(beat());
  });
});
