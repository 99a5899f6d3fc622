import type { Random } from './random.ts';

/** A value that wanders around 0 and comes back: `advance` takes seconds and answers where it is then. */
export interface Drift {
  advance(seconds: number): number;
}

/**
 * Mean-reverting noise with the given standard deviation and time constant (s). Each step uses the exact solution of
 * the process, so steps of 1 s and of 60 s have the same mean, spread and memory.
 */
export function createDrift(random: Random, deviation: number, timeConstant: number): Drift {
  let value = deviation * random.normal();
  return {
    advance(seconds) {
      const kept = Math.exp(-seconds / timeConstant);
      value = value * kept + deviation * Math.sqrt(1 - kept * kept) * random.normal();
      return value;
    },
  };
}

/** Where a first-order lag (time constant in s) is after some seconds on the way to a steady target. */
export function approach(current: number, target: number, seconds: number, timeConstant: number): number {
  return target + (current - target) * Math.exp(-seconds / timeConstant);
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : Math.min(value, high);
}
