import { HOUR_MS, MINUTE_MS } from '#domain/time.ts';
import { slotChance } from './random.ts';

export type Posture = 'lying' | 'sitting' | 'walking' | 'fallen';

/** What a person is doing. `effort` is 0 at rest and 1 for a brisk walk. */
export interface Activity {
  readonly posture: Posture;
  readonly asleep: boolean;
  readonly effort: number;
  /** Steps a minute. */
  readonly cadence: number;
}

const SLOT_MS = 10 * MINUTE_MS;

/** The local hour of day, 0 to 24, at an offset from UTC. */
export function hourOfDay(at: number, utcOffsetMs: number): number {
  return ((((at + utcOffsetMs) / HOUR_MS) % 24) + 24) % 24;
}

/**
 * What a person with a mobility (0 bedbound to 1 up and about) does at a moment. Decided per ten minutes from the
 * seed and the time alone, so that the size of a simulation's steps does not matter.
 */
export function activityAt(seed: number, at: number, mobility: number, utcOffsetMs: number): Activity {
  const hour = hourOfDay(at, utcOffsetMs);
  const chance = slotChance(seed, Math.floor(at / SLOT_MS));
  const night = hour >= 22.5 || hour < 6;
  if (night) {
    if (chance < 0.06 * mobility) return { posture: 'walking', asleep: false, effort: 0.35, cadence: 50 };
    return { posture: 'lying', asleep: chance < 0.93, effort: 0, cadence: 0 };
  }
  if (chance < 0.22 * mobility) return { posture: 'walking', asleep: false, effort: 0.5, cadence: 70 };
  if (chance < 0.22 * mobility + 0.55 * mobility)
    return { posture: 'sitting', asleep: false, effort: 0.08, cadence: 0 };
  const nap = chance > 0.94;
  return { posture: 'lying', asleep: nap, effort: 0, cadence: 0 };
}
