import { clamp } from './drift.ts';

const WATER_VAPOUR = 47;
const BAROMETRIC = 760;
const RESPIRATORY_QUOTIENT = 0.8;
/** Fall of saturation from artery to mixed vein at rest. */
const VENOUS_FALL = 0.25;

/** Saturation (0 to 1) of haemoglobin at an oxygen pressure in mmHg, by Severinghaus 1979. */
export function saturationAt(pressure: number): number {
  if (pressure <= 0) return 0;
  return 1 / (23_400 / (pressure ** 3 + 150 * pressure) + 1);
}

/** Oxygen pressure (mmHg) at which haemoglobin has a saturation (0 to 1): the curve's cubic solved for pressure. */
export function pressureAt(saturation: number): number {
  const bounded = clamp(saturation, 0, 0.9999);
  const half = (23_400 * bounded) / (1 - bounded) / 2;
  const root = Math.sqrt(half * half + 50 ** 3);
  return Math.cbrt(half + root) + Math.cbrt(half - root);
}

/** Fraction of oxygen breathed in at a flow in L/min through a nasal cannula or a mask. */
export function inspiredFraction(flow: number): number {
  return clamp(0.21 + 0.035 * flow, 0.21, 0.9);
}

/** Oxygen pressure in the alveoli (mmHg) by the alveolar gas equation. */
function alveolarPressure(fraction: number, carbonDioxide: number): number {
  return Math.max(20, fraction * (BAROMETRIC - WATER_VAPOUR) - carbonDioxide / RESPIRATORY_QUOTIENT);
}

/**
 * Arterial saturation (0 to 1) and pressure (mmHg) when a share of the blood (`shunt`, 0 to 1) passes the lungs
 * without taking up oxygen.
 */
export function arterialOxygen(
  fraction: number,
  carbonDioxide: number,
  shunt: number,
): { saturation: number; pressure: number } {
  const endCapillary = saturationAt(alveolarPressure(fraction, carbonDioxide));
  const share = clamp(shunt, 0, 0.75);
  const saturation = clamp(endCapillary - (share / (1 - share)) * VENOUS_FALL, 0.2, 1);
  return { saturation, pressure: pressureAt(saturation) };
}
