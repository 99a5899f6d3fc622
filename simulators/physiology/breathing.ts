import { clamp } from './drift.ts';

/** What drives breathing at one moment. */
export interface BreathingInput {
  /** Breaths a minute at rest. */
  readonly restingRate: number;
  /** Arterial carbon dioxide and the value this person's body defends, mmHg. */
  readonly carbonDioxide: number;
  readonly carbonDioxideSet: number;
  /** Arterial oxygen, mmHg: below 60 it drives. */
  readonly oxygen: number;
  /** Degrees above 37. */
  readonly fever: number;
  /** Severity of a systemic infection, 0 to 1: lactate drives breathing. */
  readonly infection: number;
  /** Share of blood volume lost, 0 to 0.5: drives late. */
  readonly bloodLoss: number;
  /** Effect of an opioid, 0 to 1: slows and blunts every drive. */
  readonly opioid: number;
  /** Work against narrowed airways, 0 to 1: quick and shallow. */
  readonly obstruction: number;
  readonly effort: number;
  readonly asleep: boolean;
}

/** Breaths a minute the body aims at. */
export function breathingRate(input: BreathingInput): number {
  const blunted = 1 - 0.85 * input.opioid;
  const drive =
    input.restingRate +
    blunted *
      (1.6 * Math.max(0, input.fever) +
        8 * input.infection ** 1.5 +
        70 * Math.max(0, input.bloodLoss - 0.15) +
        10 * input.obstruction +
        0.3 * Math.max(0, 60 - input.oxygen) +
        0.25 * Math.max(0, input.carbonDioxide - input.carbonDioxideSet) -
        0.4 * Math.max(0, input.carbonDioxideSet - 6 - input.carbonDioxide) +
        8 * input.effort);
  const sleep = input.asleep ? 0.92 : 1;
  return clamp(drive * sleep * (1 - 0.72 * input.opioid), 3, 48);
}

/**
 * Arterial carbon dioxide (mmHg) a steady breathing rate leads to: production over ventilation, relative to rest.
 * Obstruction makes each breath count less; an opioid makes it shallower; sick people breathe against dead space.
 */
export function carbonDioxideAt(rate: number, input: Omit<BreathingInput, 'carbonDioxide' | 'oxygen'>): number {
  const production = 1 + 0.1 * Math.max(0, input.fever) + 0.9 * input.effort;
  const depth = (1 - 0.25 * input.opioid) * (1 - 0.5 * input.obstruction) * (input.asleep ? 0.97 : 1);
  const deadSpace = 1 - 0.25 * input.infection;
  const ventilation = (rate / input.restingRate) * depth * deadSpace * (1 + 0.5 * input.effort);
  return clamp((input.carbonDioxideSet * production) / Math.max(0.2, ventilation), 18, 110);
}
