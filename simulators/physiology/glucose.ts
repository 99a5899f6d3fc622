import { HOUR_MS } from '#domain/time.ts';
import { clamp } from './drift.ts';
import { slotChance } from './random.ts';

/** Blood glucose of a person without insulin of their own: what is eaten raises it, what is delivered lowers it. */
export interface GlucoseBody {
  advance(seconds: number, at: number, stress: number): void;
  /** Insulin (units) under the skin at this moment. */
  deliver(units: number): void;
  /** mmol/L in blood. */
  glucose(): number;
  /** Carbohydrate (g) of a meal that began within the last step. */
  eaten(): number;
}

const MEAL_HOURS = [8, 12.5, 18] as const;
const MEAL_GRAMS = [45, 60, 65] as const;
/** mmol/L one gram of carbohydrate adds. */
const RISE_PER_GRAM = 0.2;
const DEPOT_MINUTES = 45;
const ACTION_MINUTES = 25;
const GUT_MINUTES = 32;

/** The basal rate (units an hour) at which `createGlucoseBody` stays level at 6.5 mmol/L. */
export const LEVEL_BASAL = 0.85;

/**
 * Two compartments under the skin, one of insulin action, two of the gut. Meals come at breakfast, lunch and supper
 * with amounts and minutes that differ from day to day by the seed.
 */
export function createGlucoseBody(seed: number, utcOffsetMs: number): GlucoseBody {
  const levelPerMinute = LEVEL_BASAL / 60;
  const ownUptake = 0.004;
  const sensitivity = 0.006 / levelPerMinute;
  const production = (ownUptake + 0.006) * 6.5;
  let level = 6.5;
  let depot = levelPerMinute * DEPOT_MINUTES;
  let absorbing = depot;
  let action = levelPerMinute;
  let stomach = 0;
  let gut = 0;
  let meal = 0;

  function mealBetween(from: number, to: number): number {
    let grams = 0;
    for (const [index, hour] of MEAL_HOURS.entries()) {
      const day = Math.floor((to + utcOffsetMs) / (24 * HOUR_MS));
      const shift = (slotChance(seed, day * 7 + index) - 0.5) * 0.8;
      const starts = day * 24 * HOUR_MS - utcOffsetMs + (hour + shift) * HOUR_MS;
      if (starts > from && starts <= to) {
        grams += (MEAL_GRAMS[index] ?? 0) * (0.7 + 0.6 * slotChance(seed ^ 0x55, day * 7 + index));
      }
    }
    return grams;
  }

  function minuteStep(minutes: number, stress: number): void {
    const absorbed = depot / DEPOT_MINUTES;
    const appearing = absorbing / DEPOT_MINUTES;
    const emptied = stomach / GUT_MINUTES;
    const raised = gut / GUT_MINUTES;
    depot -= absorbed * minutes;
    absorbing += (absorbed - appearing) * minutes;
    action += ((appearing - action) / ACTION_MINUTES) * minutes;
    stomach -= emptied * minutes;
    gut += (emptied - raised) * minutes;
    const used = (ownUptake + sensitivity * action) * level;
    level = clamp(level + (production * (1 + 0.6 * stress) - used + raised * RISE_PER_GRAM) * minutes, 1.6, 32);
  }

  return {
    advance(seconds, at, stress) {
      meal = mealBetween(at - seconds * 1_000, at);
      stomach += meal;
      for (let left = seconds / 60; left > 0; left -= 1) minuteStep(Math.min(1, left), stress);
    },
    deliver(units) {
      depot += units;
    },
    glucose: () => level,
    eaten: () => meal,
  };
}

/** Share of a dose still at work after some minutes, by the exponential model of rapid insulin (6 h, peak 75 min, 10 min delay). */
export function insulinOnBoard(minutesSince: number): number {
  const duration = 360;
  const peak = 75;
  const time = minutesSince - 10;
  if (time <= 0) return 1;
  if (time >= duration) return 0;
  const tau = (peak * (1 - peak / duration)) / (1 - (2 * peak) / duration);
  const rise = (2 * tau) / duration;
  const scale = 1 / (1 - rise + (1 + rise) * Math.exp(-duration / tau));
  const decay = (time ** 2 / (tau * duration * (1 - rise)) - time / tau - 1) * Math.exp(-time / tau) + 1;
  return 1 - scale * (1 - rise) * decay;
}
